import Faults
import Glibc
import Testing

@Suite("A line stream")
struct LineStreamTests {
    private static func pair() throws -> (here: LineStream, there: LineStream) {
        var ends: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        return (
            LineStream(reading: ends[0], writing: ends[0]),
            LineStream(reading: ends[1], writing: ends[1])
        )
    }

    @Test("keeps lines whole and in order when there is no room and they have to wait")
    func keepsOrder() async throws {
        let (here, there) = try Self.pair()
        // Far more than a socket takes in before somebody reads.
        let lines = (0..<400).map { Array("\($0) \(String(repeating: "x", count: $0 * 20))".utf8) }
        for line in lines { here.send(line) }
        let (received, feed) = AsyncStream.makeStream(of: [UInt8].self)
        there.read(use: { feed.yield($0) }, ended: { feed.finish() })
        var expected = lines[...]
        for await line in received {
            #expect(line == expected.first)
            expected = expected.dropFirst()
            if expected.isEmpty { here.close() }
        }
        #expect(expected.isEmpty)
    }

    @Test("ends when the other end is gone, and sends into the void without harm")
    func endsWithItsPeer() async throws {
        let (here, there) = try Self.pair()
        let (received, feed) = AsyncStream.makeStream(of: [UInt8].self)
        here.read(use: { feed.yield($0) }, ended: { feed.finish() })
        there.close()
        for await line in received { Issue.record("nobody sent \(line)") }
        for _ in 0..<3 { here.send([UInt8](repeating: 0x20, count: 100_000)) }
    }
}
