import CalendarTime
import Drills
import IncidentCommand
import Testing

@Suite("A page")
struct OnCallTests {
    @Test("goes its way", arguments: DrawnPage.all)
    func goesItsWay(page: DrawnPage) {
        let (states, told) = page.play()
        #expect(states == page.states)
        #expect(told == page.told)
    }

    @Test("is acknowledged by whom it went to, while they are there", arguments: AckRow.refused)
    func isRefused(row: AckRow) {
        #expect(row.refusal == row.words)
    }

    @Test("is acknowledged, however late and unlikely", arguments: AckRow.accepted)
    func isAccepted(row: AckRow) {
        #expect(row.refusal == nil)
    }

    @Test("knows its repetitions, and each notification once")
    func countsWhatCame() {
        var board = PageBoard(.onCall())
        let told = Notification(
            page: "a", channel: "pager", receiver: "primary", status: .acknowledged,
            delivery: "d-1", person: "sre-1")
        let events: [RunEvent] = [
            .posting(), .sent(over: "pager"), .notified(notification: told),
            .notified(notification: told),
            .pageRepeated(
                page: "a", number: 1,
                receipt: Receipt(
                    channel: "pager", verdict: .accepted, attempts: 1, microseconds: 5)),
        ]
        for event in events { board.note(event, at: .second(1)) }
        #expect(board["a"]?.repeats == 1)
        #expect(board["a"]?.notifications == [told])
        // What a service says of a person is no ack: only an explicit one is.
        #expect(board["a"]?.state == .triggered)
    }

    @Test("asks to be looked at again when its deadline or an ack runs out")
    func wakes() {
        var board = PageBoard(.onCall(ackExpiry: .seconds(30)))
        #expect(board.nextWake == nil)
        board.note(.posting(), at: .second(1))
        #expect(board.nextWake == .second(6))
        board.note(.sent(over: "chat"), at: .second(3))
        #expect(board.nextWake == .second(8))
        #expect(board.ackDeadline(of: "a") == .second(8))
        board.note(.acked(page: "a", person: "sre-1", channel: "console"), at: .second(4))
        #expect(board.nextWake == .second(34))
        #expect(board.ackDeadline(of: "a") == nil)
        board.note(.closed(outcome: .completed), at: .second(5))
        #expect(board.nextWake == nil)
        #expect(board.wake(at: .second(99)).isEmpty)
    }
}

@Suite("The time at which a late person is there")
struct LateTimeTests {
    @Test(
        "is a time of day in whole seconds, not before they are there",
        arguments: [
            (Int64(0), "00:00:30"), (1, "00:00:31"), (1_000_000, "00:00:31"),
            (50_700_000_000, "14:05:30"), (86_399_000_000, "00:00:29"),
        ])
    func rounds(wallAtPage: Int64, time: String) {
        var board = PageBoard(.onCall(availability: .late(.seconds(30))))
        board.note(.posting(), at: .second(0))
        board.note(.sent(over: "pager"), at: .second(0))
        let now = Moment(
            wall: WallInstant(microsecondsSinceEpoch: wallAtPage + 20_000_000), boot: .second(20))
        #expect(
            board.absence(of: "sre-1", at: now)
                == "sre-1 is out in this drill until \(time) UTC, in 10s, which is 30s after the "
                + "first page")
        #expect(board.isOut("sre-1", at: .second(29)))
        #expect(!board.isOut("sre-1", at: .second(30)))
    }
}

extension BootInstant {
    fileprivate static func second(_ count: Int64) -> BootInstant {
        BootInstant(microsecondsSinceBoot: count * 1_000_000)
    }
}

/// Somebody who tries to acknowledge a page at twenty seconds, after some events at one second each.
struct AckRow: Sendable, CustomTestStringConvertible {
    let story: String
    var plan = RunPlan.onCall()
    var events: [RunEvent] = [.posting(), .sent(over: "pager")]
    var page: PageName = "a"
    var person: PersonName = "sre-1"
    var words: String?

    var testDescription: String { story }

    var refusal: String? {
        var board = PageBoard(plan)
        for (index, event) in events.enumerated() { board.note(event, at: .second(Int64(index))) }
        return board.refusal(ofAck: page, by: person, at: .sample(.second(20)))
    }

    private static let gone: [RunEvent] = [
        .posting(), .sent(over: "pager", .rejected(reason: "exit 1")),
        .sent(over: "chat", .rejected(reason: "exit 1")),
    ]
    private static let acked = RunEvent.acked(page: "a", person: "sre-1", channel: "drillctl")
    private static let escalated = RunEvent.escalated(page: "a", from: "sre-1", to: "sre-2")
    private static let secondAck = RunEvent.acked(page: "a", person: "sre-2", channel: "console")

    static let refused = [
        AckRow(
            story: "no such page", page: "z", words: "the run has no page z; its pages are a"),
        AckRow(story: "not sent yet", events: [], words: "page a has not been sent yet"),
        AckRow(
            story: "on its way", events: [.posting()],
            words: "page a is still being handed over; acknowledge it again in a moment"),
        AckRow(
            story: "refused by every channel, and nothing was seen",
            plan: .onCall(probes: [.sample]),
            events: gone, words: "page a has not been sent yet"),
        AckRow(
            story: "not theirs", person: "sre-2",
            words: "page a did not go to sre-2; it went to sre-1"),
        AckRow(
            story: "twice", events: [.posting(), .sent(over: "pager"), acked],
            words: "page a was acknowledged by sre-1 already"),
        AckRow(
            story: "of another team", plan: .onCall(pages: [.ofAnotherTeam]),
            events: [.posting("foreign"), .sent("foreign", over: "pager")], page: "foreign",
            words: "page foreign belongs to team search; leave it to them"),
        AckRow(
            story: "by one who is out", plan: .onCall(availability: .absent),
            words: "sre-1 is out in this drill until it ends"),
        AckRow(
            story: "by one who is late", plan: .onCall(availability: .late(.seconds(30))),
            words: "sre-1 is out in this drill until 00:00:30 UTC, in 10s, which is 30s after the "
                + "first page"),
        AckRow(
            story: "resolved",
            events: [
                .posting(), .sent(over: "pager"),
                .pageResolved(page: "a", reason: "all clear by sre-2"),
            ], words: "page a is over (all clear by sre-2); nothing is left to acknowledge"),
        AckRow(
            story: "after the close",
            events: [.posting(), .sent(over: "pager"), .closed(outcome: .completed)],
            words: "the run is closed; nothing is left to acknowledge"),
    ]

    static let accepted = [
        AckRow(story: "long after the deadline"),
        AckRow(
            story: "by the first holder after it escalated",
            events: [.posting(), .sent(over: "pager"), escalated]),
        AckRow(
            story: "by the first holder after the second acknowledged",
            events: [
                .posting(), .sent(over: "pager"), escalated, .posting(to: "sre-2"),
                .sent(to: "sre-2", over: "pager"), secondAck,
            ]),
        AckRow(
            story: "by the second after the first acknowledged late",
            events: [
                .posting(), .sent(over: "pager"), escalated, .posting(to: "sre-2"),
                .sent(to: "sre-2", over: "pager"), acked,
            ], person: "sre-2"),
        AckRow(
            story: "again after the ack lapsed",
            events: [
                .posting(), .sent(over: "pager"), acked, .ackExpired(page: "a", person: "sre-1"),
            ]),
        AckRow(
            story: "of a page that may have arrived though no channel said so",
            plan: .onCall(probes: [.sample]),
            events: [
                .posting(), .sent(over: "pager", .lost(reason: "timed out")),
                .sent(over: "chat", .rejected(reason: "exit 1")),
            ]),
        AckRow(
            story: "of a page that never arrived, by one who saw the fault",
            plan: .onCall(probes: [.sample]), events: gone + [.detected(probe: "front")]),
        AckRow(
            story: "by a late one who has come",
            plan: .onCall(availability: .late(.seconds(10)))),
        AckRow(
            story: "by a late one who has come though every channel refused the page",
            plan: .onCall(probes: [.sample], availability: .late(.seconds(10))),
            events: gone + [.detected(probe: "front")]),
        AckRow(
            story: "by a late one who has come though comms dropped the page",
            plan: .onCall(
                probes: [.sample], availability: .late(.seconds(10)), comms: .channelDown),
            events: [
                .pageWithheld(page: "a", person: "sre-1", reason: "comms"),
                .detected(probe: "front"),
            ]),
        AckRow(
            story: "of noise, though nobody has to", plan: .onCall(pages: [.ofNoise]),
            events: [.posting("noise"), .sent("noise", over: "pager")], page: "noise"),
    ]
}
