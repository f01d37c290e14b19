import CalendarTime
import Console
import ControlAPI
import Testing

@Suite("A session of the console", .timeLimit(.minutes(1)))
struct SessionTests {
    @Test("is opened by a token, once, and its cookie tells nobody else")
    func isOpenedOnce() async throws {
        try await ServedConsole.serving { served in
            let token = served.sessions.mint(for: served.peer, now: served.clock.now.boot)
            let browser = Browser(port: served.port)
            let first = try await browser.get("/enter?token=\(token)")
            #expect(first.status == 303)
            #expect(first.header("location") == "/now")
            let cookie = try #require(first.header("set-cookie"))
            #expect(cookie.hasSuffix("; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict"))
            // 256 bits in hexadecimal.
            #expect(cookie.prefix { $0 != ";" }.count == "drilld-session=".count + 64)
            let second = try await browser.get("/enter?token=\(token)")
            #expect(second.status == 401)
            #expect(second.body.contains("this link was used already or is older than a minute"))
            #expect(second.header("set-cookie") == nil)
        }
    }

    @Test("is not opened by a token that is a minute old")
    func expires() async throws {
        try await ServedConsole.serving { served in
            let token = served.sessions.mint(for: served.peer, now: served.clock.now.boot)
            served.clock.advance(by: .seconds(60))
            let answer = try await Browser(port: served.port).get("/enter?token=\(token)")
            #expect(answer.status == 401)
        }
    }

    @Test(
        "is asked for on every page",
        arguments: ["/now", "/calendar", "/runs", "/trends", "/events"])
    func isAskedFor(path: String) async throws {
        try await ServedConsole.serving { served in
            let answer = try await Browser(port: served.port).get(path)
            #expect(answer.status == 401)
            #expect(answer.body.contains("run &#39;drillctl console&#39; on this machine"))
            #expect(!answer.body.contains("storm-staging"))
        }
    }

    @Test("ends after twelve hours, or when its owner leaves")
    func ends() async throws {
        try await ServedConsole.serving { served in
            let browser = try await served.browser()
            #expect(try await browser.get("/now").status == 200)
            let left = try await browser.post("/leave", [:])
            #expect(
                left.header("set-cookie")?.hasPrefix("drilld-session=; Path=/; Max-Age=0;") == true)
            #expect(try await browser.get("/now").status == 401)
            let other = try await served.browser()
            served.clock.advance(by: .minutes(12 * 60))
            #expect(try await other.get("/now").status == 401)
        }
    }

    @Test("gives way to newer ones of the same user")
    func isLimited() async throws {
        try await ServedConsole.serving { served in
            let first = try await served.browser()
            var last = first
            for _ in 1...32 {
                served.clock.advance(by: .seconds(1))
                last = try await served.browser()
            }
            #expect(try await first.get("/now").status == 401)
            #expect(try await last.get("/now").status == 200)
        }
    }

    @Test("is named by a link once a server listens")
    func isNamedByALink() async throws {
        #expect(
            ConsoleSessions().openLink(
                for: Peer(uid: 1, gid: 1, pid: 1, login: "a"), now: TestClock().now) == nil)
        try await ServedConsole.serving { served in
            let now = served.clock.now
            let link = try #require(served.sessions.openLink(for: served.peer, now: now))
            #expect(link.url.hasPrefix("http://127.0.0.1:\(served.port)/enter?token="))
            #expect(link.expires == now.wall.advanced(by: .seconds(60)))
            let proxied = served.sessions.openLink(
                for: served.peer, now: now, at: "https://drills.example")
            #expect(proxied?.url.hasPrefix("https://drills.example/enter?token=") == true)
        }
    }

    @Test("has a cookie that goes over TLS only, where a proxy brings it")
    func isSecure() async throws {
        try await ServedConsole.serving(address: "https://drills.example:8443") { served in
            let proxied = try await served.enter(["Host": "drills.example:8443"])
            #expect(proxied.header("set-cookie")?.hasSuffix("; SameSite=Strict; Secure") == true)
            let local = try await served.enter()
            #expect(local.header("set-cookie")?.hasSuffix("; SameSite=Strict") == true)
        }
        try await ServedConsole.serving(address: "http://drills.example") { served in
            let plain = try await served.enter(["Host": "drills.example"])
            #expect(plain.header("set-cookie")?.hasSuffix("; SameSite=Strict") == true)
        }
    }
}
