import CalendarTime
import Drills
import Foundation
import GRDB

/// The ledger as everyone but its writer sees it.
package struct LedgerReader: Sendable {
    private let database: any DatabaseReader

    init(_ database: any DatabaseReader) {
        self.database = database
    }

    /// Opens the ledger of a path for reading only, also while a daemon writes it.
    ///
    /// - Throws: ``LedgerError``.
    package static func open(path: String) throws -> LedgerReader {
        LedgerReader(try LedgerFile.openForReading(path: path))
    }

    /// Everything recorded of a run, oldest first; empty for a run that was never opened.
    package func timeline(of run: RunID) async throws -> Timeline {
        let entries = try await entries(
            "SELECT * FROM events WHERE run = ? ORDER BY sequence", [run.text])
        return Timeline(
            entries: entries.compactMap { entry in
                guard case .run(_, let event) = entry.record else { return nil }
                return Timeline.Entry(at: entry.at, bootID: entry.bootID, event: event)
            })
    }

    /// Runs that have begun, the newest first.
    package func runs(
        of selection: RunSelection = .all, limit: Int = 1_000
    ) async throws -> [RunSummary] {
        switch selection {
        case .all: try await summaries("", [], limit: limit)
        case .drill(let drill): try await summaries("WHERE drill = ?", [drill.text], limit: limit)
        case .kind(let kind): try await summaries("WHERE kind = ?", [kind.rawValue], limit: limit)
        }
    }

    /// Runs that have not ended, the newest first; all of them.
    package func openRuns() async throws -> [RunSummary] {
        try await summaries("WHERE closing IS NULL", [], limit: Int(Int32.max))
    }

    /// Runs that ended after drilld was last started, the newest first; all of them.
    package func runsClosedSinceStart() async throws -> [RunSummary] {
        try await summaries(
            """
            WHERE closing > coalesce((
                SELECT sequence FROM events WHERE run IS NULL AND kind = 'daemonStarted'
                ORDER BY sequence DESC LIMIT 1), 0)
            """, [], limit: Int(Int32.max))
    }

    /// The number of a drill's latest cycle; 0 before the first.
    package func lastCycle(of drill: DrillName) async throws -> Int {
        try await read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT max(cycle) AS cycle FROM runs WHERE drill = ?",
                arguments: [drill.text])
            return Int(row?.integer("cycle") ?? 0)
        }
    }

    /// Every cycle of a drill with its mutation, the first cycle first.
    package func cycles(of drill: DrillName) async throws -> [CycleRecord] {
        try await read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT runs.*, events.payload AS plan FROM runs
                    JOIN events ON events.sequence = runs.sequence
                    WHERE drill = ? ORDER BY cycle, runs.sequence
                    """, arguments: [drill.text])
            return try rows.collect(EntryDecoder.cycle)
        }
    }

    /// What happened outside of runs, the newest first.
    package func operations(limit: Int = 1_000) async throws -> [LedgerEntry] {
        try await entries(
            "SELECT * FROM events WHERE run IS NULL ORDER BY sequence DESC LIMIT ?", [limit])
    }

    /// What channels answered to pages about a fault that may still be in place, the oldest first.
    package func leakReceipts(of fault: FaultID) async throws -> [Receipt] {
        let pages = try await entries(
            "SELECT * FROM events WHERE run IS NULL AND kind = 'leakPaged' ORDER BY sequence", [])
        return pages.compactMap { entry in
            guard case .operation(.leakPaged(fault, _, let receipt)) = entry.record else {
                return nil
            }
            return receipt
        }
    }

    /// Entries of all runs and of the daemon that follow a sequence, oldest first.
    package func entries(after sequence: Int64, limit: Int) async throws -> [LedgerEntry] {
        try await entries(
            "SELECT * FROM events WHERE sequence > ? ORDER BY sequence LIMIT ?", [sequence, limit])
    }

    /// The sequence and hash of the last event; nil for an empty ledger.
    package func head() async throws -> EventReceipt? {
        let head = try await read { try ChainHead.read(from: $0) }
        return head == .start ? nil : EventReceipt(sequence: head.sequence, hash: head.hash)
    }

    /// Walks the whole chain, one row in memory at a time.
    ///
    /// - Parameter known: a head that was written down elsewhere; it must be in the chain.
    package func verify(containing known: EventHash? = nil) async throws -> LedgerVerdict {
        try await read { try ChainCheck(known: known).run(in: $0) }
    }
}

extension LedgerReader {
    func read<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await database.read(body)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw LedgerError(error)
        }
    }

    private func entries(
        _ sql: String, _ arguments: StatementArguments
    ) async throws -> [LedgerEntry] {
        try await read { database in
            try Row.fetchCursor(database, sql: sql, arguments: arguments)
                .collect(EntryDecoder.entry)
        }
    }

    private func summaries(
        _ condition: String, _ arguments: StatementArguments, limit: Int
    ) async throws -> [RunSummary] {
        try await read { database in
            try Row.fetchCursor(
                database, sql: "SELECT * FROM runs \(condition) ORDER BY sequence DESC LIMIT ?",
                arguments: arguments + [limit]
            )
            .collect(EntryDecoder.summary)
        }
    }
}

extension RowCursor {
    fileprivate func collect<Value>(_ decode: (Row) throws -> Value) throws -> [Value] {
        var values: [Value] = []
        while let row = try next() { values.append(try decode(row)) }
        return values
    }
}
