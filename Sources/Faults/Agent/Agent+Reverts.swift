import CalendarTime
import Drills

// What is reverted, and when.
extension Agent {
    /// Makes one attempt, after those that are under way for what was injected later into the same target.
    func revert(_ fault: FaultID) async -> RevertAttempt {
        if let entry = hooks.store.entry(of: fault) { watch(entry) }
        leases.begin(fault)
        injecting[fault]?.cancel()
        // A task of its own, so that nothing can cancel a revert.
        let before = reverting[fault]
        let attempt = Task { await attemptInTurn(fault, after: before) }
        reverting[fault] = attempt
        defer { if reverting[fault] == attempt { reverting[fault] = nil } }
        return await attempt.value
    }

    private func attemptInTurn(
        _ fault: FaultID, after before: Task<RevertAttempt, Never>?
    ) async -> RevertAttempt {
        // Whoever else asked for it hears what was done, and how.
        if let made = await before?.value, made.isVerified { return made }
        _ = await injecting[fault]?.value
        for later in leases.laterOnes(than: fault) { _ = await reverting[later]?.value }
        return await settle(await reverter.attempt(fault))
    }

    private func settle(_ made: RevertAttempt) async -> RevertAttempt {
        var attempt = made
        switch attempt.outcome {
        case .verified:
            leases.release(attempt.fault)
            leaks.forget(attempt.fault)
            await deadManSwitch.release(attempt.fault)
        case .failed(let reason):
            let stored = hooks.store.history(of: attempt.fault).failures
            attempt = attempt.numbered(leaks.fail(attempt.fault, stored: stored))
            leases.fail(attempt.fault, failures: attempt.number, at: MachineClock.bootNow())
            notify(
                .attemptFailed(
                    fault: attempt.fault, attempt: attempt.number, reason: reason,
                    report: attempt.report))
            tellIfLeaked(attempt.fault, reason)
        }
        ring()
        return attempt
    }

    /// Tells once of a fault that is LEAKED, whoever made the third attempt: the units around it revert as well.
    func tellIfLeaked(_ fault: FaultID, _ reason: String = "its revert failed") {
        guard let entry = hooks.store.entry(of: fault), leaks.isNews(entry) else { return }
        notify(.leaked(fault: fault, reason: entry.reason ?? reason))
    }

    /// Later injections first; one that fails stops no other. What others are reverting already is waited for.
    func revertAll(keeping kept: [FaultID]) async {
        adoptRecords()
        leases.want(Set(leases.faults).subtracting(kept))
        let groups = leases.due(at: MachineClock.bootNow())
        for fault in groups.joined() { leases.begin(fault) }
        await withTaskGroup { tasks in
            for group in groups {
                tasks.addTask { for fault in group { _ = await self.revert(fault) } }
            }
        }
        for (fault, attempt) in reverting where !kept.contains(fault) { _ = await attempt.value }
    }

    func revertInBackground(_ group: [FaultID]) {
        for fault in group { leases.begin(fault) }
        Task {
            for fault in group {
                let attempt = await revert(fault)
                if attempt.isVerified { notify(.reverted(fault: fault, report: attempt.report)) }
            }
        }
    }

    func adoptOrphans() {
        adoptRecords()
        leases.daemonLeft()
    }

    /// Watches records that were written but never asked for.
    private func adoptRecords() {
        // A folder that cannot be listed is tried again at the next occasion.
        for entry in ((try? hooks.store.entries()) ?? []).reversed() { watch(entry) }
    }

    func watch(_ entry: ArmedEntry) {
        if let record = entry.record {
            leases.hold(record, bootID: MachineClock.bootID)
        } else {
            leases.holdDamaged(entry.fault)
        }
    }
}
