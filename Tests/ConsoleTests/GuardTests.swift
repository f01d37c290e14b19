import Console
import ConsoleDesk
import ControlAPI
import Drills
import Foundation
import NIOCore
import Testing

@Suite("The console keeps out", .timeLimit(.minutes(1)))
struct GuardTests {
    @Test(
        "what every answer forbids a browser to do", arguments: ["/now", "/nothing", "/link/none"])
    func forbids(path: String) async throws {
        try await ServedConsole.serving { served in
            let answer = try await served.browser().get(path)
            let policy =
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
                + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
            #expect(answer.header("content-security-policy") == policy)
            #expect(answer.header("x-content-type-options") == "nosniff")
            #expect(answer.header("referrer-policy") == "same-origin")
            #expect(answer.header("cache-control") == "no-store")
            #expect(answer.header("content-type") == "text/html; charset=utf-8")
        }
    }

    @Test(
        "requests under another name",
        arguments: [
            "evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}",
            "[::2]:{port}", "",
        ])
    func foreignHosts(name: String) async throws {
        try await ServedConsole.serving { served in
            let host = name.replacing("{port}", with: "\(served.port)")
            let answer = try await served.browser().get("/now", ["Host": host])
            #expect(
                answer.status == 421 || (host.isEmpty && answer.status == 400), "\(answer.status)")
            #expect(!answer.body.contains("storm-staging"))
        }
    }

    @Test(
        "no request under its own names",
        arguments: [
            "127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}",
            "drills.example",
        ])
    func ownNames(name: String) async throws {
        try await ServedConsole.serving(address: "https://drills.example") { served in
            let host = name.replacing("{port}", with: "\(served.port)")
            let answer = try await served.browser().get("/now", ["Host": host])
            #expect(answer.status == 200)
        }
    }

    @Test("a request with two names")
    func twoHosts() async throws {
        try await ServedConsole.serving { served in
            let connection = try RawConnection(port: served.port)
            connection.say(
                "GET /now HTTP/1.1\r\nHost: 127.0.0.1:\(served.port)\r\nHost: evil.example\r\n"
                    + "Connection: close\r\n\r\n")
            let answer = Browser.Answer(await connection.hearAll())
            #expect(answer.status == 421 || answer.status == 400)
        }
    }

    @Test(
        "forms from another place",
        arguments: [
            ["Origin": "http://evil.example"], ["Origin": "null"],
            ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"],
        ])
    func foreignForms(headers: [String: String]) async throws {
        try await ServedConsole.serving { served in
            let answer = try await served.browser().post("/do/halt", ["reason": "x"], headers)
            #expect(answer.status == 403)
            #expect(answer.body.contains("the form comes from another place"))
            #expect(await served.desk.asked.isEmpty)
        }
    }

    @Test(
        "forms without the token of their session",
        arguments: ["", "wrong", String(repeating: "0", count: 64)])
    func staleForms(token: String) async throws {
        try await ServedConsole.serving { served in
            let answer = try await served.browser().post(
                "/do/halt", ["reason": "x", "form-token": token])
            #expect(answer.status == 403)
            #expect(answer.body.contains("the form is older than your session; nothing was done"))
            #expect(await served.desk.asked.isEmpty)
        }
    }

    @Test(
        "what no form may ask for",
        arguments: [
            "/do/reload", "/do/faults/f/forget", "/do/console", "/do/links/x/ack", "/do/webhooks/x",
        ])
    func otherOrders(path: String) async throws {
        try await ServedConsole.serving { served in
            let answer = try await served.browser().post(path, ["reason": "x"])
            #expect(answer.status == 404)
            #expect(await served.desk.asked.isEmpty)
        }
    }

    @Test("the API on TCP", arguments: ["/v1/status", "/v1/runs", "//v1/status"])
    func noAPI(path: String) async throws {
        try await ServedConsole.serving { served in
            let answer = try await served.browser().get(path)
            #expect(answer.status == 404)
        }
    }

    @Test("forms of ten megabytes, at once")
    func largeForms() async throws {
        try await ServedConsole.serving { served in
            let browser = try await served.browser()
            let body = String(repeating: "x", count: 10_000_000)
            let answer = try await browser.post("/do/halt", ["reason": body, "form-token": "x"])
            #expect(answer.status == 413)
            #expect(answer.body.contains("the body is longer than 65536 bytes"))
        }
    }

    @Test(
        "broken forms",
        arguments: [
            ("a=%", "a &#39;%&#39; is not followed by two hexadecimal digits"),
            ("a=%zz", "a &#39;%&#39; is not followed by two hexadecimal digits"),
            ("a=%ff", "it is not UTF-8"),
            (String(repeating: "a&", count: 300), "too many fields"),
        ])
    func brokenForms(body: String, reason: String) async throws {
        try await ServedConsole.serving { served in
            let browser = try await served.browser()
            let answer = try await browser.send("POST", "/do/halt", [:], body: body)
            #expect(answer.status == 400)
            #expect(answer.body.contains("the body cannot be read: \(reason)"))
        }
    }

    @Test("bodies that break off within a chunk")
    func brokenChunk() async throws {
        try await ServedConsole.serving { served in
            let connection = try RawConnection(port: served.port)
            connection.say(
                "POST /hooks/pager HTTP/1.1\r\nHost: 127.0.0.1:\(served.port)\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\nzz\r\n")
            let answer = await connection.hearAll()
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
            #expect(!answer.contains("HTTP/1.1 500"))
        }
    }

    @Test("methods that are none", arguments: ["PUT", "DELETE", "OPTIONS", "HEAD"])
    func otherMethods(method: String) async throws {
        try await ServedConsole.serving { served in
            let answer = try await served.browser().send(method, "/now", [:], body: "")
            #expect(answer.status == 405)
            #expect(answer.header("allow") == "GET, POST")
        }
    }

    @Test("headers that are too long")
    func longHeaders() async throws {
        try await ServedConsole.serving { served in
            let answer = try await Browser(port: served.port).get(
                "/now", ["X-Long": String(repeating: "x", count: 20_000)])
            #expect(answer.status == 400 || answer.status == 0)
        }
    }

    @Test(
        "whoever is too slow",
        arguments: [
            "GET /now HTTP/1.1\r\nHost: 127", "",
            "POST /do/halt HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nContent-Length: 9\r\n\r\nrea",
            "POST /hooks/pager HTTP/1.1\r\nHost: {host}\r\nContent-Length: 9\r\n\r\nrea",
        ])
    func slowClients(said: String) async throws {
        let limits = ServingLimits(
            idle: .milliseconds(200), body: .milliseconds(200), write: .seconds(5),
            connections: 100, headers: 16_384)
        try await ServedConsole.serving(limits: limits) { served in
            let connection = try await served.connection(saying: said)
            // The server hangs up; nothing else ends this.
            _ = await connection.hearAll()
            #expect(await served.desk.asked.isEmpty)
        }
    }

    private static let unheard = [
        "POST /do/halt HTTP/1.1\r\nHost: {host}\r\n",
        "POST /person HTTP/1.1\r\nHost: evil.example\r\nCookie: {cookie}\r\n",
        "POST /nothing HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n",
        "POST /do/halt HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nOrigin: http://evil\r\n",
        "PUT /now HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n",
        "GET /now HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n",
    ]

    @Test("bodies that it does not ask for, however slowly they come")
    func unreadBodies() async throws {
        try await ServedConsole.serving { served in
            var connections: [RawConnection] = []
            for head in Self.unheard {
                for length in ["Content-Length: 9", "Transfer-Encoding: chunked"] {
                    let said = "\(head)\(length)\r\n\r\n1\r\nr"
                    connections.append(try await served.connection(saying: said))
                }
            }
            for (place, connection) in connections.enumerated() {
                let answer = Browser.Answer(await connection.hearAll())
                #expect(answer.header("connection") == "close", "\(Self.unheard[place / 2])")
            }
        }
    }

    @Test("more connections than it can serve, and serves on")
    func tooMany() async throws {
        let limits = ServingLimits(
            idle: .seconds(20), body: .seconds(20), write: .seconds(20), connections: 4,
            headers: 16_384)
        try await ServedConsole.serving(limits: limits) { served in
            var held = try (1...4).map { _ in try RawConnection(port: served.port) }
            for connection in held {
                connection.say(
                    "GET /static/none HTTP/1.1\r\nHost: 127.0.0.1:\(served.port)\r\n\r\n")
                _ = await connection.hear(until: "</html>")
            }
            let refused = try RawConnection(port: served.port)
            #expect(await refused.hearAll().isEmpty)
            held = []
            // The server learns of the hang-up a moment later than the test does.
            var status = 0
            while status == 0 { status = try await Browser(port: served.port).get("/now").status }
            #expect(status == 401)
        }
    }

    @Test("addresses that others reach", arguments: ["0.0.0.0", "::", "192.0.2.1"])
    func onlyLoopback(host: String) async throws {
        let console = try WebConsole(sessions: ConsoleSessions(), clock: { TestClock().now }) {
            _, _ in
            Done(message: "")
        }
        let server = WebServer(at: .address(host: host, port: 0), console: console)
        let error = await #expect(throws: NotLoopback.self) { try await server.run() }
        #expect(
            error?.description
                == "the console is served on loopback only, not at \(host):0; write 127.0.0.1:PORT, and "
                + "let a proxy with TLS or 'ssh -L' stand before it")
    }
}
