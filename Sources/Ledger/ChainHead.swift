import Foundation
import GRDB

/// The end of the chain: the last event's sequence and hash.
struct ChainHead: Hashable, Sendable {
    let sequence: Int64
    let hash: EventHash

    /// Before the first event.
    static let start = ChainHead(sequence: 0, hash: .beforeFirst)

    /// The head as recorded beside the events.
    static func read(from database: Database) throws -> ChainHead {
        let statement = try database.cachedStatement(sql: "SELECT sequence, hash FROM head")
        guard let row = try Row.fetchOne(statement),
            let sequence = row.integer("sequence"), let hash = row.hash("hash")
        else { throw LedgerError.inputOutput(reason: "the record of the chain's head is gone") }
        return ChainHead(sequence: sequence, hash: hash)
    }

    /// The head once an event is added.
    func advanced(by event: CanonicalEvent) -> ChainHead {
        let next = sequence + 1
        return ChainHead(sequence: next, hash: event.hash(sequence: next, after: hash))
    }
}

extension EventHash {
    var data: Data { Data(bytes) }
}

/// Columns of a file that anything may have been done to: a value of another type is nil, never a trap.
extension Row {
    func integer(_ column: String) -> Int64? {
        guard case .int64(let number) = value(column) else { return nil }
        return number
    }

    func text(_ column: String) -> String? {
        guard case .string(let text) = value(column) else { return nil }
        return text
    }

    func bytes(_ column: String) -> [UInt8]? {
        guard case .blob(let data) = value(column) else { return nil }
        return Array(data)
    }

    func hash(_ column: String) -> EventHash? {
        bytes(column).flatMap(EventHash.init(bytes:))
    }

    func isNull(_ column: String) -> Bool {
        guard case .null = value(column) else { return false }
        return true
    }

    private func value(_ column: String) -> DatabaseValue.Storage? {
        (self[column] as DatabaseValue?)?.storage
    }
}
