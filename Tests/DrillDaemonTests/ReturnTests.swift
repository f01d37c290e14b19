import ControlAPI
import Crypto
import DrillDaemon
import Drills
import Faults
import Foundation
import Testing

@Suite("What comes back about a page", .serialized, .timeLimit(.minutes(2)))
struct ReturnTests {
    private let ground: TestGround
    let sink: Sink
    static let key = "key-of-the-webhooks-0123"

    init() throws {
        ground = try TestGround()
        sink = try Sink { _, _ in .status(202) }
        try ground.arm()
        try ground.hook("repair", "sleep 60")
        try ground.keep(Self.key, in: "signing.key")
        try ground.keep("0123456789abcdef0123456789abcdef", in: "routing.key")
        let sections = ["webhook", "alertmanager", "pagerduty"].map { type in
            """
            [Channel \(type)]
            Type=\(type)
            Url=http://127.0.0.1:\(sink.port)
            Key=@file:\(ground.path)/routing.key
            SigningKey=@file:\(ground.path)/signing.key

            """
        }
        let user = "[Person sre-9]\nLogin=nine\nAddress=pagerduty:Nina\n"
        try ground.plan(
            sections.joined(), user,
            TestFiles.drill(
                "quick",
                "Channel=webhook alertmanager pagerduty\nOnCall=\nOnCall=primary:sre-9"))
    }

    static func signature(of content: String, key: String = Self.key) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(content.utf8), using: SymmetricKey(data: Data(key.utf8)))
        return "v1=" + code.map { String(format: "%02x", $0) }.joined()
    }

    /// An ack of a page, signed so many seconds ago.
    static func ack(
        by person: String = "sre-9", of page: String = "flag", run: String = "quick-1",
        age: Int64 = 0, key: String = Self.key, cut: Int = 0
    ) -> Webhook {
        let whole =
            #"{"event": "acked", "run": "\#(run)", "page": "\#(page)", "person": "\#(person)"}"#
        let body = String(whole.dropLast(cut))
        let stamp = MachineClock.now().wall.microsecondsSinceEpoch / 1_000_000 - age
        return Webhook(
            headers: [
                "x-drill-timestamp": "\(stamp)",
                "x-drill-signature": signature(of: "\(stamp).\(body)", key: key),
            ], body: body)
    }

    private func events(_ desk: DrillDesk) async throws -> [RunEvent] {
        try await desk.detail(of: "quick-1")?.timeline.entries.map(\.event) ?? []
    }

    func acks(_ desk: DrillDesk) async throws -> [RunEvent] {
        try await events(desk).filter { event in
            switch event {
            case .acked, .ackRefused: true
            default: false
            }
        }
    }

    func told(_ desk: DrillDesk) async throws -> [Drills.Notification] {
        try await events(desk).compactMap { event in
            guard case .notified(let notification) = event else { return nil }
            return notification
        }
    }

    /// Waits until the page is with all its channels.
    func whilePaged(_ body: @Sendable (DrillDesk) async throws -> Void) async throws {
        let daemon = try await ground.start()
        try await ground.running(daemon) { desk in
            #expect(try await desk.begin("quick") == "quick-1")
            #expect(
                try await eventually {
                    try await events(desk).count { event in
                        guard case .pageSent = event else { return false }
                        return true
                    } == 4
                })
            try await body(desk)
        }
    }

    func done(_ answer: any Encodable & Sendable) -> String? { (answer as? Done)?.message }

    @Test("as a signed ack counts once, however often it is sent")
    func signedAck() async throws {
        try await whilePaged { desk in
            let ack = Self.ack()
            #expect(
                try await done(desk.ask(.webhook("webhook", ack)))
                    == "page flag of quick-1 is acknowledged by sre-9")
            #expect(
                try await done(desk.ask(.webhook("webhook", ack)))
                    == "page flag is acknowledged by sre-9 already")
            let acks = try await acks(desk)
            #expect(
                acks
                    == [.acked(page: "flag", person: "sre-9", channel: "webhook")])
            #expect(try await told(desk).map(\.status) == [.acknowledged])
        }
    }

    @Test("without proof is answered alike, whatever there is")
    func unproved() async throws {
        try await whilePaged { desk in
            let words =
                "this is not believed; sign it as the channel asks, the journal of drilld says more"
            let bare = Webhook(headers: [:], body: Self.ack().body)
            let attempts: [(ChannelName, Webhook)] = [
                ("webhook", Self.ack(key: "another")), ("webhook", bare), ("nowhere", Self.ack()),
                ("pager", Self.ack()), ("alertmanager", bare), ("pagerduty", bare),
            ]
            for (channel, webhook) in attempts {
                await #expect(throws: Refusal(.notPermitted, [words]), "\(channel)") {
                    try await desk.ask(.webhook(channel, webhook))
                }
            }
            let (told, acks) = (try await told(desk), try await acks(desk))
            #expect(told.isEmpty && acks.isEmpty)
        }
    }

    @Test("too late, or in pieces, is told what is wrong with it")
    func unreadable() async throws {
        try await whilePaged { desk in
            for (webhook, part) in [
                (Self.ack(age: 3_600), "old; send it within"), (Self.ack(cut: 3), "truncated"),
            ] {
                let refusal = await #expect(throws: Refusal.self) {
                    try await desk.ask(.webhook("webhook", webhook))
                }
                #expect(refusal?.status == .badRequest)
                #expect(
                    refusal?.reasons.first?.contains(part) == true, "\(String(describing: refusal))"
                )
            }
            let acks = try await acks(desk)
            #expect(acks.isEmpty)
        }
    }

    /// What Alertmanager sends of the page of a run.
    private static func notification(of run: String) -> Webhook {
        let body = """
            {"version": "4", "groupKey": "{}:{}", "receiver": "primary", "status": "firing",
             "alerts": [{"status": "firing", "startsAt": "2027-01-01T00:00:00Z",
               "endsAt": "0001-01-01T00:00:00Z", "fingerprint": "f1",
               "labels": {"drill": "true", "drill_id": "\(run)", "page": "flag"}}]}
            """
        return Webhook(headers: ["authorization": "Bearer \(key)"], body: body)
    }

    @Test(
        "from a service about a run that is not open is taken and forgotten, so that it is not sent again"
    )
    func unknownRun() async throws {
        try await whilePaged { desk in
            let webhook = Self.notification(of: "other-3")
            #expect(try await done(desk.ask(.webhook("alertmanager", webhook))) == "noted 0 of 1")
            let told = try await told(desk)
            #expect(told.isEmpty)
        }
    }

    @Test("from Alertmanager is who was told what")
    func alertmanager() async throws {
        let webhook = Self.notification(of: "quick-1")
        try await whilePaged { desk in
            #expect(try await done(desk.ask(.webhook("alertmanager", webhook))) == "noted 1 of 1")
            let told = try await told(desk)
            #expect(told.map(\.receiver) == ["primary"])
            #expect(told.map(\.page) == ["flag"])
            let acks = try await acks(desk)
            #expect(acks.isEmpty)
        }
    }

    @Test("from PagerDuty names the person of the roster, and is no ack of theirs")
    func pagerDuty() async throws {
        let stamp = ISO8601DateFormatter().string(from: Date())
        let body = """
            {"event": {"id": "01E", "event_type": "incident.acknowledged",
              "occurred_at": "\(stamp)", "agent": {"type": "user_reference", "summary": "Nina"},
              "data": {"incident_key": "quick-1.flag.primary", "assignees": []}}}
            """
        let webhook = Webhook(
            headers: ["x-pagerduty-signature": Self.signature(of: body)], body: body)
        try await whilePaged { desk in
            #expect(try await done(desk.ask(.webhook("pagerduty", webhook))) == "noted 1 of 1")
            #expect(try await done(desk.ask(.webhook("pagerduty", webhook))) == "noted 0 of 1")
            let told = try await told(desk)
            #expect(told.map(\.person) == ["sre-9"])
            #expect(told.map(\.status) == [.acknowledged])
            let acks = try await acks(desk)
            #expect(acks.isEmpty)
        }
    }
}
