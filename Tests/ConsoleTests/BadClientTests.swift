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

    private static let page = "the API is for programs, and this comes from a page"

    @Test(
        "keeps out pages that a browser brings through a forwarded socket",
        arguments: [
            ("GET", "drilld", "Origin: http://evil.example", "\(page) (http://evil.example)"),
            ("POST", "drilld", "Origin: null", "\(page) (null)"),
            ("GET", "drilld", "Sec-Fetch-Site: cross-site", "\(page) (cross-site)"),
            ("GET", "localhost:8643", "Sec-Fetch-Site: same-origin", "\(page) (same-origin)"),
            ("POST", "localhost:8643", "Sec-Fetch-Site: none", "\(page) (none)"),
            ("GET", "evil.example", "X: y", "the API does not answer to the name 'evil.example'"),
            (
                "GET", "localhost.evil", "X: y",
                "the API does not answer to the name 'localhost.evil'"
            ),
            ("POST", "drilld:x", "X: y", "the API does not answer to the name 'drilld:x'"),
            ("GET", "drilld", "Host: drilld", "the API does not answer to the name 'drilld'"),
        ])
    func keepsPagesOut(method: String, host: String, field: String, reason: String) async throws {
        let said = try await say("\(method) /v1/halt HTTP/1.1\r\nHost: \(host)\r\n\(field)")
        // A second Host is refused by the parser or by us.
        let isRefused =
            said.hasPrefix("HTTP/1.1 403 ")
            && said.replacing("\\/", with: "/").contains(reason)
        #expect(isRefused || said.hasPrefix("HTTP/1.1 400 "), "\(said)")
        #expect(!said.contains("fine"))
    }

    @Test(
        "hears programs by each of its names, and whoever types its address",
        arguments: [
            ("drilld", "X: y"), ("LOCALHOST:8643", "X: y"), ("127.0.0.1", "X: y"),
            ("[::1]:8643", "Sec-Fetch-Site: none"),
        ])
    func hearsPrograms(host: String, field: String) async throws {
        let said = try await say("GET /v1/status HTTP/1.1\r\nHost: \(host)\r\n\(field)")
        #expect(said.hasPrefix("HTTP/1.1 200 "), "\(said)")
    }

    @Test("takes what curl sends as a form")
    func hearsCurl() async throws {
        let body = #"{"reason": "enough"}"#
        let said = try await say(
            "POST /v1/halt HTTP/1.1\r\nHost: drilld\r\nContent-Length: \(body.utf8.count)\r\n"
                + "Content-Type: application/x-www-form-urlencoded", body)
        #expect(said.hasPrefix("HTTP/1.1 200 "), "\(said)")
    }

    @Test(
        "waits for no body after a refusal",
        arguments: [
            "POST /v1/nothing HTTP/1.1\r\nHost: evil.example",
            "POST /v2/x HTTP/1.1\r\nHost: drilld",
            "PUT /v1/halt HTTP/1.1\r\nHost: drilld",
        ])
    func waitsForNoBody(head: String) async throws {
        let said = try await ServedSocket.serving(answer: Self.answer) { served in
            let connection = try RawConnection(to: served.path)
            connection.say("\(head)\r\nContent-Length: 9\r\n\r\nr")
            return await connection.hearAll()
        }
        #expect(said.lowercased().contains("\r\nconnection: close\r\n"), "\(said)")
    }

    private func say(_ head: String, _ body: String = "") async throws -> String {
        try await ServedSocket.serving(answer: Self.answer) { served in
            let connection = try RawConnection(to: served.path)
            connection.say("\(head)\r\nConnection: close\r\n\r\n\(body)")
            return await connection.hearAll()
        }
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
