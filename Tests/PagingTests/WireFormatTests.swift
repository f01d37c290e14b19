import CalendarTime
import Drills
import Foundation
import Paging
import Testing

@Suite("What a service gets for a page", .timeLimit(.minutes(1)))
struct WireFormatTests {
    private let keys: KeyFolder

    init() throws { keys = try KeyFolder() }

    /// What one call posts.
    private func posted(
        _ channel: (String) -> Channel, answer: String = "",
        _ call: (Pager, Channel) async -> Receipt?
    ) async throws -> (request: Request, receipt: Receipt) {
        let sink = try Sink(.answer(202, body: answer))
        defer { sink.close() }
        let receipt = try await withPager(credentials: keys.path) { pager in
            await call(pager, channel(sink.url))
        }
        return (try #require(sink.requests.first), try #require(receipt))
    }

    private func sent(
        _ type: String, _ message: PageMessage = .sample(), answer: String = ""
    ) async throws -> (request: Request, receipt: Receipt) {
        try await posted({ .named(type, at: $0) }, answer: answer) {
            await $0.send(message, over: $1)
        }
    }

    @Test("is, for Alertmanager, one alert that starts now and ends in three minutes")
    func alertmanagerFires() async throws {
        let (request, receipt) = try await sent("alertmanager")
        #expect(receipt.wasAccepted && receipt.attempts == 1)
        #expect(request.target == "POST /api/v2/alerts")
        #expect(request.header("Content-Type") == "application/json")
        let body = try JSON(request.body)
        let alert = try #require(body[0])
        #expect(body[1] == nil)
        #expect(alert["startsAt"]?.string == "2026-11-20T23:26:59.751Z")
        #expect(alert["endsAt"]?.string == "2026-11-20T23:29:59.751Z")
        #expect(alert["generatorURL"]?.string == "https://drill.example/a?t=1&u=2")
        #expect(alert["annotations"]?["summary"]?.string == "[DRILL sample-1] SEV-1 checkout slow")
        let text = try #require(alert["annotations"]?["description"]?.string)
        #expect(text.contains("drillctl ack sample-1 checkout"))
        let labels = try #require(alert["labels"])
        #expect(labels["drill"]?.string == "true" && labels["drill_id"]?.string == "sample-1")
        #expect(labels["page"]?.string == "checkout" && labels["env"]?.string == "staging")
        #expect(
            labels["alertname"]?.string == "checkout" && labels["severity"]?.string == "critical")
    }

    @Test("is, for Alertmanager, an alert that lasts for a day when it is about a fault that stays")
    func alertmanagerKeepsLeaks() async throws {
        let leak = PageMessage(
            leaked: "sample-1.latency", reason: "exit 7", of: .sample(pages: []), over: "chat")
        let (request, _) = try await posted({ .named("alertmanager", at: $0) }) {
            await $0.send(leak, over: $1)
        }
        let alert = try #require(try JSON(request.body)[0])
        #expect(alert["endsAt"]?.string == "2026-11-21T23:26:59.751Z")
        let title = "[LEAKED sample-1.latency] SEV-1 a fault may still be in place on shop"
        #expect(alert["annotations"]?["summary"]?.string == title)
    }

    @Test("is, for Alertmanager, the same alert with a new end when it is refreshed")
    func alertmanagerRefreshes() async throws {
        let (request, receipt) = try await posted({ .named("alertmanager", at: $0) }) {
            await $0.refresh(.sample(), over: $1)
        }
        #expect(receipt.wasAccepted)
        let fired = try await sent("alertmanager").request
        #expect(try JSON(request.body)[0]?["labels"] == JSON(fired.body)[0]?["labels"])
        #expect(try JSON(request.body)[0]?["endsAt"]?.string == "2026-11-20T23:29:59.751Z")
    }

    @Test("is, for Alertmanager, an alert that ends now when it is resolved")
    func alertmanagerResolves() async throws {
        let (request, _) = try await posted({ .named("alertmanager", at: $0) }) {
            await $0.resolve(.sample(), over: $1)
        }
        #expect(try JSON(request.body)[0]?["endsAt"]?.string == "2026-11-20T23:26:59.751Z")
    }

    @Test("carries a token where Alertmanager stands behind a proxy")
    func alertmanagerToken() async throws {
        let (request, _) = try await posted({
            .sample(
                .alertmanager(.init(url: $0, key: .credential("alertmanager"), signingKey: nil)))
        }) { await $0.send(.sample(link: nil), over: $1) }
        #expect(request.header("Authorization") == "Bearer token-secretOfAlertmanager")
        #expect(try JSON(request.body)[0]?["generatorURL"] == nil)
    }

    @Test("is, for PagerDuty, a trigger of the form that Alertmanager's own sender uses")
    func pagerDutyTriggers() async throws {
        let answer =
            #"{"status":"success","message":"Event processed","dedup_key":"sample-1.checkout.primary"}"#
        let (request, receipt) = try await sent("pagerduty", answer: answer)
        #expect(receipt.reference == "sample-1.checkout.primary")
        let recorded = try Recording("pagerduty-trigger")
        #expect(request.target == "POST \(recorded.path)")
        #expect(request.header("Content-Type") == recorded.headers["Content-Type"])
        let body = try JSON(request.body)
        for name in recorded.body.names { #expect(body[name] != nil, "\(name) is missing") }
        for name in try #require(recorded.body["payload"]).names {
            #expect(body["payload"]?[name] != nil, "payload.\(name) is missing")
        }
        #expect(body["routing_key"]?.string == KeyFolder.routingKey)
        #expect(body["event_action"] == recorded.body["event_action"])
        #expect(body["dedup_key"]?.string == "sample-1.checkout.primary")
        #expect(body["links"]?[0]?["href"]?.string == "https://drill.example/a?t=1&u=2")
        #expect(body["payload"]?["summary"]?.string == "[DRILL sample-1] SEV-1 checkout slow")
        #expect(body["payload"]?["source"]?.string == "shop")
        #expect(body["payload"]?["custom_details"]?["drill_id"]?.string == "sample-1")
    }

    @Test(
        "names the severity in words that every service knows",
        arguments: [(Severity.sev1, "critical", 5.0), (.sev2, "warning", 4), (.sev3, "info", 3)])
    func severities(severity: Severity, word: String, priority: Double) async throws {
        let pagerDuty = try await sent("pagerduty", .sample(severity: severity)).request
        #expect(try JSON(pagerDuty.body)["payload"]?["severity"]?.string == word)
        let ntfy = try await sent("ntfy", .sample(severity: severity)).request
        #expect(try JSON(ntfy.body)["priority"] == .number(priority))
    }

    @Test("is, for PagerDuty, a resolve of the same key")
    func pagerDutyResolves() async throws {
        let (request, _) = try await posted({ .named("pagerduty", at: $0) }) {
            await $0.resolve(.sample(), over: $1)
        }
        let recorded = try Recording("pagerduty-resolve")
        let body = try JSON(request.body)
        #expect(body["event_action"] == recorded.body["event_action"])
        #expect(body["dedup_key"]?.string == "sample-1.checkout.primary")
        #expect(body["payload"] == nil)
    }

    @Test("is cut to what PagerDuty shows, never inside a character")
    func longSummary() async throws {
        let request = try await sent(
            "pagerduty", .sample(summary: String(repeating: "ä", count: 900))
        )
        .request
        let summary = try #require(try JSON(request.body)["payload"]?["summary"]?.string)
        #expect(summary.utf8.count <= 1_024 && summary.hasSuffix("ää…"))
    }

    @Test("is, for Slack, a text in which only three characters are escaped")
    func slack() async throws {
        let message = PageMessage.sample(
            summary: "p95 > 800ms & <b> \"slow\"", address: "U024BE7LH")
        let (request, receipt) = try await sent("slack", message, answer: "ok")
        let recorded = try Recording("slack")
        #expect(receipt.wasAccepted && receipt.reference == nil)
        #expect(request.target == "POST /\(KeyFolder.slackPath)")
        #expect(recorded.path == "/services/T000/B000/X000")
        #expect(request.header("Content-Type") == recorded.headers["Content-Type"])
        let body = try JSON(request.body)
        let text = try #require(body["text"]?.string)
        #expect(
            text.hasPrefix(
                "<@U024BE7LH> [DRILL sample-1] SEV-1 p95 &gt; 800ms &amp; &lt;b&gt; \"slow\""))
        #expect(text.contains("t=1&amp;u=2"))
        #expect(body["unfurl_links"] == .bool(false))
        #expect(
            text.hasSuffix(
                "\nalertname=checkout drill=true drill_id=sample-1 env=staging level=primary "
                    + "page=checkout severity=critical target=shop"))
    }

    @Test("is, for ntfy, a message to the topic of the person")
    func ntfy() async throws {
        let (request, receipt) = try await sent("ntfy", answer: #"{"id":"sPs71M8A2T","time":1}"#)
        #expect(receipt.reference == "sPs71M8A2T")
        #expect(request.target == "POST /")
        #expect(request.header("Authorization") == "Bearer tk_secretOfNtfy")
        let body = try JSON(request.body)
        #expect(body["topic"]?.string == "drill-topic")
        #expect(body["title"]?.string == "[DRILL sample-1] SEV-1 checkout slow")
        #expect(body["click"]?.string == "https://drill.example/a?t=1&u=2")
        #expect(body["tags"]?[1]?.string == "drill")
        guard case .list(let tags)? = body["tags"] else {
            Issue.record("there are no tags")
            return
        }
        for label in ["drill=true", "drill_id=sample-1", "env=staging", "level=primary"] {
            #expect(tags.contains(.text(label)), "\(label) is missing")
        }
        #expect(body["message"]?.string?.contains("This is a drill on shop (staging)") == true)
    }

    @Test("is, for a webhook, JSON that anybody with the key can check")
    func webhook() async throws {
        let (request, _) = try await sent("webhook")
        let stamp = try #require(request.header("X-Drill-Timestamp"))
        let signature = try Openssl.signature(
            of: "\(stamp).\(request.body)", key: "whsec-secretOfHook")
        #expect(stamp == "1795217219")
        #expect(request.header("X-Drill-Signature") == "v1=\(signature)")
        #expect(
            request.header("Idempotency-Key")
                == "sample-1.checkout.primary.fire.1795217219751000")
        let body = try JSON(request.body)
        #expect(body["event"]?.string == "firing" && body["drill"] == .bool(true))
        #expect(body["run"]?.string == "sample-1" && body["page"]?.string == "checkout")
        #expect(body["person"]?.string == "sre-1" && body["level"]?.string == "primary")
    }

    @Test("tells a webhook when it is over")
    func webhookResolves() async throws {
        let (request, _) = try await posted({ .named("webhook", at: $0) }) {
            await $0.resolve(.sample(), over: $1)
        }
        #expect(try JSON(request.body)["event"]?.string == "resolved")
        #expect(
            request.header("Idempotency-Key")
                == "sample-1.checkout.primary.resolve.1795217219751000")
    }

    @Test("is nothing where a service knows no resolve", arguments: ["slack", "ntfy"])
    func noResolve(type: String) async throws {
        let sink = try Sink()
        defer { sink.close() }
        let receipt = try await withPager(credentials: keys.path) {
            await $0.resolve(.sample(), over: .named(type, at: sink.url))
        }
        #expect(receipt == nil && sink.requests.isEmpty)
    }

    @Test("is nothing where a service need not be refreshed")
    func noRefresh() async throws {
        let receipt = try await withPager(credentials: keys.path) {
            await $0.refresh(.sample(), over: .named("pagerduty", at: "http://127.0.0.1:1"))
        }
        #expect(
            receipt.reason
                == "rejected: only Alertmanager has to be told that a page is still firing")
    }

    @Test("keeps to one line even when the summary does not")
    func summaryOfSeveralLines() async throws {
        let request = try await sent("ntfy", .sample(summary: "slow\r\nX-Evil: 1\u{0}\u{202E}"))
            .request
        #expect(
            try JSON(request.body)["title"]?.string == "[DRILL sample-1] SEV-1 slow X-Evil: 1")
    }
}
