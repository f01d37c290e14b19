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
        let cookie = try await served.browser().cookie ?? ""
        let connection = try RawConnection(port: served.port)
        let last = frame.map { "Last-Event-ID: \($0)\r\n" } ?? ""
        connection.say(
            "GET /events HTTP/1.1\r\nHost: 127.0.0.1:\(served.port)\r\nCookie: \(cookie)\r\n"
                + "\(last)\r\n")
        return connection
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
