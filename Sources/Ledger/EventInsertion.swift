import GRDB
import GRDBSQLite

/// Adds rows to `events`.
///
/// The values are bound directly: boxing nine of them for each event takes longer than SQLite needs for the row.
struct EventInsertion {
    private let database: Database
    private let statement: Statement

    private static let sql = """
        INSERT INTO events (sequence, run, wall, boot, boot_id, kind, payload, previous, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    /// The statement, which a connection prepares once.
    init(_ database: Database) throws {
        self.database = database
        statement = try database.cachedStatement(sql: Self.sql)
    }

    /// Adds an event at its place in the chain.
    func add(_ event: CanonicalEvent, at place: ChainHead, after previous: ChainHead) throws {
        let row = statement.sqliteStatement
        defer {
            sqlite3_reset(row)
            sqlite3_clear_bindings(row)
        }
        let failures = [
            sqlite3_bind_int64(row, 1, place.sequence),
            event.run.map { bind($0.text, to: 2) } ?? sqlite3_bind_null(row, 2),
            sqlite3_bind_int64(row, 3, event.at.wall.microsecondsSinceEpoch),
            sqlite3_bind_int64(row, 4, event.at.boot.microsecondsSinceBoot),
            bind(event.bootID, to: 5), bind(event.kind, to: 6), bind(event.payload, to: 7),
            bind(previous.hash.bytes, to: 8), bind(place.hash.bytes, to: 9),
        ].filter { $0 != SQLITE_OK }
        if let failure = failures.first { throw error(failure) }
        let result = sqlite3_step(row)
        guard result == SQLITE_DONE else { throw error(result) }
    }

    private func bind(_ text: String, to column: Int32) -> Int32 {
        text.withCString {
            sqlite3_bind_text(
                statement.sqliteStatement, column, $0, Int32(text.utf8.count), Self.copied)
        }
    }

    private func bind(_ bytes: [UInt8], to column: Int32) -> Int32 {
        bytes.withUnsafeBytes {
            sqlite3_bind_blob(
                statement.sqliteStatement, column, $0.baseAddress, Int32($0.count), Self.copied)
        }
    }

    /// `SQLITE_TRANSIENT`, a macro that Swift does not see: SQLite copies the bytes before it returns.
    private static var copied: sqlite3_destructor_type {
        unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }

    private func error(_ code: Int32) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(
                rawValue: sqlite3_extended_errcode(database.sqliteConnection)),
            message: database.lastErrorMessage ?? "SQLite says \(code)", sql: Self.sql)
    }
}
