import Failpoints
import GRDB
import Synchronization

/// The one writer: what arrives while a commit is under way shares the next one.
///
/// An event that finds the writer idle is committed at once, alone; nothing ever waits for company.
/// A batch therefore gathers for as long as one commit takes, and holds at most ``maximumBatch``.
final class GroupCommit: Sendable {
    private let database: any DatabaseWriter
    private let maximumBatch: Int
    private let line = Mutex(Line())

    /// The most events in one transaction.
    static let maximumBatch = 200

    private struct Line {
        var waiting: [Waiter] = []
        var isBusy = false
    }

    /// Events that are recorded together or not at all.
    private struct Waiter {
        let events: [CanonicalEvent]
        let continuation: CheckedContinuation<[EventReceipt], any Error>
    }

    init(database: any DatabaseWriter, maximumBatch: Int) {
        self.database = database
        self.maximumBatch = max(1, maximumBatch)
    }

    /// Returns after the commit; cancelling the caller's task does not take the event back.
    @discardableResult
    func append(_ events: [CanonicalEvent]) async throws -> [EventReceipt] {
        guard !events.isEmpty else { return [] }
        return try await withCheckedThrowingContinuation { continuation in
            let wasIdle = line.withLock { line in
                line.waiting.append(Waiter(events: events, continuation: continuation))
                defer { line.isBusy = true }
                return !line.isBusy
            }
            if wasIdle { commitSoon() }
        }
    }

    private func commitSoon() {
        database.asyncWriteWithoutTransaction { database in
            let batch = self.nextBatch()
            let outcomes = Self.commit(batch.map(\.events), to: database)
            if self.hasMore() { self.commitSoon() }
            for (waiter, outcome) in zip(batch, outcomes) {
                waiter.continuation.resume(with: outcome)
            }
        }
    }

    private func nextBatch() -> [Waiter] {
        line.withLock { line in
            var count = 0
            let end = line.waiting.firstIndex { waiter in
                count += waiter.events.count
                return count > maximumBatch
            }
            // An array of its own: a slice would make the removal copy all that wait.
            let batch = Array(line.waiting.prefix(max(1, end ?? line.waiting.count)))
            line.waiting.removeFirst(batch.count)
            return batch
        }
    }

    private func hasMore() -> Bool {
        line.withLock { line in
            line.isBusy = !line.waiting.isEmpty
            return line.isBusy
        }
    }
}

extension GroupCommit {
    /// Events that the schema refuses take nobody else's of their batch with them.
    private static func commit(
        _ batch: [[CanonicalEvent]], to database: Database
    ) -> [Result<[EventReceipt], any Error>] {
        do {
            return try transaction(batch, in: database).map { .success($0) }
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_CONSTRAINT && batch.count > 1
        {
            return batch.flatMap { commit([$0], to: database) }
        } catch {
            return batch.map { .failure(LedgerError(error, run: $0.first?.run)) }
        }
    }

    private static func transaction(
        _ batch: [[CanonicalEvent]], in database: Database
    ) throws -> [[EventReceipt]] {
        var receipts: [[EventReceipt]] = []
        receipts.reserveCapacity(batch.count)
        try database.inTransaction(.immediate) {
            var head = try ChainHead.read(from: database)
            let insertion = try EventInsertion(database)
            for events in batch {
                receipts.append(
                    try events.map { event in
                        let next = head.advanced(by: event)
                        try insertion.add(event, at: next, after: head)
                        head = next
                        return EventReceipt(sequence: next.sequence, hash: next.hash)
                    })
            }
            Failpoint.ledgerBeforeCommit.hit()
            return .commit
        }
        Failpoint.ledgerAfterCommit.hit()
        return receipts
    }
}
