import CalendarTime
import Drills
import Failpoints

/// Reverts armed faults and says only what was observed.
package struct Reverter: Sendable {
    private let hooks: FaultHooks

    /// A reverter of the faults in the hooks' store.
    package init(hooks: FaultHooks) {
        self.hooks = hooks
    }

    /// Makes one attempt: ends a running inject, runs `revert`, and compares what `check` prints.
    ///
    /// Attempts of several processes come one after the other; when one was verified, so are the rest.
    package func attempt(_ fault: FaultID) async -> RevertAttempt {
        let folder = hooks.store.folder
        do {
            let lock = try await lock(fault, in: folder)
            defer { lock.release() }
            guard let entry = hooks.store.entry(of: fault) else {
                return RevertAttempt(fault, .verified, number: 0, HookReport(.exited(status: 0)))
            }
            return await attempt(entry)
        } catch {
            return RevertAttempt(
                fault, .failed(reason: "\(error)"), number: 0, HookReport(.lost(reason: "\(error)"))
            )
        }
    }

    /// Whoever holds the lock may be injecting and is not waited for. While nobody does, nobody injects: what an
    /// agent that died has left is looked for once the lock is taken.
    private func lock(_ fault: FaultID, in folder: StateFolder) async throws -> FaultLock {
        if let free = try FaultLock.ifFree(fault, in: folder) { return free }
        _ = await hooks.endCalls(of: fault, verb: .inject)
        return try await FaultLock.acquire(fault, in: folder)
    }

    private func attempt(_ entry: ArmedEntry) async -> RevertAttempt {
        let number = entry.history.failures + 1
        var report = HookReport(.refused(reason: entry.reason ?? "damaged"))
        do throws(RevertFailure) {
            guard let record = entry.record else { throw .damaged(entry.reason ?? "") }
            guard await hooks.endCalls(of: record.fault) else { throw .processesLeft }
            // The fingerprint is stored before inject is started: without one, nothing was injected.
            if record.fingerprint == nil {
                report = HookReport(.exited(status: 0))
            } else {
                report = try await revertAndCheck(record)
            }
            try drop(record)
            return RevertAttempt(entry.fault, .verified, number: number, report)
        } catch {
            if case .revert(let refused) = error { report = refused }
            if case .check(_, let after) = error { report = after }
            if case .restored(_, _, let after) = error { report = after }
            return fail(entry, "\(error)", number: number, report)
        }
    }

    private func revertAndCheck(_ record: ArmedRecord) async throws(RevertFailure) -> HookReport {
        // A changed file is still the best there is to revert with; the comparison below decides.
        do {
            try hooks.hookGuard.recheck(record.hook)
        } catch {
            throw .revert(HookReport(.refused(reason: "\(error)")))
        }
        // Room for whatever the hook has to write.
        if DiskSpace.isFull(hooks.store.folder.path) {
            Reserve(folder: hooks.store.folder).release()
        }
        Failpoint.agentBeforeRevert.hit()
        let report = await hooks.call(.revert, of: record)
        Failpoint.agentAfterRevert.hit()
        guard report.succeeded || report.doesNotApply else { throw .revert(report) }
        // Kept before the check: whatever a later fault restores after it is found out by that one.
        do { try hooks.store.keepIfOutlasted(record) } catch { throw .notKept("\(error)") }
        let check = await hooks.call(.check, of: record)
        Failpoint.agentAfterCheck.hit()
        guard check.fingerprint != nil, check.fingerprint == record.fingerprint else {
            hooks.store.dropCopy(of: record.fault)
            throw .check(before: record.fingerprint ?? "", check)
        }
        try await checkOlderOnes(below: record)
        return report
    }

    /// Looks again at what was taken back before this fault, though it had been injected earlier.
    private func checkOlderOnes(below record: ArmedRecord) async throws(RevertFailure) {
        let older: [ArmedRecord]
        do { older = try hooks.store.outlasted(by: record) } catch { throw .notKept("\(error)") }
        for older in older {
            guard let check = await checkAgain(older) else { continue }
            guard check.fingerprint == older.fingerprint else {
                throw .restored(older.fault, before: older.fingerprint ?? "", check)
            }
        }
    }

    /// What `check` of an older fault prints by now; after one more revert of it if that is not what it should print.
    ///
    /// Nil if it is in place itself, which its own record says: the attempt under way for it failed.
    private func checkAgain(_ older: ArmedRecord) async -> HookReport? {
        do {
            let lock = try await FaultLock.acquire(older.fault, in: hooks.store.folder)
            defer { lock.release() }
            if hooks.store.entry(of: older.fault) != nil { return nil }
            try hooks.hookGuard.recheck(older.hook)
            return await checkAlone(older)
        } catch {
            return HookReport(.refused(reason: "\(error)"))
        }
    }

    private func checkAlone(_ older: ArmedRecord) async -> HookReport {
        let check = await hooks.call(.check, of: older)
        if check.fingerprint == older.fingerprint { return check }
        // Whatever it says: only what `check` prints afterwards counts.
        _ = await hooks.call(.revert, of: older)
        return await hooks.call(.check, of: older)
    }

    private func drop(_ record: ArmedRecord) throws(RevertFailure) {
        do {
            try hooks.store.remove(record.fault)
        } catch {
            throw .recordStays("\(error)")
        }
    }

    private func fail(
        _ entry: ArmedEntry, _ reason: String, number: Int, _ report: HookReport
    ) -> RevertAttempt {
        var history = entry.history
        history.fail(reason, at: MachineClock.now().wall)
        // The count is for people; without room for it the attempts go on all the same.
        try? Reserve(folder: hooks.store.folder).spend {
            try hooks.store.store(history, of: entry.fault)
        }
        return RevertAttempt(entry.fault, .failed(reason: reason), number: number, report)
    }
}

/// What came of one attempt to revert one fault.
package struct RevertAttempt: Hashable, Sendable {
    package let fault: FaultID
    package let outcome: RevertOutcome
    /// Counted from 1; 0 when there was nothing to revert any more.
    package let number: Int
    /// What the call that decided left behind.
    package let report: HookReport

    init(_ fault: FaultID, _ outcome: RevertOutcome, number: Int, _ report: HookReport) {
        self.fault = fault
        self.outcome = outcome
        self.number = number
        self.report = report
    }

    /// The same attempt under another number.
    func numbered(_ number: Int) -> RevertAttempt {
        RevertAttempt(fault, outcome, number: number, report)
    }

    /// Whether the fault is known to be gone.
    package var isVerified: Bool { outcome == .verified }
}

/// Why an attempt to revert did not succeed.
enum RevertFailure: Error, CustomStringConvertible {
    case damaged(String)
    case processesLeft
    case revert(HookReport)
    case check(before: String, HookReport)
    /// An older fault is back that had been taken back before.
    case restored(FaultID, before: String, HookReport)
    case notKept(String)
    case recordStays(String)

    var description: String {
        switch self {
        case .damaged(let reason): reason
        case .processesLeft: "processes of the fault's hook would not end"
        case .revert(let report): "revert: \(report.ending)"
        case .check(let before, let report): Self.words("check", before: before, report)
        case .restored(let older, let before, let report):
            "it was reverted after the older '\(older)', which may be back: "
                + Self.words("its check", before: before, report)
        case .notKept(let reason): "reverted, but other faults on the same thing: \(reason)"
        case .recordStays(let reason): "reverted, but the armed record stays: \(reason)"
        }
    }

    private static func words(_ check: String, before: String, _ report: HookReport) -> String {
        guard let after = report.fingerprint else { return "\(check): \(report.ending)" }
        return "\(check) prints '\(after.prefix(200))' but printed '\(before.prefix(200))' "
            + "before the injection"
    }
}
