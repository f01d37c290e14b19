import CalendarTime
import Drills
import Foundation
import Ledger

/// Durable events per second with group commit beside one commit per event, on one disk.
@main
struct LedgerBenchmark {
    private static let alone = 3_000
    private static let together = 120_000
    private static let appenders = 600
    private static let bootID = "00000000-0000-4000-8000-000000000000"

    static func main() async throws {
        let status = try await measure()
        if status != 0 { exit(status) }
    }

    /// The exit status: 1 if the goal is missed.
    private static func measure() async throws -> Int32 {
        let parent =
            CommandLine.arguments.dropFirst().first ?? FileManager.default.currentDirectoryPath
        let folder = "\(parent)/bench-ledger.\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }  // best effort in a benchmark
        var ratios: [Double] = []
        for round in 1...3 {
            let single = try await single(path: "\(folder)/single-\(round).sqlite")
            let grouped = try await grouped(path: "\(folder)/grouped-\(round).sqlite")
            ratios.append(grouped / single)
            print(
                "round \(round): one commit per event \(Int(single))/s, "
                    + "group commit \(Int(grouped))/s, \(rounded(grouped / single)) x")
        }
        let ratio = ratios.sorted()[1]
        print("ratio (median of 3 rounds): \(rounded(ratio)) x, target 20 x")
        try await latency(path: "\(folder)/latency.sqlite")
        guard ratio < 20 else { return 0 }
        FileHandle.standardError.write(Data("missed: durable events\n".utf8))
        return 1
    }

    /// One appender, each event in a transaction of its own.
    private static func single(path: String) async throws -> Double {
        let store = try LedgerStore.open(path: path, maximumBatch: 1)
        let start = ContinuousClock.now
        for number in 0..<alone { try await append(number, to: store) }
        let rate = Double(alone) / (ContinuousClock.now - start).seconds
        try await check(store, count: alone)
        return rate
    }

    /// Many appenders, each waits for its own event to be durable before the next.
    private static func grouped(path: String) async throws -> Double {
        let store = try LedgerStore.open(path: path)
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<appenders {
                group.addTask {
                    for number in 0..<(together / appenders) { try await append(number, to: store) }
                }
            }
            try await group.waitForAll()
        }
        let rate = Double(together) / (ContinuousClock.now - start).seconds
        try await check(store, count: together)
        return rate
    }

    /// How long one event takes when nothing else is going on.
    private static func latency(path: String) async throws {
        let store = try LedgerStore.open(path: path)
        var times: [Double] = []
        for number in 0..<alone {
            let start = ContinuousClock.now
            try await append(number, to: store)
            times.append((ContinuousClock.now - start).seconds * 1_000_000)
        }
        times.sort()
        let p50 = Int(times[alone / 2])
        let p99 = Int(times[alone * 99 / 100])
        print("a lone event: p50 \(p50) us, p99 \(p99) us")
        try store.close()
    }

    private static func append(_ number: Int, to store: LedgerStore) async throws {
        let moment = Moment(
            wall: WallInstant(microsecondsSinceEpoch: Int64(number)),
            boot: BootInstant(microsecondsSinceBoot: Int64(number)))
        try await store.append(
            .missed(
                drill: "rollback-staging", scheduled: moment.wall,
                reason: "the target was held by another drill"),
            at: moment, bootID: bootID)
    }

    private static func check(_ store: LedgerStore, count: Int) async throws {
        let verdict = try await store.reader.verify()
        guard case .intact(Int64(count), _, _) = verdict else { throw Lost(verdict: "\(verdict)") }
        try store.close()
    }

    private static func rounded(_ value: Double) -> String { String(format: "%.1f", value) }

    private struct Lost: Error { let verdict: String }
}

extension Duration {
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
