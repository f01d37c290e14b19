import Drills
import Failpoints
import Foundation
import Ledger
import Testing

@Suite("A writer that is killed")
struct CrashTests {
    @Test(
        "leaves every acknowledged event behind, and a chain that verifies",
        arguments: [nil, Failpoint.ledgerBeforeCommit, .ledgerAfterCommit], [1, 2, 3])
    func keepsAcknowledged(place: Failpoint?, round: Int) async throws {
        let folder = try TemporaryFolder()
        let path = folder.ledger
        let name = place?.rawValue ?? ""
        let result = await #expect(
            processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]
        ) { [path = path as String, name = name as String, round = round as Int] in
            try await CrashingWriter.run(path: path, failpoint: name, acknowledged: round * 137)
        }
        let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
        let acknowledged = Set(
            output.split(separator: "\n").compactMap { $0.split(separator: "=").last }
                .compactMap { Int($0) })
        #expect(acknowledged.count >= round * 137)

        let reader = try LedgerReader.open(path: path)
        #expect(try await reader.verify().isIntact)
        let kept = try await reader.operations(limit: 1_000_000).compactMap { entry -> Int? in
            guard case .operation(.reloaded(let number)) = entry.record else { return nil }
            return number
        }
        #expect(acknowledged.subtracting(kept).isEmpty)
        let store = try LedgerStore.open(path: path)
        try await store.append(.reloaded(drills: 0), at: moment(0), bootID: bootID)
        #expect(try await store.reader.verify().isIntact)
    }
}

/// Appends from many tasks and dies in the middle of it.
enum CrashingWriter {
    /// Writes the number of each acknowledged event to the standard output, unbuffered.
    static func run(path: String, failpoint: String, acknowledged limit: Int) async throws {
        let store = try LedgerStore.open(path: path)
        let count = Counter()
        await withTaskGroup(of: Void.self) { group in
            for lane in 0..<32 {
                group.addTask {
                    for number in 1... {
                        let value = lane * 1_000_000 + number
                        guard
                            (try? await store.append(
                                .reloaded(drills: value), at: moment(0), bootID: bootID)) != nil
                        else { return }
                        await count.acknowledge(value, until: limit, failpoint: failpoint)
                    }
                }
            }
        }
    }

    private actor Counter {
        private var count = 0

        func acknowledge(_ value: Int, until limit: Int, failpoint: String) {
            let line = Array("ack=\(value)\n".utf8)
            guard write(STDOUT_FILENO, line, line.count) == line.count else { return }
            count += 1
            guard count == limit else { return }
            if failpoint.isEmpty {
                kill(getpid(), SIGKILL)
            } else {
                setenv("DRILLD_FAILPOINT", failpoint, 1)
            }
        }
    }
}
