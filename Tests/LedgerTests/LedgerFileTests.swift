import Drills
import Foundation
import GRDB
import Ledger
import Testing

@Suite("The file of a ledger")
struct LedgerFileTests {
    @Test("is opened again with all that was recorded")
    func reopens() async throws {
        let folder = try TemporaryFolder()
        for number in 1...3 {
            let store = try LedgerStore.open(path: folder.ledger)
            let receipt = try await store.append(
                .reloaded(drills: number), at: moment(0), bootID: bootID)
            #expect(receipt.sequence == Int64(number))
            try store.close()
        }
        #expect(try await LedgerReader.open(path: folder.ledger).verify().isIntact)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.filter { $0.hasPrefix("ledger.sqlite.new") }.isEmpty)
    }

    @Test("is refused as it is when it is no ledger of this version")
    func refusesOthers() throws {
        let folder = try TemporaryFolder()
        let path = folder.ledger
        try expect(.empty(path: path), for: Data(), in: folder)
        let noise = Data(repeating: 0x2A, count: 8_192)
        try expect(.corrupt(path: path, reason: "file is not a database"), for: noise, in: folder)

        let foreign = try DatabaseQueue(path: path + ".foreign")
        try foreign.write { try $0.execute(sql: "CREATE TABLE events (x)") }
        try foreign.close()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path + ".foreign"))
        try expect(.foreign(path: path), for: bytes, in: folder)
    }

    private func expect(_ error: LedgerError, for content: Data, in folder: TemporaryFolder) throws
    {
        let url = URL(fileURLWithPath: folder.ledger)
        try content.write(to: url)
        #expect(throws: error) { try LedgerStore.open(path: folder.ledger) }
        #expect(try Data(contentsOf: url) == content)
    }

    @Test(
        "is refused when a newer version wrote it, when its tail is cut, when only its log is left")
    func refusesDamage() async throws {
        let folder = try TemporaryFolder()
        let path = folder.ledger
        let store = try LedgerStore.open(path: path)
        for number in 1...3 {
            try await store.append(.reloaded(drills: number), at: moment(0), bootID: bootID)
        }
        try store.close()
        try folder.tamper("DELETE FROM events WHERE sequence = 3")
        let reason = "its last event is not event 3, which the head names"
        #expect(throws: LedgerError.corrupt(path: path, reason: reason)) {
            try LedgerStore.open(path: path)
        }
        try folder.tamper("INSERT INTO grdb_migrations VALUES ('9 from the future')")
        #expect(throws: LedgerError.newer(path: path)) { try LedgerStore.open(path: path) }
        #expect(throws: LedgerError.newer(path: path)) { try LedgerReader.open(path: path) }
        try FileManager.default.removeItem(atPath: path)
        try Data([1]).write(to: URL(fileURLWithPath: path + "-wal"))
        #expect(throws: LedgerError.logWithoutLedger(path: path)) {
            try LedgerStore.open(path: path)
        }
    }

    @Test("keeps its log when it is closed, for readers who may not make one")
    func keepsLog() throws {
        let folder = try TemporaryFolder()
        try LedgerStore.open(path: folder.ledger).close()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.sorted() == ["ledger.sqlite", "ledger.sqlite-shm", "ledger.sqlite-wal"])
    }

    @Test("is never made by a reader")
    func readersMakeNothing() throws {
        let folder = try TemporaryFolder()
        #expect(throws: LedgerError.missing(path: folder.ledger)) {
            try LedgerReader.open(path: folder.ledger)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test(
        "is spoken of in these words",
        arguments: [
            (LedgerError.diskFull, "the disk is full, the event was not recorded; free some space"),
            (.busy, "another program holds the ledger; end it and try again"),
            (.closed, "the ledger is closed"),
            (.badBootID(""), "'' is no boot id; give what /proc says"),
            (.runNotOpened("a-1"), "run 'a-1' was not opened; record its plan first"),
            (.runOpenedTwice("a-1"), "run 'a-1' was opened before; take the next cycle"),
            (.runClosed("a-1"), "run 'a-1' is closed; nothing can be added to it"),
            (.inputOutput(reason: "r"), "the ledger cannot be read or written: r"),
            (
                .unreadable(sequence: 7, reason: "r"),
                "event 7 cannot be read: r; run 'drillctl ledger verify'"
            ),
            (.cannotOpen(path: "/l", reason: "r"), "cannot open ledger '/l': r"),
            (.missing(path: "/l"), "there is no ledger '/l'; drilld creates it when it starts"),
            (
                .empty(path: "/l"),
                "ledger '/l' is an empty file; restore it, or move it away to begin a new one"
            ),
            (
                .logWithoutLedger(path: "/l"),
                "ledger '/l' is gone but its log '/l-wal' is not; restore the ledger, "
                    + "or move the log away to begin a new one"
            ),
            (.foreign(path: "/l"), "'/l' is a database of another program; name another file"),
            (
                .newer(path: "/l"),
                "ledger '/l' was written by a newer drilld; install that one"
            ),
            (
                .corrupt(path: "/l", reason: "r"),
                "ledger '/l' is damaged: r; keep the file and restore a backup"
            ),
        ])
    func words(error: LedgerError, text: String) {
        #expect(error.description == text)
    }
}
