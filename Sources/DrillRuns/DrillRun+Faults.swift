import CalendarTime
import Drills

/// Injections and reverts.
extension DrillRun {
    /// After so many failed attempts a fault is LEAKED, though the agent goes on trying.
    package static let attemptsBeforeLeaked = 3
    /// How long to wait for the answers of all reverts before the faults count as LEAKED.
    package static let revertGrace = TimeSpan.minutes(2)

    mutating func beginInjection(at now: BootInstant) -> [Effect] {
        for index in plan.packet.abort.indices {
            timers.add(.checkAbort(condition: index), at: now)
        }
        for probe in plan.probes {
            timers.add(.probe(probe.name), at: now.advanced(by: probe.every))
        }
        guard !plan.faults.isEmpty else { return [.record(.phaseEntered(phase: .respond))] }
        for fault in plan.faults {
            timers.add(.inject(fault.name), at: now.advanced(by: fault.start))
        }
        return []
    }

    mutating func noteInjection(
        of fault: FaultName, _ outcome: InjectOutcome, at now: BootInstant
    ) -> [Effect] {
        guard faults[fault] == .injecting, let plan = plan.fault(named: fault) else { return [] }
        switch outcome {
        case .injected, .unknown:
            faults.move(fault, to: .live)
            timers.add(.expire(fault), at: now.advanced(by: plan.duration))
            watch.restart()
            return phase == .inject ? [.record(.phaseEntered(phase: .respond))] : []
        case .skipped:
            faults.move(fault, to: .skipped)
            guard faults.allAsked, !faults.anyTookHold else { return [] }
            return fail(.notStarted(reason: "no fault applies here"))
        case .failed(let reason):
            faults.move(fault, to: .failed)
            return fail(.failed(reason: "inject of fault \(fault) failed: \(reason)"))
        }
    }

    mutating func beginRevert(at now: BootInstant) -> [Effect] {
        faults.cancelPlanned()
        timers.cancel { $0 != .deadline }
        let due = faults.owed.filter { faults[$0] != .reverting }
        for fault in due { faults.move(fault, to: .reverting) }
        timers.add(.revertGrace, at: now.advanced(by: Self.revertGrace))
        return due.map(Effect.revert) + settleIfDone()
    }

    /// Whether a fault was asked for and is not known to be gone.
    package func owes(_ fault: FaultName) -> Bool {
        switch faults[fault] {
        case .planned, .cancelled, .reverted: false
        case .injecting, .live, .skipped, .failed, .reverting, .leaked: true
        }
    }

    mutating func noteRevert(
        of fault: FaultName, _ outcome: RevertOutcome, attempt: Int, at now: BootInstant
    ) -> [Effect] {
        guard owes(fault) else { return [] }
        switch outcome {
        case .verified: faults.move(fault, to: .reverted)
        case .failed where attempt >= Self.attemptsBeforeLeaked: faults.move(fault, to: .leaked)
        case .failed: return []
        }
        guard isWindingDown else {
            guard faults[fault] == .leaked else { return advanceIfDone() }
            return fail(.leaked(faults: faults.leaked))
        }
        return settleIfDone()
    }

    mutating func giveUpWaiting() -> [Effect] {
        guard isWindingDown, !faults.owed.isEmpty else { return [] }
        for fault in faults.owed { faults.move(fault, to: .leaked) }
        return settleIfDone()
    }

    private func settleIfDone() -> [Effect] {
        guard faults.owed.isEmpty else { return [] }
        guard faults.leaked.isEmpty else {
            return [.record(.closed(outcome: .leaked(faults: faults.leaked)))]
        }
        return [.record(.allReverted)]
    }
}
