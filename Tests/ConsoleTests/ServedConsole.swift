import CalendarTime
import Console
import ConsoleDesk
import ControlAPI
import Drills
import Foundation
import Logging
import NIOCore
import Samples
import ServiceLifecycle
import Synchronization
import Testing

/// A console before a desk, served to browsers for the time of one test.
struct ServedConsole {
    let port: Int
    let desk: SampleDesk
    let sessions: ConsoleSessions
    let clock: TestClock
    let peer = Peer(uid: 1_000, gid: 1_000, pid: 1, login: "sre-2")

    /// Serves while the body runs, and then until all connections are done.
    static func serving<Result: Sendable>(
        _ timeline: Timeline = SampleStorm.underWay, limits: ServingLimits = .browsers,
        address: String? = nil,
        while body: @Sendable (ServedConsole) async throws -> Result
    ) async throws -> Result {
        let clock = TestClock()
        let desk = try SampleDesk(timeline) { clock.now }
        let sessions = ConsoleSessions()
        let console = try WebConsole(sessions: sessions, address: address, clock: { clock.now }) {
            try await desk.answer($0, from: $1)
        }
        let (ports, feed) = AsyncStream.makeStream(of: Int.self)
        let server = WebServer(
            at: .address(host: "127.0.0.1", port: 0), console: console, limits: limits
        ) { feed.yield($0) }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: console), .init(service: server)],
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        return try await withThrowingTaskGroup { tasks in
            tasks.addTask {
                defer { feed.finish() }
                try await group.run()
            }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            let served = ServedConsole(port: port, desk: desk, sessions: sessions, clock: clock)
            let result = try await body(served)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return result
        }
    }

    /// A browser that is let in.
    func browser() async throws -> Browser {
        let answer = try await enter()
        let cookie = try #require(answer.header("set-cookie")?.split(separator: ";").first)
        return Browser(port: port, cookie: String(cookie))
    }

    /// The answer to a one-time link.
    func enter(_ headers: [String: String] = [:]) async throws -> Browser.Answer {
        let token = sessions.mint(for: peer, now: clock.now.boot)
        return try await Browser(port: port).get("/enter?token=\(token)", headers)
    }

    /// A connection that said all this, with the host and a session's cookie in their places.
    func connection(saying words: String) async throws -> RawConnection {
        let cookie = try await browser().cookie ?? ""
        let connection = try RawConnection(port: port)
        connection.say(
            words.replacing("{host}", with: "127.0.0.1:\(port)")
                .replacing("{cookie}", with: cookie))
        return connection
    }
}

/// A clock that stands until a test moves it on.
final class TestClock: Sendable {
    private let moment = Mutex(
        Moment(
            wall: WallInstant(microsecondsSinceEpoch: 100_000_000),
            boot: BootInstant(microsecondsSinceBoot: 200_000_000)))

    var now: Moment { moment.withLock { $0 } }

    func advance(by span: TimeSpan) {
        moment.withLock { $0 = $0.advanced(by: span) }
    }
}

extension SampleStorm {
    /// The storm after a hundred seconds: one page escalated and open, no checkpoint decided.
    static var underWay: Timeline { timeline(story.filter { $0.second < 96 }) }

    /// The same with its first checkpoint open.
    static var atCheckpoint: Timeline { timeline(story.filter { $0.second < 139 }) }
}

/// Asks for pages as a browser does.
struct Browser {
    let port: Int
    var cookie: String?

    /// What a server answered.
    struct Answer {
        let status: Int
        let headers: [(name: String, value: String)]
        let body: String

        init(_ text: String) {
            let halves = text.split(separator: "\r\n\r\n", maxSplits: 1)
            let lines = (halves.first ?? "").split(separator: "\r\n")
            status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            headers = lines.dropFirst().map { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                let value = parts.count == 2 ? parts[1].drop { $0 == " " } : ""
                return (parts[0].lowercased(), String(value))
            }
            body = halves.count == 2 ? String(halves[1]) : ""
        }

        func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
    }

    func get(_ path: String, _ headers: [String: String] = [:]) async throws -> Answer {
        try await send("GET", path, headers, body: "")
    }

    /// Sends a form from a page of the console itself, with the token that stands in it.
    func post(
        _ path: String, _ fields: [String: String], _ headers: [String: String] = [:]
    ) async throws -> Answer {
        var fields = fields
        if fields["form-token"] == nil { fields["form-token"] = try await formToken() }
        let own = ["Origin": "http://127.0.0.1:\(port)", "Sec-Fetch-Site": "same-origin"]
        return try await send(
            "POST", path, own.merging(headers) { $1 }, body: Self.encoded(fields))
    }

    /// The token of this browser's session.
    func formToken() async throws -> String {
        let page = try await get("/now").body
        let mark = #"name="form-token" value=""#
        let start = try #require(page.firstRange(of: mark)).upperBound
        return String(page[start...].prefix { $0 != "\"" })
    }

    func send(
        _ method: String, _ path: String, _ headers: [String: String], body: String
    ) async throws -> Answer {
        var lines = ["\(method) \(path) HTTP/1.1"]
        var headers = headers
        headers["Host"] = headers["Host"] ?? "127.0.0.1:\(port)"
        headers["Connection"] = headers["Connection"] ?? "close"
        if let cookie { headers["Cookie"] = cookie }
        if method == "POST" {
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Content-Length"] = headers["Content-Length"] ?? "\(body.utf8.count)"
        }
        lines += headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        let connection = try RawConnection(port: port)
        connection.say(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
        return Answer(await connection.hearAll())
    }

    static func encoded(_ fields: [String: String]) -> String {
        fields.sorted { $0.key < $1.key }.map { "\(escaped($0.key))=\(escaped($0.value))" }
            .joined(separator: "&")
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
