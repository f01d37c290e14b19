import Drills
import Foundation
import GRDB
import Ledger
import Testing

@Suite("The chain of a ledger")
struct ChainTests {
    /// A closed file with one run and some events of the daemon.
    private static func folder(seed: UInt64, count: Int = 12) async throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let store = try LedgerStore.open(path: folder.ledger)
        var random = SeededGenerator(seed: seed)
        let plan = RunPlan.cycle(1, of: "storm")
        try await store.append(.opened(plan: plan), run: plan.run, at: moment(0), bootID: bootID)
        for number in 1..<count {
            let at = moment(Int64(number) * 1_000)
            if Bool.random(using: &random) {
                try await store.append(
                    .random(using: &random), run: plan.run, at: at, bootID: bootID)
            } else {
                try await store.append(.reloaded(drills: number), at: at, bootID: bootID)
            }
        }
        try store.close()
        return folder
    }

    @Test("brings back what was recorded, and verifies", arguments: 0..<30 as Range<UInt64>)
    func roundTrip(seed: UInt64) async throws {
        let store = try LedgerStore.inMemory()
        var random = SeededGenerator(seed: seed)
        let plan = RunPlan.cycle(1, of: "storm")
        var events: [RunEvent] = [.opened(plan: plan)]
        events += (0..<40).map { _ in .random(using: &random) }
        var last: EventReceipt?
        for (offset, event) in events.enumerated() {
            last = try await store.append(
                event, run: plan.run, at: moment(Int64(offset)), bootID: bootID)
        }
        #expect(try await store.reader.timeline(of: plan.run).entries.map(\.event) == events)
        let head = try #require(last)
        #expect(
            try await store.reader.verify()
                == .intact(count: 41, head: head.hash, anchor: .notGiven))
    }

    @Test("shows a change of any one byte in any column", arguments: 0..<60 as Range<UInt64>)
    func findsChangedByte(seed: UInt64) async throws {
        let folder = try await Self.folder(seed: seed)
        var random = SeededGenerator(seed: seed ^ 0xFFFF)
        let columns = [
            "sequence", "run", "wall", "boot", "boot_id", "kind", "payload", "previous", "hash",
        ]
        let column = columns[Int(seed) % columns.count]
        let row = column == "run" ? 1 : Int64.random(in: 1...12, using: &random)
        try Self.change(column, ofRow: row, in: folder, using: &random)
        let verdict = try await LedgerReader.open(path: folder.ledger).verify()
        #expect(!verdict.isIntact, "\(column) of event \(row)")
    }

    private static func change(
        _ column: String, ofRow row: Int64, in folder: TemporaryFolder,
        using random: inout SeededGenerator
    ) throws {
        let bit = Int64(1) << Int64.random(in: 0..<8, using: &random)
        switch column {
        case "sequence", "wall", "boot":
            let new = column == "sequence" ? "sequence + 100 * \(bit)" : "\(column) + \(bit)"
            try folder.tamper("UPDATE events SET \(column) = \(new) WHERE sequence = ?", [row])
        default:
            let queue = try DatabaseQueue(path: folder.ledger)
            var bytes =
                try queue.read { database in
                    try DatabaseValue.fetchOne(
                        database,
                        sql: "SELECT CAST(\(column) AS BLOB) FROM events WHERE sequence = ?",
                        arguments: [row])
                }.flatMap(Data.fromDatabaseValue) ?? Data()
            try queue.close()
            let place = Int.random(in: 0..<bytes.count, using: &random)
            bytes[place] ^= UInt8(truncatingIfNeeded: bit)
            let isBlob = ["previous", "hash"].contains(column)
            try folder.tamper(
                "UPDATE events SET \(column) = \(isBlob ? "?" : "CAST(? AS TEXT)") WHERE sequence = ?",
                [bytes, row])
        }
    }

    @Test(
        "says what is wrong with the first event that does not fit",
        arguments: [
            ("UPDATE events SET wall = wall + 1 WHERE sequence = 5", 5, LedgerVerdict.Flaw.changed),
            ("DELETE FROM events WHERE sequence IN (4, 5)", 4, .missing(count: 2)),
            ("DELETE FROM events WHERE sequence > 9", 10, .tailMissing(count: 3)),
            (
                """
                UPDATE events SET sequence = 100 WHERE sequence = 3;
                UPDATE events SET sequence = 3 WHERE sequence = 7;
                UPDATE events SET sequence = 7 WHERE sequence = 100
                """, 3, .reordered(after: 6)
            ),
            ("UPDATE events SET previous = zeroblob(32) WHERE sequence = 6", 6, .unlinked),
            ("UPDATE head SET hash = zeroblob(32)", 12, .headChanged),
        ])
    func namesTheFlaw(sql: String, sequence: Int64, flaw: LedgerVerdict.Flaw) async throws {
        let folder = try await Self.folder(seed: 1)
        for statement in sql.split(separator: ";") { try folder.tamper(String(statement)) }
        let verdict = try await LedgerReader.open(path: folder.ledger).verify()
        #expect(verdict == .broken(sequence: sequence, flaw: flaw))
    }

    @Test("finds a head that was noted elsewhere, and misses one that is not its own")
    func findsAnchor() async throws {
        let store = try LedgerStore.inMemory()
        let first = try await store.append(.reloaded(drills: 1), at: moment(0), bootID: bootID)
        let second = try await store.append(.reloaded(drills: 2), at: moment(1), bootID: bootID)
        #expect(
            try await store.reader.verify(containing: first.hash)
                == .intact(count: 2, head: second.hash, anchor: .found(sequence: 1)))
        let strange = try #require(EventHash(String(repeating: "ab", count: 32)))
        #expect(
            try await store.reader.verify(containing: strange)
                == .broken(sequence: 2, flaw: .anchorMissing(strange)))
    }

    @Test("computes the documented hash")
    func documentedHash() async throws {
        let store = try LedgerStore.inMemory()
        let receipt = try await store.append(
            .daemonStopped(reason: "x"), at: moment(7), bootID: "b")
        // Recomputed by hand from the documentation of the canonical bytes.
        #expect(receipt.hash.description == documentedHashOfOneEvent)
    }
}

private let documentedHashOfOneEvent =
    "2b4bd5cff191f8ec1856a3ca4402ab20862ab8219c97ffde4a90075c5cac648a"
