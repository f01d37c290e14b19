import Drills
import GRDB

/// Why the ledger cannot be opened, written or read.
package enum LedgerError: Error, Hashable, Sendable {
    /// Nothing was recorded; the ledger can be written again as soon as there is room.
    case diskFull
    /// Another program holds the write lock for longer than the time-out.
    case busy
    /// The system refused a read or a write.
    case inputOutput(reason: String)
    /// The store was closed.
    case closed
    case badBootID(String)
    case runNotOpened(RunID)
    case runOpenedTwice(RunID)
    case runClosed(RunID)
    /// A recorded event cannot be decoded.
    case unreadable(sequence: Int64, reason: String)
    case cannotOpen(path: String, reason: String)
    case missing(path: String)
    case empty(path: String)
    /// The database is gone but its write-ahead log is still there.
    case logWithoutLedger(path: String)
    case foreign(path: String)
    case newer(path: String)
    case corrupt(path: String, reason: String)
}

extension LedgerError: CustomStringConvertible {
    /// What is wrong, and what to do about it.
    package var description: String {
        switch self {
        case .diskFull: "the disk is full, the event was not recorded; free some space"
        case .busy: "another program holds the ledger; end it and try again"
        case .inputOutput(let reason): "the ledger cannot be read or written: \(reason)"
        case .closed: "the ledger is closed"
        case .badBootID(let text): "'\(text)' is no boot id; give what /proc says"
        case .runNotOpened(let run): "run '\(run)' was not opened; record its plan first"
        case .runOpenedTwice(let run): "run '\(run)' was opened before; take the next cycle"
        case .runClosed(let run): "run '\(run)' is closed; nothing can be added to it"
        case .unreadable(let sequence, let reason):
            "event \(sequence) cannot be read: \(reason); run 'drillctl ledger verify'"
        default: fileDescription
        }
    }

    private var fileDescription: String {
        switch self {
        case .cannotOpen(let path, let reason): "cannot open ledger '\(path)': \(reason)"
        case .missing(let path): "there is no ledger '\(path)'; drilld creates it when it starts"
        case .empty(let path):
            "ledger '\(path)' is an empty file; restore it, or move it away to begin a new one"
        case .logWithoutLedger(let path):
            "ledger '\(path)' is gone but its log '\(path)-wal' is not; "
                + "restore the ledger, or move the log away to begin a new one"
        case .foreign(let path): "'\(path)' is a database of another program; name another file"
        case .newer(let path): "ledger '\(path)' was written by a newer drilld; install that one"
        case .corrupt(let path, let reason):
            "ledger '\(path)' is damaged: \(reason); keep the file and restore a backup"
        default: ""
        }
    }
}

extension LedgerError {
    /// Turns an error of a write or a read into a domain value; the only place that knows SQLite's codes.
    init(_ error: any Error, run: RunID? = nil, path: String = "") {
        guard let error = error as? DatabaseError else {
            self = error as? LedgerError ?? .inputOutput(reason: String(describing: error))
            return
        }
        let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE:
            self = .diskFull
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
        case .SQLITE_MISUSE where reason.contains("closed"): self = .closed
        case .SQLITE_CONSTRAINT: self = Self.refused(run, reason)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(path: path, reason: reason)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_READONLY:
            self = .cannotOpen(path: path, reason: reason)
        default: self = .inputOutput(reason: reason)
        }
    }

    private static func refused(_ run: RunID?, _ reason: String) -> Self {
        guard let run else { return .inputOutput(reason: reason) }
        if reason == LedgerSchema.runNotOpened { return .runNotOpened(run) }
        if reason == LedgerSchema.runClosed { return .runClosed(run) }
        if reason.hasPrefix("UNIQUE constraint failed: events.run") { return .runOpenedTwice(run) }
        return .inputOutput(reason: reason)
    }
}
