import CalendarTime
import Drills
import Samples
import Scoring
import Testing

@Suite("When somebody was paged")
struct PagedTests {
    private let end: [SampleStorm.Step] = [(300, .closed(outcome: .completed))]

    private func acked(by person: PersonName, at second: Double) -> [SampleStorm.Step] {
        [(second, .acked(page: "queue-depth", person: person, channel: "link"))]
    }

    /// The values of a metric for the page, over the pager alone: an Alertmanager with routes that reports back.
    private func values(_ metric: Metric, _ steps: [SampleStorm.Step]) -> [Measurement.Value] {
        let timeline = SampleStorm.timeline(
            (steps.filter { !$0.event.isOver("chat") } + end).sorted { $0.second < $1.second })
        return Measurements(timeline).all.filter { $0.metric == metric && $0.page == "queue-depth" }
            .map(\.value)
    }

    private func seconds(_ seconds: Double) -> Measurement.Value {
        .measured(
            Interval(microseconds: Int64((seconds * 1_000_000).rounded()), isWallTime: false))
    }

    private let primary = SampleStorm.sent("queue-depth", at: 55)
    private let first = SampleStorm.told("queue-depth", "primary", at: 57.1)
    private let secondary = SampleStorm.sent("queue-depth", to: "sre-2", .secondary, at: 85.5)
    private let second = SampleStorm.told("queue-depth", "secondary", at: 89)

    @Test("is when the channel told them, for their ack and for the delivery")
    func told() {
        let steps = primary + first + acked(by: "sre-1", at: 70)
        #expect(values(.timeToAck, steps) == [seconds(12.9)])
        #expect(values(.delivery, steps) == [seconds(2.1)])
    }

    @Test("is when the page was there, if they acknowledged before they were told")
    func ackedBefore() {
        let steps = primary + acked(by: "sre-1", at: 56) + first
        #expect(values(.timeToAck, steps) == [seconds(0.988)])
    }

    @Test("counts for whom the notification reached, and for nobody else")
    func eachTheirOwn() {
        let steps = primary + first + secondary + second + acked(by: "sre-2", at: 97)
        #expect(values(.timeToAck, steps) == [seconds(8)])
        #expect(values(.delivery, steps) == [seconds(2.1), seconds(3.5)])
    }

    @Test("ends the error of an escalation, which counts from the deadline that drilld keeps")
    func escalation() throws {
        let steps = primary + first + secondary + second
        #expect(values(.escalationError, steps) == [seconds(3.988)])
        let storm = try #require(StormResult(SampleStorm.timeline(steps + end)))
        let page = try #require(storm.pages.first { $0.page.name == "queue-depth" })
        // The chat, which tells nothing back, had it before the pager told anybody.
        #expect(
            page.escalation
                == .paged(error: Interval(microseconds: 628_000, isWallTime: false)))
    }

    @Test("does not make an escalation needless that was on its way when the ack came")
    func onItsWay() throws {
        let steps = primary + first + secondary + acked(by: "sre-1", at: 87) + second + end
        let storm = try #require(
            StormResult(SampleStorm.timeline(steps.filter { !$0.event.isOver("chat") })))
        let page = try #require(storm.pages.first { $0.page.name == "queue-depth" })
        #expect(
            page.escalation
                == .paged(error: Interval(microseconds: 3_988_000, isWallTime: false)))
    }

    @Test("is not known to have come where a channel that tells never did, which is no delivery")
    func neverTold() {
        let least = Interval(microseconds: 245_000_000, isWallTime: false)
        #expect(values(.delivery, primary) == [.censored(atLeast: least)])
    }

    @Test("is the answer of a channel that tells nothing back, waiting for its turn included")
    func silentChannel() {
        let chat = SampleStorm.timeline(
            [
                (
                    20,
                    .pagePosting(
                        page: "queue-depth", person: "sre-1", level: .primary, channels: ["chat"])
                ),
                (
                    50,
                    .pageSent(
                        page: "queue-depth", person: "sre-1", level: .primary,
                        receipt: SampleStorm.receipt("chat", milliseconds: 140))
                ), (61, .acked(page: "queue-depth", person: "sre-1", channel: "link")),
            ] + end)
        #expect(Measurements(chat)[.delivery]?.value == seconds(30))
        #expect(Measurements(chat)[.timeToAck]?.value == seconds(11))
    }
}

extension RunEvent {
    /// Whether it is the answer of a channel.
    fileprivate func isOver(_ channel: ChannelName) -> Bool {
        guard case .pageSent(_, _, _, let receipt) = self else { return false }
        return receipt.channel == channel
    }
}
