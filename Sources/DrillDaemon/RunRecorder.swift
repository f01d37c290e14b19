import Drills
import Faults
import Ledger

/// Writes the events of one run to the ledger, in order, each before it is handled.
///
/// When the ledger cannot be written, events are kept in memory and written later: the run goes on only to take its faults back.
actor RunRecorder {
    private let ledger: LedgerStore
    private let run: RunID
    private var backlog: [Timeline.Entry] = []
    private(set) var entries: [Timeline.Entry]
    private var watchers: [CheckedContinuation<Void, Never>] = []

    init(_ ledger: LedgerStore, run: RunID, entries: [Timeline.Entry] = []) {
        self.ledger = ledger
        self.run = run
        self.entries = entries
    }

    /// The timeline so far.
    var timeline: Timeline { Timeline(entries: entries) }

    /// Records an event at this moment; the error says why it is not durable yet.
    func record(_ event: RunEvent) async -> (entry: Timeline.Entry, failure: (any Error)?) {
        let entry = Timeline.Entry(
            at: MachineClock.now(), bootID: MachineClock.bootID, event: event)
        backlog.append(entry)
        let failure = await flush()
        entries.append(entry)
        notify()
        return (entry, failure)
    }

    /// Writes what could not be written before; nil when all is durable.
    func flush() async -> (any Error)? {
        while let first = backlog.first {
            do {
                try await ledger.append(first.event, run: run, at: first.at, bootID: first.bootID)
                backlog.removeFirst()
            } catch {
                return error
            }
        }
        return nil
    }

    /// Returns when there are more than `count` entries, or the time is over.
    func change(after count: Int, within patience: Duration) async {
        guard entries.count <= count, patience > .zero else { return }
        let alarm = Task { [weak self] in
            // Cancelled when an entry comes first.
            try? await Task.sleep(for: patience)
            await self?.notify()
        }
        await withCheckedContinuation { watchers.append($0) }
        alarm.cancel()
    }

    private func notify() {
        for watcher in watchers { watcher.resume() }
        watchers = []
    }
}
