import CalendarTime
import Drills

/// How a run goes from one phase to the next, and how it is cut short.
extension DrillRun {
    /// Abort conditions are asked this often, so that a running hook is stopped within a second.
    package static let abortInterval = TimeSpan.milliseconds(500)

    mutating func enter(_ phase: Phase, at now: BootInstant) -> [Effect] {
        guard self.phase != phase else { return [] }
        self.phase = phase
        switch phase {
        case .brief: return startChecks(.before)
        case .inject: return owner(of: .injection, at: phase) + beginInjection(at: now)
        case .respond: return owner(of: .response, at: phase) + beginResponse(at: now)
        case .verify:
            return owner(of: .verification, at: phase)
                + resolvePages(because: responseEnd) + beginRevert(at: now)
        case .aborted, .halted:
            return resolvePages(because: "the run was \(phase.rawValue)") + beginRevert(at: now)
        case .debrief: return owner(of: .comms, at: phase) + debrief()
        case .closed: return []
        }
    }

    /// Why no page fires any longer once the response is over.
    private var responseEnd: String {
        progress.clearedBy.map { "all clear by \($0)" } ?? "the response is over"
    }

    /// Whether faults may be put in place and answered.
    var isUnderWay: Bool { phase == .inject || phase == .respond }

    /// Whether everything is being taken back.
    var isWindingDown: Bool { phase == .verify || phase == .aborted || phase == .halted }

    /// Decides on a bad end and takes everything back.
    mutating func fail(_ outcome: Outcome) -> [Effect] {
        if ending == nil { ending = outcome }
        guard isUnderWay else { return [] }
        return [.stopHooks, .record(.phaseEntered(phase: .verify))]
    }

    /// Stops what is running and takes everything back, because someone or something said so.
    mutating func cutShort(_ outcome: Outcome, as phase: Phase) -> [Effect] {
        switch self.phase {
        case nil, .brief: return [.stopHooks, .record(.closed(outcome: outcome))]
        case .inject, .respond, .verify, .debrief:
            ending = outcome
            return [.stopHooks, .record(.phaseEntered(phase: phase))]
        case .aborted where phase == .halted:
            ending = outcome
            return [.record(.phaseEntered(phase: phase))]
        case .aborted, .halted, .closed: return []
        }
    }

    /// Winds a run down that another process left open: whoever was to answer is gone, so all is asked again.
    mutating func takeUp(because reason: String, at now: BootInstant) -> [Effect] {
        // An injection that was asked for but not answered left no event behind.
        if isUnderWay { faults.assumeAsked() }
        faults.forgetRevertsUnderWay()
        guard phase != .aborted, phase != .halted else { return beginRevert(at: now) }
        return cutShort(.aborted(reason: reason), as: .aborted)
    }

    mutating func runOutOfTime() -> [Effect] {
        let limit = plan.duration
        switch phase {
        case nil, .brief:
            return [
                .stopHooks,
                .record(.closed(outcome: .notStarted(reason: "checks took longer than \(limit)"))),
            ]
        case .inject, .respond: return fail(.censored(reason: "not done within \(limit)"))
        case .verify where faults.owed.isEmpty:
            let failures = checks.failures.joined(separator: ", ")
            if ending == nil, !board.stage.isResolved {
                ending = .censored(
                    reason: failures.isEmpty
                        ? "not verified within \(limit)"
                        : "steady state did not return within \(limit): \(failures)")
            }
            return [.stopHooks, .record(.phaseEntered(phase: .debrief))]
        case .verify, .aborted, .halted, .debrief, .closed: return []
        }
    }

    private func debrief() -> [Effect] {
        plan.packet.followUps.map { .record(.followUpAdded(followUp: $0)) }
            + [.record(.closed(outcome: ending ?? .completed))]
    }

    private func owner(of lane: Lane, at phase: Phase) -> [Effect] {
        guard let person = board.roles.owners[lane] else { return [] }
        return [.record(.ownerNamed(checkpoint: phase, lane: lane, person: person))]
    }
}
