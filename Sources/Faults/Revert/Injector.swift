import CalendarTime
import Drills
import Failpoints

/// Injects one armed fault: every step that could fail comes before the hook, and is undone.
package struct Injector: Sendable {
    private let hooks: FaultHooks
    private let deadManSwitch: any DeadManSwitch
    /// How long after an exit status of 75 a hook is called again.
    private let pauseWhenAsked: Duration

    /// An injector whose faults are held by a switch.
    package init(
        hooks: FaultHooks, deadManSwitch: any DeadManSwitch,
        pauseWhenAsked: Duration = .seconds(1)
    ) {
        self.hooks = hooks
        self.deadManSwitch = deadManSwitch
        self.pauseWhenAsked = pauseWhenAsked
    }

    /// Injects the fault of an armed record; a fault that was not injected leaves no record behind.
    package func inject(_ fault: FaultID) async -> (InjectOutcome, HookReport) {
        do {
            let lock = try await FaultLock.acquire(fault, in: hooks.store.folder)
            defer { lock.release() }
            let record = try prepare(fault)
            do {
                return await inject(try await readied(record))
            } catch {
                await deadManSwitch.release(fault)
                try hooks.store.remove(fault)
                throw error
            }
        } catch {
            let report = HookReport(.refused(reason: "\(error)"))
            // The one refusal that says something about the past: the fault may be in place.
            if case InjectRefusal.injectedBefore = error {
                return (.unknown(reason: "\(error)"), report)
            }
            return (.failed(reason: "\(error)"), report)
        }
    }

    /// The record, if it may be injected; a refused one is dropped, for nothing was done.
    private func prepare(_ fault: FaultID) throws -> ArmedRecord {
        guard let entry = hooks.store.entry(of: fault) else { throw InjectRefusal.notArmed(fault) }
        guard let record = entry.record else {
            throw InjectRefusal.damaged(fault, reason: entry.reason ?? "")
        }
        guard record.fingerprint == nil else { throw InjectRefusal.injectedBefore(fault) }
        do {
            try validate(record)
        } catch {
            try hooks.store.remove(fault)
            throw error
        }
        return record
    }

    private func validate(_ record: ArmedRecord) throws {
        guard !record.isOverdue(at: MachineClock.now(), bootID: MachineClock.bootID) else {
            throw InjectRefusal.overdue(record.fault)
        }
        let refusals = Ground(store: hooks.store)
            .refusals(target: record.target, faults: [record.plan], run: record.run)
        guard refusals.isEmpty else { throw InjectRefusal.ground(refusals) }
        let hook = try hooks.hookGuard.readmit(hook: record.plan.hook.hook, path: record.hook.path)
        guard hook.hash == record.hook.hash else { throw HookRefusal.changed(record.hook.path) }
        do {
            try Reserve(folder: hooks.store.folder).fill()
        } catch {
            throw InjectRefusal.noReserve("\(error)")
        }
    }

    /// Takes the fingerprint, stores it, and arms the switch: from here on the fault is owed a revert.
    private func readied(_ record: ArmedRecord) async throws -> ArmedRecord {
        let check = await hooks.call(.check, of: record)
        guard let fingerprint = check.fingerprint else {
            throw InjectRefusal.noFingerprint(record.fault, ending: check.ending)
        }
        let ready = record.fingerprinted(fingerprint)
        try hooks.store.arm(ready)
        Failpoint.agentBeforeHold.hit()
        try await deadManSwitch.hold(ready)
        Failpoint.agentAfterHold.hit()
        return ready
    }

    private func inject(_ record: ArmedRecord) async -> (InjectOutcome, HookReport) {
        // Whoever called it off meanwhile, or the time that the switch took, comes first.
        if let reason = lateRefusal(record) {
            return (.failed(reason: reason), HookReport(.refused(reason: reason)))
        }
        Failpoint.agentBeforeInject.hit()
        var report = await hooks.call(.inject, of: record)
        for _ in 1..<Self.triesWhenAsked where report.wantsRetry {
            // Cancelled by a revert, which comes next.
            guard (try? await Task.sleep(for: pauseWhenAsked)) != nil else { break }
            report = await hooks.call(.inject, of: record)
        }
        Failpoint.agentAfterInject.hit()
        return (Self.outcome(of: report), report)
    }

    private func lateRefusal(_ record: ArmedRecord) -> String? {
        if Task.isCancelled { return "it was called off before it began" }
        if let halt = HaltLever(folder: hooks.store.folder).pulled {
            return GroundRefusal.halted(halt).description
        }
        guard record.isOverdue(at: MachineClock.now(), bootID: MachineClock.bootID) else {
            return nil
        }
        return InjectRefusal.overdue(record.fault).description
    }

    /// A hook that exits 75 is called again, so often in all.
    private static let triesWhenAsked = 3

    /// What an answer of `inject` means: without a clear one the fault counts as injected.
    package static func outcome(of report: HookReport) -> InjectOutcome {
        switch report.ending {
        case .exited(status: 0): .injected
        case .exited(status: 77): .skipped
        case .exited, .signalled, .refused: .failed(reason: "inject: \(report.ending)")
        case .timedOut, .stopped, .lost: .unknown(reason: "inject: \(report.ending)")
        }
    }
}

/// Why a fault is not injected.
package enum InjectRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case notArmed(FaultID)
    case damaged(FaultID, reason: String)
    case injectedBefore(FaultID)
    case overdue(FaultID)
    case ground([GroundRefusal])
    case noReserve(String)
    case noFingerprint(FaultID, ending: HookReport.Ending)

    package var description: String {
        switch self {
        case .notArmed(let fault): "there is no armed record of '\(fault)'; arm it first"
        case .damaged(let fault, let reason): "'\(fault)' is LEAKED: \(reason)"
        case .injectedBefore(let fault):
            "'\(fault)' was injected before; revert it and arm it again"
        case .overdue(let fault): "the deadline of '\(fault)' has passed; arm it again"
        case .ground(let refusals): refusals.map(\.description).joined(separator: "; ")
        case .noReserve(let reason): "no room for a revert: \(reason); free some disk space"
        case .noFingerprint(let fault, let ending):
            "check of '\(fault)' ended with '\(ending)' before the injection; it must exit 0 and "
                + "print the state that a revert has to restore, as at most 64 KiB of UTF-8 text"
        }
    }
}
