import CalendarTime
import Foundation
import GRDB

/// A walk along the chain that keeps one row in memory.
struct ChainCheck {
    /// A head that was written down elsewhere.
    let known: EventHash?
    private var last = ChainHead.start
    private var anchor = LedgerVerdict.Anchor.notGiven

    /// A walk from the first event, which looks for a known head on its way.
    init(known: EventHash?) {
        self.known = known
        if known == .beforeFirst { anchor = .found(sequence: 0) }
    }

    /// Walks to the end or to the first event that does not fit.
    func run(in database: Database) throws -> LedgerVerdict {
        var check = self
        do {
            return try check.walk(database)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            return .broken(
                sequence: check.last.sequence + 1,
                flaw: .unreadable(reason: "its page in the file is damaged"))
        }
    }

    /// Texts are read as bytes: a text may hide bytes behind a zero.
    private static let walk = """
        SELECT sequence, CAST(run AS BLOB) AS run, wall, boot, CAST(boot_id AS BLOB) AS boot_id,
            CAST(kind AS BLOB) AS kind, CAST(payload AS BLOB) AS payload, previous, hash
        FROM events NOT INDEXED ORDER BY sequence
        """

    private mutating func walk(_ database: Database) throws -> LedgerVerdict {
        let rows = try Row.fetchCursor(database, sql: Self.walk)
        while let row = try rows.next() {
            if let broken = try step(row, database) { return broken }
        }
        return try end(database)
    }

    private mutating func step(_ row: Row, _ database: Database) throws -> LedgerVerdict? {
        let place = last.sequence + 1
        guard let link = Link(row) else {
            return .broken(sequence: place, flaw: .unreadable(reason: "a column is damaged"))
        }
        guard link.sequence == place else {
            return .broken(sequence: place, flaw: .missing(count: link.sequence - place))
        }
        guard link.previous == last.hash else {
            return .broken(sequence: place, flaw: try misplaced(link, database))
        }
        guard link.hash == link.computed else { return .broken(sequence: place, flaw: .changed) }
        last = ChainHead(sequence: place, hash: link.hash)
        if known == link.hash { anchor = .found(sequence: place) }
        return nil
    }

    private func misplaced(_ link: Link, _ database: Database) throws -> LedgerVerdict.Flaw {
        let other = try Row.fetchOne(
            database, sql: "SELECT sequence FROM events WHERE hash = ? AND sequence <> ?",
            arguments: [link.previous.data, link.sequence])
        return other?.integer("sequence").map { .reordered(after: $0) } ?? .unlinked
    }

    private func end(_ database: Database) throws -> LedgerVerdict {
        let row = try Row.fetchOne(database, sql: "SELECT sequence, hash FROM head")
        guard let sequence = row?.integer("sequence"), let hash = row?.hash("hash") else {
            return .broken(sequence: last.sequence, flaw: .headChanged)
        }
        guard sequence <= last.sequence else {
            let missing = sequence - last.sequence
            return .broken(sequence: last.sequence + 1, flaw: .tailMissing(count: missing))
        }
        guard sequence == last.sequence, hash == last.hash else {
            return .broken(sequence: last.sequence, flaw: .headChanged)
        }
        if let known, anchor == .notGiven {
            return .broken(sequence: last.sequence, flaw: .anchorMissing(known))
        }
        return .intact(count: last.sequence, head: last.hash, anchor: anchor)
    }
}

/// One row as the chain sees it.
private struct Link {
    let sequence: Int64
    let previous: EventHash
    let hash: EventHash
    let computed: EventHash

    init?(_ row: Row) {
        guard let sequence = row.integer("sequence"), let wall = row.integer("wall"),
            let boot = row.integer("boot"), let bootID = row.bytes("boot_id"),
            let kind = row.bytes("kind"), let payload = row.bytes("payload"),
            let previous = row.hash("previous"), let hash = row.hash("hash"),
            row.isNull("run") || row.bytes("run") != nil
        else { return nil }
        let moment = Moment(
            wall: WallInstant(microsecondsSinceEpoch: wall),
            boot: BootInstant(microsecondsSinceBoot: boot))
        let body = CanonicalEvent.body(
            run: row.bytes("run"), at: moment, bootID: bootID, kind: kind, payload: payload)
        self.sequence = sequence
        self.previous = previous
        self.hash = hash
        computed = CanonicalEvent.hash(of: body, sequence: sequence, after: previous)
    }
}
