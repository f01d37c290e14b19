import Foundation
import GRDB
import GRDBSQLite

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Opens the file of a ledger and refuses what is not one.
enum LedgerFile {
    /// Long enough for another connection's checkpoint.
    private static let busyTimeoutSeconds = 5.0

    /// A database that reads and writes the ledger of a path; a new one if there is none.
    static func openForWriting(path: String) throws -> DatabasePool {
        do {
            if try state(of: path) == .absent { try create(path: path) }
            var configuration = configuration
            configuration.prepareDatabase { database in
                try refuseForeign(database, path: path)
                if !database.configuration.readonly { keepLog(of: database) }
            }
            let pool = try DatabasePool(path: path, configuration: configuration)
            // Opening in WAL mode lowers it to NORMAL, which loses commits in a power cut.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try LedgerSchema.migrator.migrate(pool)
            try pool.read { try checkTail($0, path: path) }
            return pool
        } catch {
            throw LedgerError(error, path: path)
        }
    }

    /// A database that only reads, also while a daemon writes.
    static func openForReading(path: String) throws -> DatabaseQueue {
        do {
            guard try state(of: path) == .present else { throw LedgerError.missing(path: path) }
            var configuration = configuration
            configuration.readonly = true
            configuration.prepareDatabase { try refuseForeign($0, path: path) }
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.read { try checkTables($0, path: path) }
            return queue
        } catch {
            throw LedgerError(error, path: path)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(busyTimeoutSeconds)
        return configuration
    }
}

extension LedgerFile {
    private enum State { case absent, present }

    private static func state(of path: String) throws -> State {
        var information = stat()
        if stat(path, &information) == 0 {
            guard information.st_size > 0 else { throw LedgerError.empty(path: path) }
            return .present
        }
        guard errno == ENOENT else { throw SystemError.last.opening(path) }
        guard access(path + "-wal", F_OK) != 0 else {
            throw LedgerError.logWithoutLedger(path: path)
        }
        return .absent
    }

    /// Builds the tables under another name first, so that a ledger is there whole or not at all.
    private static func create(path: String) throws {
        let draft = path + ".new"
        // The journal of an attempt that was cut short must not be played into this one.
        for leftover in [draft, draft + "-journal"] { _ = unlink(leftover) }
        defer { _ = unlink(draft) }
        let queue = try DatabaseQueue(path: draft, configuration: configuration)
        try LedgerSchema.migrator.migrate(queue)
        try queue.close()
        // Unlike a rename, a link never replaces a ledger that appeared meanwhile.
        guard link(draft, path) == 0 || errno == EEXIST else {
            throw SystemError.last.opening(path)
        }
        try Folder.sync(Folder.parent(of: path))
    }

    /// Leaves the log in place at the end, so that those who may only read can read without a daemon.
    private static func keepLog(of database: Database) {
        var isKept: Int32 = 1
        _ = sqlite3_file_control(
            database.sqliteConnection, nil, SQLITE_FCNTL_PERSIST_WAL, &isKept)
    }

    private static func refuseForeign(_ database: Database, path: String) throws {
        let mark = try Int64.fetchOne(database, sql: "PRAGMA application_id")
        guard mark == LedgerSchema.applicationID else { throw LedgerError.foreign(path: path) }
        guard try !LedgerSchema.migrator.hasBeenSuperseded(database) else {
            throw LedgerError.newer(path: path)
        }
    }

    /// Readers take a cut tail as it is: they are the ones who look for it.
    private static func checkTables(_ database: Database, path: String) throws {
        guard try LedgerSchema.migrator.hasCompletedMigrations(database) else {
            throw LedgerError.corrupt(path: path, reason: "its tables are not complete")
        }
    }

    /// Nothing is added behind an end that is not the one the head names; the rest is for `verify`.
    private static func checkTail(_ database: Database, path: String) throws {
        let last = try Row.fetchOne(
            database, sql: "SELECT sequence, hash FROM events ORDER BY sequence DESC LIMIT 1")
        let head = try ChainHead.read(from: database)
        guard last?.integer("sequence") ?? 0 == head.sequence,
            last.map({ $0.hash("hash") == head.hash }) ?? (head == .start)
        else {
            throw LedgerError.corrupt(
                path: path,
                reason: "its last event is not event \(head.sequence), which the head names")
        }
    }
}
