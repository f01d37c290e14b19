import CalendarTime
import Drills
import Faults
import Ledger

/// Writes the events of one run to the ledger, in order, each before anything is done about it.
///
/// When the ledger cannot be written, events are kept in memory and written later: the run goes on only to take its faults back.
actor RunRecorder {
    private let ledger: LedgerStore
    private let run: RunID
    private var backlog: [Timeline.Entry] = []
    private(set) var entries: [Timeline.Entry]
    private var watchers: [CheckedContinuation<Void, Never>] = []
    private var hasEnded = false

    /// The most entries that are written at once when the ledger takes some again.
    private static let largestBatch = 200

    init(_ ledger: LedgerStore, run: RunID, entries: [Timeline.Entry] = []) {
        self.ledger = ledger
        self.run = run
        self.entries = entries
    }

    /// The timeline so far.
    var timeline: Timeline { Timeline(entries: entries) }

    /// Whether the opening of the run is durable.
    var isOpened: Bool { entries.count > backlog.count }

    /// Whether the ledger did not take the last events: they are known here, and a death would lose them.
    private(set) var isBehind = false

    /// Records what happened at a moment, all or nothing; the error says why it is not durable yet.
    func record(_ events: [RunEvent], at moment: Moment) async -> (any Error)? {
        let new = events.map {
            Timeline.Entry(at: moment, bootID: MachineClock.bootID, event: $0)
        }
        backlog += new
        let failure = await flush()
        isBehind = failure != nil
        entries += new
        notify()
        return failure
    }

    /// Writes what could not be written before; nil when all is durable.
    func flush() async -> (any Error)? {
        while !backlog.isEmpty {
            let batch = Array(backlog.prefix(Self.largestBatch))
            do {
                try await ledger.append(batch, run: run)
                backlog.removeFirst(batch.count)
            } catch {
                return error
            }
        }
        return nil
    }

    /// Returns when there are more than `count` entries, or the time is over.
    func change(after count: Int, within patience: Duration) async {
        guard entries.count <= count, !hasEnded, patience > .zero else { return }
        let alarm = Task { [weak self] in
            // Cancelled when an entry comes first.
            try? await Task.sleep(for: patience)
            await self?.notify()
        }
        await withCheckedContinuation { watchers.append($0) }
        alarm.cancel()
    }

    /// Lets nobody wait any longer: there will be no other entry.
    func end() {
        hasEnded = true
        notify()
    }

    private func notify() {
        for watcher in watchers { watcher.resume() }
        watchers = []
    }
}
