import CalendarTime
import Drills
import Foundation
import Paging

/// Pages to a webhook on loopback: one after the other, and all of a storm at once.
///
/// `sink FILE` answers requests until it is killed, prints its address, and keeps the first body;
/// `one COUNT URL` and `storm COUNT URL` print pages per second and the latency's p50 and p99 in microseconds.
@main
struct DeliveryBenchmark {
    private static let usage = "usage: bench-delivery sink FILE | one COUNT URL | storm COUNT URL\n"

    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        switch words.first {
        case "sink" where words.count == 2: try BenchmarkSink(keeping: words[1]).serve()
        case "one" where words.count == 3, "storm" where words.count == 3:
            guard let count = Int(words[1]), count > 0 else { return complain(usage) }
            let width = words[0] == "one" ? 1 : 32
            try await run(count, width: width, to: words[2])
        default: complain(usage)
        }
    }

    private static func run(_ count: Int, width: Int, to url: String) async throws {
        let pager = Pager(credentials: nil)
        let channel = Channel(
            name: "sink", service: .webhook(.init(url: url, key: nil, signingKey: nil)),
            timeout: .seconds(5), pagesPerMinute: .max, attempts: 1, routing: nil)
        let page = samplePage()
        // Connections are open and code is warm, as in a daemon that has been up for a while.
        _ = await times(width * 4, width, pager, page, channel)
        let begin = ContinuousClock.now
        let times = await times(count, width, pager, page, channel).sorted()
        let seconds = (ContinuousClock.now - begin) / .seconds(1)
        await pager.shutdown()
        guard times.count == count else {
            return complain("\(count - times.count) pages got lost\n")
        }
        print(Int(Double(count) / seconds), times[count / 2], times[count * 99 / 100])
    }

    /// How long each accepted page took, in microseconds.
    private static func times(
        _ count: Int, _ width: Int, _ pager: Pager, _ page: PageMessage, _ channel: Channel
    ) async -> [Int64] {
        await withTaskGroup(of: [Int64].self) { group in
            for worker in 0..<width {
                group.addTask {
                    var times: [Int64] = []
                    for _ in 0..<(count / width + (worker < count % width ? 1 : 0)) {
                        let receipt = await pager.send(page, over: channel)
                        if receipt.wasAccepted { times.append(receipt.microseconds) }
                    }
                    return times
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    private static func complain(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
        exit(1)
    }
}
