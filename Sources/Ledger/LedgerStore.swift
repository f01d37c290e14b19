import CalendarTime
import Drills
import GRDB

/// The ledger as its one writer sees it: append-only, hash-chained, durable before it answers.
package final class LedgerStore: Sendable {
    /// What is recorded; also reads while events are written.
    package let reader: LedgerReader
    private let database: any DatabaseWriter
    private let commits: GroupCommit

    /// Opens the ledger of a path, and creates it when neither it nor a log of it is there.
    ///
    /// A file that is empty, damaged, foreign or too new is refused and left as it is.
    /// - Throws: ``LedgerError``.
    package static func open(path: String) throws -> LedgerStore {
        try open(path: path, maximumBatch: GroupCommit.maximumBatch)
    }

    /// Opens the ledger with another limit of events per transaction, for measurements.
    package static func open(path: String, maximumBatch: Int) throws -> LedgerStore {
        FreedMemory.keep()
        return try LedgerStore(
            LedgerFile.openForWriting(path: path), maximumBatch: maximumBatch)
    }

    /// A ledger that ends with the process.
    package static func inMemory() throws -> LedgerStore {
        let database = try DatabaseQueue()
        try LedgerSchema.migrator.migrate(database)
        return LedgerStore(database, maximumBatch: GroupCommit.maximumBatch)
    }

    private init(_ database: any DatabaseWriter, maximumBatch: Int) {
        self.database = database
        reader = LedgerReader(database)
        commits = GroupCommit(database: database, maximumBatch: maximumBatch)
    }

    /// Records an event of a run and returns once it is durable.
    ///
    /// - Throws: ``LedgerError``; after any error nothing of the event is recorded.
    @discardableResult
    package func append(
        _ event: RunEvent, run: RunID, at moment: Moment, bootID: String
    ) async throws -> EventReceipt {
        let event = try CanonicalEvent(event, run: run, at: moment, bootID: bootID)
        return try await commit(event)
    }

    /// Records events of a run in one transaction and returns once they are durable.
    ///
    /// - Throws: ``LedgerError``; after any error none of them is recorded.
    package func append(_ entries: [Timeline.Entry], run: RunID) async throws {
        try await commits.append(
            entries.map { try CanonicalEvent($0.event, run: run, at: $0.at, bootID: $0.bootID) })
    }

    /// Records an event of the daemon and returns once it is durable.
    ///
    /// - Throws: ``LedgerError``; after any error nothing of the event is recorded.
    @discardableResult
    package func append(
        _ event: OperationalEvent, at moment: Moment, bootID: String
    ) async throws -> EventReceipt {
        try await commit(try CanonicalEvent(event, at: moment, bootID: bootID))
    }

    private func commit(_ event: CanonicalEvent) async throws -> EventReceipt {
        let receipts = try await commits.append([event])
        guard let receipt = receipts.first else {
            preconditionFailure("every event that is recorded gets a receipt")
        }
        return receipt
    }

    /// Ends the use of the file; everything acknowledged is in it.
    package func close() throws {
        try database.close()
    }
}
