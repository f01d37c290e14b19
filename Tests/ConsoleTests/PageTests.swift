import CalendarTime
import ConsoleDesk
import ControlAPI
import Drills
import Samples
import Testing

@Suite("A page of the console", .timeLimit(.minutes(1)))
struct PageTests {
    @Test("shows an open run with everything that can be done about it")
    func showsARun() async throws {
        try await ServedConsole.serving { served in
            let page = try await served.browser().get("/now").body
            for text in [
                "The database falls behind", "queue-depth", "escalated", "Users harmed",
                "Capture a trace", "Hand a lane over", "Add evidence", "HALT", "Abort the run",
            ] {
                #expect(page.contains(text), "\(text)")
            }
            #expect(page.contains(#"data-since=""#))
            #expect(page.contains(#"<html lang="en">"#))
        }
    }

    @Test("shows at an open checkpoint what was run before it opened")
    func showsWhatWasRun() async throws {
        let story = SampleStorm.story.filter { $0.second < 450 }
        try await ServedConsole.serving(SampleStorm.timeline(story)) { served in
            let page = try await served.browser().get("/now").body
            #expect(page.contains("Checkpoint 2"))
            #expect(page.contains("show-lag"))
        }
    }

    @Test(
        "shows what the daemon says",
        arguments: [
            ("/calendar", "Start now"), ("/runs", "/runs/storm-staging-4"),
            ("/trends", "Drill trends"),
            ("/runs/storm-staging-4", "Timeline of storm-staging-4"),
        ])
    func showsOthers(path: String, text: String) async throws {
        try await ServedConsole.serving { served in
            let answer = try await served.browser().get(path)
            #expect(answer.status == 200)
            #expect(answer.body.contains(text))
        }
    }

    @Test("names whom each page waits for, and everybody who can act")
    func namesPeople() async throws {
        try await ServedConsole.serving { served in
            let page = try await served.browser().get("/now").body
            #expect(page.contains(#"data-page="queue-depth" data-waits-for="sre-2""#))
            #expect(!page.contains(#"data-page="db-lag" data-waits-for"#))
            #expect(page.contains(#"<div id="everybody" data-names="sre-1 sre-2 lead-1 lead-2 "#))
        }
    }

    @Test("shows each statement of a decision", arguments: ["/now", "/runs/storm-staging-4"])
    func showsStatements(path: String) async throws {
        let told = SampleStorm.timeline(SampleStorm.story.filter { $0.second < 150 })
        try await ServedConsole.serving(told) { served in
            let page = try await served.browser().get(path).body
            for (name, text) in [
                ("rejected", "switching the flag off: the flag does not cover writes"),
                ("reversibility", "rolled forward again within 2min"),
                ("blast radius", "staging only"),
                ("verification", "the probe front passes for 30s"),
            ] {
                #expect(page.contains("<dt>\(name)</dt><dd>\(text)</dd>"), "\(name)")
            }
        }
    }

    @Test("shows what was kept as evidence, up to a limit")
    func showsEvidence() async throws {
        try await ServedConsole.serving { served in
            for (content, bytes) in [
                ("lag <2s>\n", 9), (String(repeating: "ü", count: 9_000), 20_000),
            ] {
                let item = EvidenceItem(
                    title: "lag", source: .command(line: "lag", exitStatus: 0, microseconds: 1),
                    content: content, bytes: Int64(bytes), hash: String(repeating: "0a", count: 32))
                await served.desk.record(
                    .acted(act: .addEvidence(item), person: "sre-2", via: "drillctl"))
            }
            let page = try await served.browser().get("/runs/storm-staging-4").body
            #expect(page.contains(">lag &lt;2s&gt;\n</pre>"))
            #expect(page.contains("all 9 bytes; SHA-256 of the whole <code>0a0a"))
            #expect(page.contains(">" + String(repeating: "ü", count: 8_000) + "</pre>"))
            #expect(page.contains("the first 16000 of 20000 bytes"))
        }
    }

    @Test("lists the follow-ups of a run that is over")
    func listsFollowUps() async throws {
        try await ServedConsole.serving(SampleStorm.timeline) { served in
            let page = try await served.browser().get("/runs/storm-staging-4").body
            #expect(
                page.contains(
                    #"<li>page on a stopped replica<br><span class="quiet">sre-2, until 2027-02-01"#
                ))
            #expect(!page.contains("Add a follow-up"))
        }
    }

    @Test(
        "that is not there says so",
        arguments: ["/nothing", "/runs/a/b", "/runs/%2e%2e", "/static/../x", "/static/x.css"])
    func isNotThere(path: String) async throws {
        try await ServedConsole.serving { served in
            let answer = try await served.browser().get(path)
            #expect(answer.status == 404)
            #expect(answer.body.contains(#"<div id="refusal">"#))
            #expect(answer.body.contains("there is no page"))
        }
    }

    @Test("names files that are there and may be kept")
    func namesItsFiles() async throws {
        try await ServedConsole.serving { served in
            let browser = try await served.browser()
            let page = try await browser.get("/now").body
            let names = page.matches(of: #/"(/static/[^"]+)"/#).map { String($0.1) }
            #expect(names.count == 4)
            for name in names {
                let file = try await Browser(port: served.port).get(name)
                #expect(file.status == 200)
                #expect(file.header("cache-control") == "public, max-age=31536000, immutable")
                #expect(file.header("x-content-type-options") == "nosniff")
            }
        }
    }

    private static let hostile = "<script>alert(1)</script>\"\u{301} onclick='x' \u{202E}&amp;"

    @Test(
        "shows hostile texts as texts",
        arguments: ["/now", "/runs/storm-staging-4", "/runs", "/calendar"])
    func escapes(path: String) async throws {
        let text = Self.hostile
        let acts: [ResponseAct] = [
            .postStatus(text: text, outOfTurn: nil), .investigate(note: text, outOfTurn: nil),
            .addEvidence(
                EvidenceItem(
                    title: text, source: .address(url: "javascript:alert(1)"), content: text,
                    bytes: 1, hash: text)),
            .recommend(
                Recommendation(
                    branch: .rollBack, rung: nil, why: text, reversibility: 1, blastRadius: 1,
                    evidence: nil)),
            .sendUpdate(.internal, note: text),
        ]
        try await ServedConsole.serving { served in
            for act in acts {
                await served.desk.record(.acted(act: act, person: "sre-2", via: text))
            }
            await served.desk.record(.pageResolved(page: "disk-fill", reason: text))
            await served.desk.record(.noted(text: text))
            await served.desk.record(.overran(overrun: .allClear, owner: PersonName(text)))
            let page = try await served.browser().get(path).body
            #expect(!page.contains("<script>alert"))
            let accentedQuote = "\"" + "\u{301}"
            #expect(!page.contains(accentedQuote))
            #expect(!page.contains("onclick='"))
            #expect(!page.contains("\u{202E}"))
            #expect(!page.contains(#"href="javascript:"#))
        }
    }
}

@Suite("The link in a page", .timeLimit(.minutes(1)))
struct LinkTests {
    private static let path = "/link/\(SampleDesk.linkToken)"

    @Test("shows the page without a session, and acknowledges nothing by being followed")
    func showsOnly() async throws {
        try await ServedConsole.serving(
            SampleStorm.timeline(SampleStorm.story.filter { $0.second < 20 })
        ) { served in
            let answer = try await Browser(port: served.port).get(Self.path)
            #expect(answer.status == 200)
            #expect(answer.body.contains("Replication is 40s behind"))
            #expect(answer.body.contains(">Acknowledge</button>"))
            #expect(!answer.body.contains("Calendar</a>"))
            #expect(await served.desk.asked == [.pageLink(token: SampleDesk.linkToken)])
        }
    }

    @Test("acknowledges by its button")
    func acknowledges() async throws {
        try await ServedConsole.serving(
            SampleStorm.timeline(SampleStorm.story.filter { $0.second < 20 })
        ) { served in
            served.clock.advance(by: .minutes(10))
            let browser = Browser(port: served.port)
            let answer = try await browser.post(Self.path, ["form-token": ""])
            #expect(answer.status == 200)
            #expect(answer.body.contains("page db-lag is acknowledged by sre-1"))
            #expect(answer.body.contains("Acknowledged by <strong>sre-1</strong>"))
            let again = try await browser.post(Self.path, ["form-token": ""])
            #expect(again.status == 409)
        }
    }

    @Test("leads nowhere with another token")
    func leadsNowhere() async throws {
        try await ServedConsole.serving { served in
            let answer = try await Browser(port: served.port).get("/link/other")
            #expect(answer.status == 404)
            #expect(answer.body.contains("this link leads nowhere"))
        }
    }
}

@Suite("What a service sends", .timeLimit(.minutes(1)))
struct HookTests {
    @Test("reaches the desk as it is, with its headers")
    func reachesTheDesk() async throws {
        try await ServedConsole.serving { served in
            let answer = try await Browser(port: served.port).send(
                "POST", "/hooks/pager", ["X-Signature": "good"], body: #"{"a":"ü"}"#)
            #expect(answer.status == 200)
            #expect(answer.body == "10 bytes taken\n")
            guard case .webhook("pager", let webhook)? = await served.desk.asked.first else {
                Issue.record("nothing arrived")
                return
            }
            #expect(webhook.body == #"{"a":"ü"}"#)
            #expect(webhook.headers["x-signature"] == "good")
        }
    }

    @Test("is refused with the desk's status and reason")
    func isRefused() async throws {
        try await ServedConsole.serving { served in
            let answer = try await Browser(port: served.port).send(
                "POST", "/hooks/pager", ["X-Signature": "bad"], body: "{}")
            #expect(answer.status == 403)
            #expect(answer.body == "the signature is wrong\n")
        }
    }

    @Test("is not heard when it is too long", arguments: [1_024 * 1_024 + 1, 10_000_000])
    func isTooLong(bytes: Int) async throws {
        try await ServedConsole.serving { served in
            let answer = try await Browser(port: served.port).send(
                "POST", "/hooks/pager", ["X-Signature": "good"],
                body: String(repeating: "x", count: bytes))
            #expect(answer.status == 413)
            #expect(await served.desk.asked.isEmpty)
        }
    }

    @Test("may be a megabyte")
    func mayBeAMegabyte() async throws {
        try await ServedConsole.serving { served in
            let answer = try await Browser(port: served.port).send(
                "POST", "/hooks/pager", ["X-Signature": "good"],
                body: String(repeating: "x", count: 1_024 * 1_024))
            #expect(answer.body == "1048576 bytes taken\n")
        }
    }
}
