import CalendarTime
import Drills
import Foundation
import Paging
import Testing

@Suite("A webhook of PagerDuty")
struct PagerDutyWebhookTests {
    private let incoming: Incoming
    private let headers: (String) -> [String: String]

    init() throws {
        incoming = try Incoming()
        headers = { body in
            let code = try? Openssl.signature(of: body, key: KeyFolder.routingKey)
            return ["X-PagerDuty-Signature": "v1=\(code ?? "")"]
        }
    }

    /// An event as PagerDuty's reference shows them.
    private func body(
        _ type: String = "incident.acknowledged", key: String = "sample-1.checkout.primary",
        time: String = "2026-11-20T23:26:50.000Z", agent: String = "user_reference"
    ) -> String {
        """
        {"event":{"id":"5ac64822-4adc-4fda-ade0-410becf0de4f","event_type":"\(type)",\
        "resource_type":"incident","occurred_at":"\(time)",\
        "agent":{"id":"PLH1HKV","summary":"Tenex Engineer","type":"\(agent)"},"client":null,\
        "data":{"id":"PGR0VU2","type":"incident","number":2,"status":"acknowledged",\
        "incident_key":"\(key)","title":"A little bump in the road",\
        "service":{"id":"PF9KMXH","summary":"API Service","type":"service_reference"},\
        "assignees":[{"id":"PTUXL6G","summary":"User 123","type":"user_reference"}],\
        "urgency":"high"}}}
        """
    }

    private func read(
        _ body: String, headers: [String: String]? = nil, now: WallInstant = someTime
    ) throws -> [Returned] {
        try incoming.reader.read(
            headers: headers ?? self.headers(body), body: body,
            channel: incoming.channel("pagerduty"), now: now)
    }

    @Test(
        "tells what happened to a page and who did it",
        arguments: [
            ("incident.triggered", Drills.Notification.Status.firing),
            ("incident.acknowledged", .acknowledged), ("incident.escalated", .escalated),
            ("incident.resolved", .resolved), ("incident.reassigned", .firing),
        ])
    func events(type: String, status: Drills.Notification.Status) throws {
        let returned = try #require(try read(body(type)).first)
        #expect(returned.run == "sample-1" && returned.notification.page == "checkout")
        #expect(returned.notification.status == status)
        #expect(returned.notification.receiver == "User 123")
        #expect(returned.notification.person == "Tenex Engineer")
        #expect(!returned.isToldAgain)
    }

    @Test("names no person for what a program did")
    func program() throws {
        let returned = try read(body(agent: "inbound_integration_reference"))
        #expect(returned.first?.notification.person == nil)
    }

    @Test("is the same delivery when it comes again, under whatever X-Webhook-Id")
    func replay() throws {
        func delivery(_ id: String) throws -> String? {
            let all = headers(body()).merging(["X-Webhook-Id": id]) { _, new in new }
            return try read(body(), headers: all).first?.notification.delivery
        }
        #expect(try delivery("1") == delivery("2"))
        let first = try read(body()), again = try read(body("incident.resolved"))
        #expect(first[0].notification.delivery == again[0].notification.delivery)
    }

    @Test(
        "finds run, page and level in the key of an incident",
        arguments: [
            ("shop-12.checkout.secondary", "shop-12", "checkout", .secondary),
            ("eu.shop-12.checkout.v2.primary", "eu.shop-12", "checkout.v2", .primary),
            ("shop-1.page-2.primary", "shop-1", "page-2", .primary),
        ] as [(String, String, String, OnCallLevel)])
    func keys(key: String, run: String, page: String, level: OnCallLevel) throws {
        let returned = try #require(try read(body(key: key)).first)
        #expect(returned.run.text == run && returned.notification.page.text == page)
        #expect(returned.notification.level == level)
    }

    @Test(
        "is passed over where it is about something else",
        arguments: [
            ("incident.triggered", "baf7cf21b1da41b4b0221008339ff357"),
            ("incident.triggered", "shop-1.primary"), ("incident.triggered", "shop.page.primary"),
            ("incident.triggered", "shop-1.page.tertiary"), ("incident.triggered", ""),
            ("incident.annotated", "sample-1.checkout.primary"),
            ("pagey.ping", "sample-1.checkout.primary"),
        ])
    func others(type: String, key: String) throws {
        #expect(try read(body(type, key: key)).isEmpty)
    }

    @Test("is believed with one good signature among several, whatever the case of the header")
    func severalSignatures() throws {
        let good = try #require(headers(body())["X-PagerDuty-Signature"])
        let wrong = "v1=" + String(repeating: "0", count: 64)
        let returned = try read(
            body(),
            headers: [
                "x-pagerduty-signature":
                    "\(wrong), \(good.uppercased().replacingOccurrences(of: "V1", with: "v1"))"
            ])
        #expect(returned.count == 1)
    }

    @Test("is refused without a good signature")
    func signatures() {
        let wrong =
            "the signature is wrong; sign with the key that SigningKey= of channel 'chat' names, "
            + "and send the body unchanged"
        let missing =
            "the header X-PagerDuty-Signature is missing or has no signature; sign the request"
        let good = headers(body())["X-PagerDuty-Signature"] ?? ""
        func refusal(_ value: String?, _ body: String) -> String {
            incoming.refusal(
                value.map { ["X-PagerDuty-Signature": $0] } ?? [:], body, over: "pagerduty")
        }
        #expect(refusal(nil, body()) == missing)
        #expect(refusal("", body()) == missing)
        #expect(refusal("v2=00", body()) == missing)
        #expect(refusal(good, body() + " ") == wrong)
        #expect(refusal(String(good.dropLast(2)), body()) == wrong)
        #expect(refusal("v1=zz", body()) == wrong)
        #expect(
            incoming.refusal(
                ["X-PagerDuty-Signature": good], body(), over: "pagerduty", signed: false)
                == "channel 'chat' has no SigningKey=, so that nothing it sends can be believed; "
                + "give it one")
    }

    @Test("is refused when its time is not now")
    func times() {
        func refusal(_ time: String) -> String {
            let body = body(time: time)
            return incoming.refusal(headers(body), body, over: "pagerduty")
        }
        #expect(
            refusal("2026-11-20T23:21:59.000Z")
                == "it is 5min old; send it within 5min, and never again")
        #expect(
            refusal("2026-11-21T00:28:20+01:00")
                == "it is 1min 20s ahead of this clock; set the clock of the sender")
        #expect(refusal("yesterday") == "event.occurred_at is no time; write 2027-01-05T13:00:00Z")
        #expect(refusal("2026-11-20T23:22:00.000Z").hasPrefix("read: "))
        #expect(refusal("2026-11-20T23:27:59.000Z").hasPrefix("read: "))
    }

    @Test("is refused when it is of a type that was never subscribed to")
    func unknownType() {
        let body = body("service.updated")
        #expect(
            incoming.refusal(headers(body), body, over: "pagerduty")
                == "events of type 'service.updated' are not understood; "
                + "subscribe to those of incidents")
    }

    @Test("is refused when it is cut off or of another form")
    func form() {
        for (body, words) in [
            (String(body().dropLast(30)), "truncated or no JSON"),
            (#"{"event":{"id":"1"}}"#, "JSON of another form (field event.event_type)"),
        ] {
            #expect(
                incoming.refusal(headers(body), body, over: "pagerduty")
                    == "the body is \(words); send it whole, as JSON")
        }
    }

    @Test("says what is wrong with the key of the channel")
    func badKey() throws {
        try incoming.keys.write("R", to: "pagerduty", mode: 0o644)
        let words = incoming.refusal(headers(body()), body(), over: "pagerduty")
        #expect(words.hasPrefix("channel 'chat': the key in "))
        #expect(words.contains("can be read by others (mode 644)"))
    }
}
