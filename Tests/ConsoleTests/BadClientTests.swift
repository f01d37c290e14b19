import Console
import ControlAPI
import Drills
import Glibc
import Testing

@Suite("A control server", .timeLimit(.minutes(1)))
struct BadClientTests {
    private static let answer: ControlServer.Answer = { _, _ in Done(message: "fine") }

    private static let objects = "a JSON object of strings"
    private static let limits = "a number from 1 to 10000"

    @Test(
        "refuses what is no request, and says what to write",
        arguments: [
            ("GET /v1/nothing HTTP/1.1", "", 404, "there is nothing at '/nothing'"),
            ("GET /v2/status HTTP/1.1", "", 404, "there is nothing at '/v2/status'"),
            ("GET / HTTP/1.1", "", 404, "there is nothing at '/'"),
            ("GET /v1/../v1/status HTTP/1.1", "", 404, "there is nothing at '/../v1/status'"),
            ("PUT /v1/halt HTTP/1.1", "", 400, "'PUT' is no method; write GET or POST"),
            ("POST /v1/halt HTTP/1.1", "", 400, "'reason' is missing; give it a value"),
            ("POST /v1/halt HTTP/1.1", "no", 400, "'no' is no body; write \(objects)"),
            ("POST /v1/halt HTTP/1.1", "[1]", 400, "'[1]' is no body; write \(objects)"),
            ("GET /v1/runs?limit=x HTTP/1.1", "", 400, "'x' is no limit; write \(limits)"),
        ])
    func refuses(line: String, body: String, status: Int, reason: String) async throws {
        let said = try await ServedSocket.serving(answer: Self.answer) { served in
            let connection = try RawConnection(to: served.path)
            connection.say(
                "\(line)\r\nHost: drilld\r\nConnection: close\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
            return await connection.hearAll()
        }
        #expect(said.hasPrefix("HTTP/1.1 \(status) "), "\(said)")
        #expect(said.replacing("\\/", with: "/").contains("\"reasons\":[\"\(reason)\"]"), "\(said)")
    }

    @Test("refuses a body that is too large")
    func refusesLargeBodies() async throws {
        let reason = String(repeating: "x", count: 65_536)
        try await ServedSocket.serving(answer: Self.answer) { served in
            await #expect(
                throws: Refusal(
                    .badRequest, ["the body is longer than 65536 bytes; say it in fewer words"])
            ) {
                try await served.client.ask(.halt(reason: reason), for: Done.self)
            }
        }
    }

    @Test(
        "goes on after garbage",
        arguments: [
            ("\u{0}\u{1}\u{2}", 1), ("GET", 1), ("", 1), ("GET /v1/status HTTP/9.9", 1),
            ("POST /v1/halt HTTP/1.1\r\nContent-Length: -1", 1),
            ("GET /v1/status HTTP/1.1\r\nHost: ", 0), ("h", 200_000),
        ])
    func goesOnAfterGarbage(text: String, times: Int) async throws {
        let garbage = String(repeating: text, count: max(1, times)) + "\r\n\r\n"
        let done = try await ServedSocket.serving(answer: Self.answer) { served in
            let connection = try RawConnection(to: served.path)
            connection.say(garbage)
            return try await served.client.ask(.status, for: Done.self)
        }
        #expect(done == Done(message: "fine"))
    }

    @Test("lets nobody wait for a slow client")
    func servesOthers() async throws {
        let (done, said) = try await ServedSocket.serving(answer: Self.answer) { served in
            let connection = try RawConnection(to: served.path)
            connection.say("POST /v1/halt HTTP/1.1\r\nHost: drilld\r\nConnection: cl")
            let done = try await served.client.ask(.status, for: Done.self)
            connection.say("ose\r\nContent-Length: 14\r\n\r\n{\"reason\":")
            connection.say("\"a\"}")
            return (done, await connection.hearAll())
        }
        #expect(done == Done(message: "fine"))
        #expect(said.hasPrefix("HTTP/1.1 200 "), "\(said)")
    }

    @Test("answers several requests on one connection")
    func keepsConnections() async throws {
        let said = try await ServedSocket.serving(answer: Self.answer) { served in
            let connection = try RawConnection(to: served.path)
            connection.say("GET /v1/status HTTP/1.1\r\nHost: drilld\r\n\r\n")
            let first = await connection.hear(until: "fine")
            connection.say("GET /v1/status HTTP/1.1\r\nHost: drilld\r\nConnection: close\r\n\r\n")
            return first + (await connection.hearAll())
        }
        #expect(said.split(separator: "HTTP/1.1 200").count == 2, "\(said)")
    }
}
