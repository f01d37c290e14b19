import ControlAPI
import DrillDaemon
import Drills
import Testing

extension ReturnTests {
    /// What is answered to a signed ack that does nothing.
    private func refusal(_ desk: DrillDesk, _ ack: Webhook) async -> Refusal? {
        await #expect(throws: Refusal.self) { try await desk.ask(.webhook("webhook", ack)) }
    }

    @Test("as a signed ack of somebody else's page is refused each time, and on the record once")
    func foreignAck() async throws {
        try await whilePaged { desk in
            let ack = Self.ack(by: "sre-1")
            #expect(await refusal(desk, ack)?.status == .refused)
            let again = Refusal(
                .refused, ["this ack came before and did not count; sign a new one"])
            #expect(await refusal(desk, ack) == again)
            let acks = try await acks(desk)
            #expect(acks.count == 1)
        }
    }

    @Test(
        "as a signed ack of a run or a page that there is not, is told so and leaves nothing behind"
    )
    func unknownAck() async throws {
        try await whilePaged { desk in
            #expect(
                await refusal(desk, Self.ack(run: "other-3"))
                    == Refusal(
                        .notFound, ["there is no run 'other-3'; 'drillctl list --runs' shows them"])
            )
            #expect(
                await refusal(desk, Self.ack(of: "flog"))
                    == Refusal(.notFound, ["run quick-1 has no open page 'flog'; its pages: flag"]))
            let (told, acks) = (try await told(desk), try await acks(desk))
            #expect(told.isEmpty && acks.isEmpty)
        }
    }

    @Test("as a signed ack of a run that is closed is refused")
    func closedRun() async throws {
        try await whilePaged { desk in
            _ = try await desk.ask(.abort("quick-1", reason: "enough"))
            #expect(try await eventually { try await desk.detail(of: "quick-1")?.scorecard != nil })
            #expect(
                await refusal(desk, Self.ack())
                    == Refusal(
                        .refused, ["run 'quick-1' is closed; nothing is left to acknowledge"]))
        }
    }

    @Test("as a page that somebody caught and sent back acknowledges nothing")
    func reflected() async throws {
        try await whilePaged { desk in
            let page = try #require(
                sink.requests.first { $0.body.contains(#""event":"firing""#) })
            let headers = page.head.split(separator: "\r\n").dropFirst().map {
                $0.split(separator: ":", maxSplits: 1).map(String.init)
            }
            // It is signed with the other key of the channel, or nobody would have to look at the event.
            let stamp = try #require(
                headers.first { $0[0].lowercased() == "x-drill-timestamp" }?[1]
            )
            .trimmingCharacters(in: .whitespaces)
            let signed = [
                "x-drill-timestamp": stamp,
                "x-drill-signature": Self.signature(of: "\(stamp).\(page.body)"),
            ]
            #expect(
                await refusal(desk, Webhook(headers: signed, body: page.body))?.status
                    == .badRequest)
            let acks = try await acks(desk)
            #expect(acks.isEmpty)
        }
    }

    @Test("in a flood is put off to a second later, and takes no room from steps")
    func webhookFlood() async throws {
        try await whilePaged { desk in
            let bare = Webhook(headers: [:], body: "{}")
            var last: Refusal?
            for _ in 0..<400 where last?.status != .unavailable {
                last = await #expect(throws: Refusal.self) {
                    try await desk.ask(.webhook("webhook", bare))
                }
            }
            #expect(
                last
                    == Refusal(
                        .unavailable, ["120 webhooks came in a row; send it again in a second"]))
            let ack = ControlRequest.ack(
                "quick-1", page: "flag", person: "sre-9", channel: "test")
            let answer = try await desk.ask(ack)
            #expect(done(answer) == "page flag of quick-1 is acknowledged by sre-9")
        }
    }
}
