import Drills
import Foundation
import Ledger
import Testing

/// The tests run themselves again in a mount namespace, where a disk of one megabyte is real.
@Suite("A full disk")
struct FullDiskTests {
    private static let variable = "DRILLD_TEST_SMALL_DISK"
    private static let smallDisk = ProcessInfo.processInfo.environment[variable]

    @Test(
        "refuses events, loses none, and takes more once there is room",
        .enabled(if: smallDisk == nil && SmallDisk.isPossible, "needs a mount namespace"))
    func runsInside() throws {
        let folder = try TemporaryFolder()
        let filter = "FullDiskTests/fillsUp"
        let status = try SmallDisk.run(
            [CommandLine.arguments[0], "--testing-library", "swift-testing", "--filter", filter],
            at: folder.path, variable: Self.variable)
        #expect(status == 0)
        let report = try String(contentsOfFile: folder.path + ".report", encoding: .utf8)
        try FileManager.default.removeItem(atPath: folder.path + ".report")
        #expect(report == "refused, then recorded; the chain is intact\n")
    }

    @Test("fills up", .enabled(if: smallDisk != nil))
    func fillsUp() async throws {
        let folder = try #require(Self.smallDisk)
        let ballast = URL(fileURLWithPath: folder + "/ballast")
        try Data(repeating: 1, count: 200_000).write(to: ballast)
        let store = try LedgerStore.open(path: folder + "/ledger.sqlite")

        let acknowledged = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { try await Self.fill(store) } }
            return try await group.reduce(0, +)
        }
        #expect(acknowledged > 100)
        #expect(try await store.reader.verify().isIntact)
        #expect(try await store.reader.head()?.sequence == Int64(acknowledged))

        try FileManager.default.removeItem(at: ballast)
        let receipt = try await store.append(.reloaded(drills: 1), at: moment(0), bootID: bootID)
        #expect(receipt.sequence == Int64(acknowledged) + 1)
        let verdict = try await LedgerReader.open(path: folder + "/ledger.sqlite").verify()
        try #require(verdict.isIntact)
        try "refused, then recorded; the chain is intact\n".write(
            toFile: folder + ".report", atomically: true, encoding: .utf8)
    }

    /// Appends until the disk is full and returns how many were acknowledged.
    private static func fill(_ store: LedgerStore) async throws -> Int {
        let event = OperationalEvent.daemonStopped(reason: String(repeating: "x", count: 500))
        for count in 0..<10_000 {
            do {
                try await store.append(event, at: moment(0), bootID: bootID)
            } catch LedgerError.diskFull {
                return count
            }
        }
        Issue.record("the disk never filled up")
        return 0
    }
}

/// A file system of one megabyte that only one process tree sees.
private enum SmallDisk {
    private static let unshare = geteuid() == 0 ? ["-m"] : ["-U", "-r", "-m"]

    static var isPossible: Bool {
        let folder = try? TemporaryFolder()
        guard let folder else { return false }
        return (try? run(["/bin/true"], at: folder.path, variable: "_")) == 0
    }

    /// Runs a command with the disk mounted on a folder that an environment variable names.
    static func run(_ command: [String], at folder: String, variable: String) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let script = #"mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@""#
        process.arguments =
            ["\(variable)=\(folder)", "unshare"] + unshare + ["sh", "-c", script, folder] + command
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
