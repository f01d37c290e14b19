import CalendarTime
import ConsoleDesk
import ControlAPI
import Drills
import Samples
import Testing

@Suite("A form of the console", .timeLimit(.minutes(1)))
struct FormTests {
    private static let run = "storm-staging-4"
    private static let ack = [
        "page": "queue-depth", "person": "sre-2", "back": "/now#\(run)", "form": "x",
    ]

    @Test("is done, and leads back to its page with a message that is said once")
    func leadsBack() async throws {
        try await ServedConsole.serving { served in
            let browser = try await served.browser()
            let answer = try await browser.post("/do/runs/\(Self.run)/ack", Self.ack)
            #expect(answer.status == 303)
            #expect(answer.header("location") == "/now#\(Self.run)")
            #expect(
                await served.desk.asked == [
                    .ack(
                        "storm-staging-4", page: "queue-depth", person: "sre-2", channel: "console")
                ])
            let page = try await browser.get("/now").body
            #expect(page.contains("page queue-depth is acknowledged by sre-2"))
            #expect(page.contains("acknowledged by sre-2, console"))
            let after = try await browser.get("/now").body
            #expect(!after.contains("page queue-depth is acknowledged by"))
        }
    }

    @Test(
        "leads back to our own pages only",
        arguments: ["//evil.example", "https://evil.example", "/runs/../x", "", "/now\r\nX: y"])
    func leadsNowhereElse(back: String) async throws {
        try await ServedConsole.serving { served in
            let fields = Self.ack.merging(["back": back]) { $1 }
            let answer = try await served.browser().post("/do/runs/\(Self.run)/ack", fields)
            #expect(answer.header("location") == "/now")
        }
    }

    @Test("that is refused says why, and keeps what was typed")
    func keepsWhatWasTyped() async throws {
        try await ServedConsole.serving(SampleStorm.atCheckpoint) { served in
            let browser = try await served.browser()
            let fields = [
                "verb": "decide", "person": "lead-1", "form": "\(Self.run).decide",
                "back": "/now#\(Self.run)", "branch": "roll-back", "rung": "full-rollback",
                "why-now": "errors <grow>", "rejected": "", "reversibility": "2min",
                "blast-radius": "", "verification": "probe front", "confidence": "L2",
                "execution": "sre-1", "verification-owner": "sre-2", "next-checkpoint": "10min",
            ]
            let answer = try await browser.post("/do/runs/\(Self.run)/act", fields)
            #expect(answer.status == 400)
            #expect(
                answer.body.contains(
                    "&#39;rejected&#39; and &#39;blast-radius&#39; are missing; give them values"))
            #expect(answer.body.contains("\nerrors &lt;grow&gt;</textarea>"))
            #expect(answer.body.contains(#"name="reversibility" value="2min""#))
            #expect(answer.body.contains(#"<option value="full-rollback" selected>"#))
            #expect(
                answer.body.contains(
                    #"name="blast-radius" value="" autocomplete="off" required aria-invalid="true""#
                ))
            #expect(
                answer.body.contains(
                    #"<details id="fold-\#(Self.run).decide" class="main-form" open>"#))
        }
    }

    @Test("that came too late says what was typed, though its form is gone")
    func echoesWhatCameTooLate() async throws {
        try await ServedConsole.serving(SampleStorm.atCheckpoint) { served in
            let browser = try await served.browser()
            await served.desk.record(
                .acted(act: .decide(SampleStorm.decision), person: "lead-1", via: "drillctl"))
            let fields = [
                "verb": "decide", "person": "lead-1", "form": "\(Self.run).decide",
                "back": "/now#\(Self.run)", "branch": "continue-mitigation", "rung": "",
                "why-now": "errors <grow>\nand grow", "rejected": "all else",
                "reversibility": "at once", "blast-radius": "none", "verification": "probe",
                "confidence": "L2", "execution": "sre-1", "verification-owner": "sre-2",
                "next-checkpoint": "10min",
            ]
            let answer = try await browser.post("/do/runs/\(Self.run)/act", fields)
            #expect(answer.status == 409)
            #expect(!answer.body.contains(#"id="\#(Self.run).decide""#))
            #expect(answer.body.contains("<strong>What you typed</strong>"))
            #expect(
                answer.body.contains("<dt>why now</dt><dd>errors &lt;grow&gt;\nand grow</dd>"))
            #expect(!answer.body.contains("<dt>verb</dt>"))
        }
    }

    @Test("says what the desk says")
    func saysWhatTheDeskSays() async throws {
        try await ServedConsole.serving { served in
            let fields = Self.ack.merging(["person": "observer-1"]) { $1 }
            let answer = try await served.browser().post("/do/runs/\(Self.run)/ack", fields)
            #expect(answer.status == 409)
            #expect(answer.body.contains(#"role="alert""#))
        }
    }

    @Test("remembers for whom it was sent")
    func remembersThePerson() async throws {
        try await ServedConsole.serving { served in
            var browser = try await served.browser()
            let first = try await browser.get("/now").body
            #expect(first.contains(#"<option value="sre-2" selected>"#))
            _ = try await browser.post("/person", ["person": "lead-2", "back": "/now"])
            let page = try await browser.get("/now").body
            #expect(page.contains("you act as lead-2 from now on"))
            #expect(page.contains(#"<input type="hidden" name="person" value="lead-2">"#))
            // Another session of the same user has its own.
            browser = try await served.browser()
            let after = try await browser.get("/now").body
            #expect(!after.contains(#"name="person" value="lead-2""#))
        }
    }

    @Test("adds an address as evidence with its hash")
    func addsEvidence() async throws {
        try await ServedConsole.serving { served in
            let browser = try await served.browser()
            let fields = [
                "verb": "evidence", "person": "sre-2", "title": "the graph",
                "url": "https://graphs.example/1?a=b&c",
            ]
            #expect(try await browser.post("/do/runs/\(Self.run)/act", fields).status == 303)
            let page = try await browser.get("/now").body
            #expect(
                page.contains(
                    #"<a href="https://graphs.example/1?a=b&amp;c" rel="noopener noreferrer">"#))
        }
    }

    @Test("pulls the lever, and the page says so")
    func pullsTheLever() async throws {
        try await ServedConsole.serving { served in
            let browser = try await served.browser()
            #expect(
                try await browser.post("/do/halt", ["reason": "enough", "back": "/now"]).status
                    == 303)
            let page = try await browser.get("/now").body
            #expect(page.contains("HALT is pulled"))
            #expect(page.contains("By sre-2, "))
        }
    }
}
