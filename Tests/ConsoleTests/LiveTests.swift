import CalendarTime
import ConsoleDesk
import ControlAPI
import Drills
import Samples
import Testing

@Suite("A console that is left open", .timeLimit(.minutes(1)))
struct LiveTests {
    private func open(
        _ served: ServedConsole, frame: String? = nil
    ) async throws -> RawConnection {
        let last = frame.map { "Last-Event-ID: \($0)\r\n" } ?? ""
        return try await served.connection(
            saying: "GET /events HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n\(last)\r\n")
    }

    private static let ack = RunEvent.acked(
        page: "queue-depth", person: "sre-2", channel: "drillctl")

    @Test("gets the page at once, and again after a change")
    func hearsChanges() async throws {
        try await ServedConsole.serving { served in
            let console = try await open(served)
            let first = await console.hear(until: "</article>")
            #expect(first.contains("text/event-stream"))
            #expect(first.contains("event: clock\ndata: 200000\n"))
            #expect(first.contains("event: page\ndata: <h1>Now</h1>"))
            await served.desk.record(Self.ack)
            let second = await console.hear(until: "acknowledged by sre-2, drillctl")
            #expect(second.contains("event: page"))
            // A token of one session must not travel to another.
            #expect(!second.contains(#"name="form-token" value="0"#))
            #expect(second.contains(#"name="form-token" value="">"#))
        }
    }

    @Test("that comes back gets what it missed, and nothing it has")
    func comesBack() async throws {
        try await ServedConsole.serving { served in
            var console: RawConnection? = try await open(served)
            let first = await console?.hear(until: "</article>") ?? ""
            let id = try #require(first.firstMatch(of: #/id: (\S+)/#)).1
            console = nil
            let unchanged = try await open(served, frame: String(id))
            await served.desk.record(Self.ack)
            let missed = await unchanged.hear(until: "acknowledged by sre-2, drillctl")
            #expect(!missed.contains("id: \(id)\n"))
            let late = try await open(served, frame: String(id))
            #expect(
                await late.hear(until: "</article>").contains("acknowledged by sre-2, drillctl"))
        }
    }

    @Test("is named after what its page shows, though no frame of that was made yet")
    func isNamedAfterItsPage() async throws {
        try await ServedConsole.serving { served in
            let browser = try await served.browser()
            let before = try await frame(of: browser)
            let console = try await open(served)
            let first = await console.hear(until: "</article>")
            #expect(first.contains("id: \(before)\n"))
            await served.desk.record(Self.ack)
            let after = try await frame(of: browser)
            #expect(after != before)
            #expect(await console.hear(until: "id: \(after)\n").contains("acknowledged by sre-2"))
        }
    }

    private func frame(of browser: Browser) async throws -> String {
        let page = try await browser.get("/now").body
        return String(try #require(page.firstMatch(of: #/data-frame="([^"]+)"/#)).1)
    }

    private enum End: CaseIterable { case leaving, time }

    @Test("is let go when its session ends", arguments: End.allCases)
    private func endsWithItsSession(end: End) async throws {
        try await ServedConsole.serving { served in
            let browser = try await served.browser()
            let console = try RawConnection(port: served.port)
            console.say(
                "GET /events HTTP/1.1\r\nHost: 127.0.0.1:\(served.port)\r\n"
                    + "Cookie: \(browser.cookie ?? "")\r\n\r\n")
            _ = await console.hear(until: "</article>")
            switch end {
            case .leaving: _ = try await browser.post("/leave", [:])
            case .time:
                served.clock.advance(by: .minutes(12 * 60))
                await served.desk.record(Self.ack)
            }
            // The last chunk: the server has said all it will.
            #expect(await console.hearAll().hasSuffix("0\r\n\r\n"))
        }
    }

    @Test("costs the daemon no more beside a hundred others")
    func sharesOneLook() async throws {
        try await ServedConsole.serving { served in
            let cookie = try await served.browser().cookie ?? ""
            let consoles = try (1...100).map { _ in
                let connection = try RawConnection(port: served.port)
                connection.say(
                    "GET /events HTTP/1.1\r\nHost: 127.0.0.1:\(served.port)\r\nCookie: \(cookie)\r\n\r\n"
                )
                return connection
            }
            for console in consoles { _ = await console.hear(until: "</article>") }
            let before = await served.desk.looks
            await served.desk.record(Self.ack)
            for console in consoles {
                #expect(
                    await console.hear(until: "acknowledged by sre-2, drillctl").contains(
                        "event: page"))
            }
            // One look per glance and one answer to the wait, however many look on.
            #expect(await served.desk.looks - before < 40)
        }
    }

    @Test("is let go when the server ends")
    func ends() async throws {
        let console = try await ServedConsole.serving { served in
            let console = try await open(served)
            _ = await console.hear(until: "</article>")
            return console
        }
        _ = await console.hearAll()
    }
}
