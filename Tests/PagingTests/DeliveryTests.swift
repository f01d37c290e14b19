import CalendarTime
import Drills
import Foundation
import Paging
import Testing

@Suite("Handing a page over", .timeLimit(.minutes(1)))
struct DeliveryTests {
    private let keys: KeyFolder

    init() throws { keys = try KeyFolder() }

    /// One send to a sink; the pauses between attempts are waited for and passed.
    private func receipt(
        of replies: [Sink.Reply], over type: String = "webhook", attempts: Int = 1,
        pauses: [Duration] = []
    ) async throws -> Receipt {
        let sink = try Sink(replies: replies)
        defer { sink.close() }
        let clock = ManualClock()
        return try await withPager(credentials: keys.path, clock: clock) { pager in
            async let receipt = pager.send(
                .sample(), over: .named(type, at: sink.url, attempts: attempts))
            for pause in pauses { await clock.pass(pause) }
            return await receipt
        }
    }

    @Test(
        "is refused for good by most answers", arguments: [400, 401, 403, 404, 408, 410, 413, 501])
    func refusals(status: Int) async throws {
        let receipt = try await receipt(
            of: [.answer(status, body: "no\tsuch\nthing\u{7}")], attempts: 5)
        #expect(receipt.reason == "rejected: answered \(status): no such thing")
        #expect(receipt.attempts == 1)
    }

    @Test("is tried again after a passing trouble", arguments: [429, 500, 502, 503, 504])
    func passingTrouble(status: Int) async throws {
        let receipt = try await receipt(
            of: [.answer(status), .answer(status), .answer(200)], attempts: 3,
            pauses: [.milliseconds(500), .seconds(1)])
        #expect(receipt.verdict == .accepted && receipt.attempts == 3)
        #expect(receipt.microseconds == 1_500_000)
    }

    @Test("is lost with the last answer when the attempts are used up")
    func exhausted() async throws {
        let receipt = try await receipt(
            of: [.answer(503, body: "down for repair")], attempts: 3,
            pauses: [.milliseconds(500), .seconds(1)])
        #expect(receipt.reason == "lost: answered 503: down for repair")
        #expect(receipt.attempts == 3)
    }

    @Test("waits twice as long each time, and never longer than half a minute")
    func backoff() async throws {
        let pauses: [Duration] = [
            .milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(16),
            .seconds(30), .seconds(30),
        ]
        let receipt = try await receipt(of: [.answer(500)], attempts: 9, pauses: pauses)
        #expect(receipt.attempts == 9)
    }

    @Test(
        "waits as long as the service asks",
        arguments: [
            ("7", Duration.seconds(7)), ("0", .milliseconds(500)), ("60", .seconds(60)),
            ("soon", .milliseconds(500)), ("-5", .milliseconds(500)),
            ("Fri, 20 Nov 2026 23:27:09 GMT", .milliseconds(9_249)),
            ("Fri, 20 Nov 2026 23:00:00 GMT", .milliseconds(500)),
            ("Fri, 40 Nov 2026 23:00:00 GMT", .milliseconds(500)),
            ("Sun, 06 Nov 999999 08:49:37 GMT", .milliseconds(500)),
            ("Sun, 06 Nov 0001 08:49:37 GMT", .milliseconds(500)),
        ])
    func retryAfter(value: String, pause: Duration) async throws {
        let receipt = try await receipt(
            of: [.answer(429, headers: ["Retry-After: \(value)"]), .answer(202)], attempts: 2,
            pauses: [pause])
        #expect(receipt.verdict == .accepted && receipt.attempts == 2)
    }

    @Test(
        "does not follow a redirect, and names the host alone",
        arguments: [
            ("https://evil.example/services/T000/B000/XsecretX", "evil.example"),
            ("/services/XsecretX", "another path"), (nil, "another path"),
        ])
    func redirect(location: String?, host: String) async throws {
        let headers = location.map { ["Location: \($0)"] } ?? []
        let receipt = try await receipt(
            of: [.answer(302, headers: headers)], over: "slack", attempts: 3)
        #expect(
            receipt.reason
                == "rejected: answered 302 and points to \(host), which is not followed; "
                + "write in Url= where the service is")
    }

    @Test("is lost when nobody answers in time, and says how long that was")
    func silence() async throws {
        let receipt = try await receipt(
            of: [.silence], attempts: 2, pauses: [.seconds(5), .milliseconds(500), .seconds(5)])
        #expect(receipt.reason == "lost: no answer within 5s")
        #expect(receipt.attempts == 2 && receipt.microseconds == 10_500_000)
    }

    @Test(
        "is not tried again after silence where that could page twice",
        arguments: ["slack", "ntfy"])
    func silenceWithoutKey(type: String) async throws {
        let receipt = try await receipt(
            of: [.silence], over: type, attempts: 5, pauses: [.seconds(5)])
        #expect(
            receipt.reason
                == "lost: no answer within 5s; not tried again, since it may have arrived")
        #expect(receipt.attempts == 1)
    }

    @Test("is tried again when the connection breaks, where the service knows the page")
    func brokenConnection() async throws {
        let receipt = try await receipt(
            of: [.close, .answer(202)], over: "pagerduty", attempts: 2, pauses: [.milliseconds(500)]
        )
        #expect(receipt.verdict == .accepted && receipt.attempts == 2)
    }

    @Test("is lost when the connection breaks, where it may have arrived")
    func brokenConnectionWithoutKey() async throws {
        let receipt = try await receipt(of: [.close], over: "slack", attempts: 5)
        #expect(receipt.attempts == 1)
        #expect(
            receipt.reason
                == "lost: the connection broke before an answer came (remote connection closed); "
                + "not tried again, since it may have arrived")
    }

    @Test(
        "is tried again where nobody listens, whatever the service",
        arguments: ["slack", "webhook"])
    func nobodyListens(type: String) async throws {
        let port = try Loopback.freePort()
        let clock = ManualClock()
        let receipt = try await withPager(credentials: keys.path, clock: clock) { pager in
            async let receipt = pager.send(
                .sample(), over: .named(type, at: "http://127.0.0.1:\(port)", attempts: 2))
            await clock.pass(.milliseconds(500))
            return await receipt
        }
        #expect(receipt.attempts == 2)
        #expect(receipt.reason == "lost: no connection to 127.0.0.1:\(port) (Connection refused)")
    }

    @Test("is lost when the answer is no HTTP")
    func garbage() async throws {
        let receipt = try await receipt(of: [.bytes("220 mail.example ESMTP\r\n\r\n")])
        #expect(receipt.reason.hasPrefix("lost: the connection broke before an answer came ("))
    }

    @Test("is judged by the status when the body is garbage, huge or breaks off")
    func strangeBodies() async throws {
        let huge = String(repeating: "x", count: 2_000_000)
        for reply: Sink.Reply in [
            .answer(202, body: "<html>\u{0}"), .answer(200, body: huge),
            .bytes("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nok"),
        ] {
            #expect(try await receipt(of: [reply], over: "pagerduty").verdict == .accepted)
        }
        let refused = try await receipt(of: [.answer(400, body: huge)])
        #expect(refused.reason == "rejected: answered 400: \(huge.prefix(200))…")
    }

    @Test(
        "is judged by the status when the body stalls",
        arguments: [
            (202, "accepted"), (400, "rejected: answered 400"), (429, "lost: answered 429"),
        ])
    func stalledBody(status: Int, reason: String) async throws {
        let head = "HTTP/1.1 \(status) Any\r\nContent-Length: 5000\r\n\r\n{"
        let receipt = try await receipt(
            of: [.stall(head)], over: "slack", pauses: [.seconds(3)])
        #expect(receipt.reason == reason && receipt.attempts == 1)
    }

    @Test(
        "never lets a secret into its receipt",
        arguments: ["pagerduty", "slack", "ntfy", "webhook"])
    func secrets(type: String) async throws {
        let secret = try String(contentsOfFile: "\(keys.path)/\(type)", encoding: .utf8)
            .trimmingCharacters(in: .newlines)
        let receipt = try await receipt(
            of: [.answer(400, body: "bad key \(secret) of \(secret)!")], over: type)
        #expect(receipt.reason == "rejected: answered 400: bad key [redacted] of [redacted]!")
        let accepted = try await self.receipt(
            of: [.answer(200, body: #"{"id":"\#(secret)","dedup_key":"\#(secret)"}"#)], over: type)
        #expect(accepted.reference?.contains(secret) != true)
    }

    @Test("ends at once when its task is cancelled")
    func cancelled() async throws {
        let sink = try Sink(.silence)
        defer { sink.close() }
        let receipt = try await withPager(credentials: keys.path) { pager in
            let task = Task {
                await pager.send(.sample(), over: .named("webhook", at: sink.url, attempts: 9))
            }
            _ = await sink.requests(1)
            task.cancel()
            return await task.value
        }
        #expect(receipt.attempts == 1 && !receipt.wasAccepted)
    }

    @Test("is lost after a shutdown, and does not end the program")
    func afterShutdown() async throws {
        let sink = try Sink()
        defer { sink.close() }
        let receipt = try await withPager(credentials: keys.path) { pager in
            await pager.shutdown()
            return await pager.send(.sample(), over: .named("slack", at: sink.url))
        }
        #expect(receipt.reason.contains("already shutdown"))
    }

    @Test("is not for hooks")
    func hooks() async throws {
        let hook = Channel.Service.exec(command: HookCommand(hook: "hooks/page"), parameters: [])
        let receipt = try await withPager { await $0.send(.sample(), over: .sample(hook)) }
        #expect(
            receipt.reason
                == "rejected: channel 'chat' is a hook, and drill-agent runs hooks; it is not posted to"
        )
        #expect(receipt.attempts == 0)
    }
}
