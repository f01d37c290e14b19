import CalendarTime
import Drills
import Synchronization

// What is reverted, and when.
extension Agent {
    /// Makes one attempt, in its turn.
    func revert(_ fault: FaultID) async -> RevertAttempt {
        await beginRevert(of: fault).value
    }

    /// Begins an attempt, which comes after what is under way on the same target: injections, and reverts of what was
    /// injected later.
    ///
    /// All that it waits for was begun before it, so that nothing waits in a circle.
    private func beginRevert(of fault: FaultID) -> Task<RevertAttempt, Never> {
        if let entry = hooks.store.entry(of: fault) { watch(entry) }
        leases.begin(fault)
        injecting[fault]?.cancel()
        let before = reverting[fault]
        let own = injecting[fault]
        let injections = leases.neighbours(of: fault).compactMap { injecting[$0] }
        let laterOnes = leases.laterOnes(than: fault).compactMap { reverting[$0] }
        // A task of its own, so that nothing can cancel a revert.
        let attempt = Task {
            // Whoever else asked for it hears what was done, and how.
            if let made = await before?.value, made.isVerified { return made }
            _ = await own?.value
            for injection in injections {
                await injection.wait(atMost: Self.patience)
            }
            for later in laterOnes { _ = await later.value }
            return await settle(await reverter.attempt(fault))
        }
        reverting[fault] = attempt
        Task {
            _ = await attempt.value
            if reverting[fault] == attempt { reverting[fault] = nil }
        }
        return attempt
    }

    /// A deadline does not wait for another fault whose injection hangs, nor a page for a revert that does.
    static let patience = TimeSpan.seconds(5)

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
        for fault in leases.due(at: MachineClock.bootNow()).joined() { _ = beginRevert(of: fault) }
        for (fault, attempt) in reverting where !kept.contains(fault) { _ = await attempt.value }
    }

    /// Begins an attempt for each of a group, and tells of those that are gone.
    func revertInBackground(_ group: [FaultID]) -> Task<Void, Never> {
        let attempts = group.map(beginRevert)
        return Task {
            for attempt in attempts {
                let made = await attempt.value
                if made.isVerified { notify(.reverted(fault: made.fault, report: made.report)) }
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

extension Task where Failure == Never {
    /// Waits until the task has ended, or for as long as this; it goes on all the same.
    func wait(atMost span: TimeSpan) async {
        await withCheckedContinuation { continuation in
            let waiting = Mutex<CheckedContinuation<Void, Never>?>(continuation)
            let end: @Sendable () -> Void = {
                waiting.withLock { waiting in
                    waiting?.resume()
                    waiting = nil
                }
            }
            Task<Void, Never> {
                _ = await value
                end()
            }
            Task<Void, Never> {
                // Nobody cancels it.
                try? await Task<Never, Never>.sleep(for: .microseconds(span.microseconds))
                end()
            }
        }
    }
}
