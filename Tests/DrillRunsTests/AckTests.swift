import CalendarTime
import DrillRuns
import Drills
import Samples
import Testing

@Suite("An acknowledgement")
struct AckTests {
    @Test("counts once, from a person who was paged and is present")
    func counts() {
        let run = paged(availability: .present)
        #expect(
            run.judgeAck(of: "a", by: "sre-1", channel: "drillctl", at: .sample(second(2)))
                == .acked(page: "a", person: "sre-1", channel: "drillctl"))
    }

    @Test(
        "is refused in words",
        arguments: [
            (Availability.present, "b", "sre-1", 2, "page b has not been sent yet"),
            (.present, "a", "sre-2", 2, "page a did not go to sre-2; it went to sre-1"),
            (.absent, "a", "sre-1", 2, "sre-1 is out in this drill until it ends"),
            (
                .late(.seconds(10)), "a", "sre-1", 9,
                "sre-1 is out in this drill until 00:00:11 UTC, in 2s, which is 10s after the "
                    + "first page"
            ),
        ])
    func isRefused(
        availability: Availability, page: String, person: String, at: Int64, reason: String
    ) {
        let event = paged(availability: availability)
            .judgeAck(
                of: Name(page), by: Name(person), channel: "drillctl", at: .sample(second(at)))
        #expect(event == .ackRefused(page: Name(page), person: Name(person), reason: reason))
    }

    @Test("is accepted from a late person once they are there")
    func acceptsTheLate() {
        let event = paged(availability: .late(.seconds(10)))
            .judgeAck(of: "a", by: "sre-1", channel: "drillctl", at: .sample(second(11)))
        #expect(event == .acked(page: "a", person: "sre-1", channel: "drillctl"))
    }

    @Test(
        "is given by a late script in its time though the page reached nobody",
        arguments: [
            (CommsCondition.channelDown, Int32(0)), (.normal, 1), (.delayed(.seconds(2)), 0),
        ])
    func scriptIsLate(comms: CommsCondition, channelStatus: Int32) {
        let plan = RunPlan.sample(availability: .late(.seconds(4)), comms: comms)
        var edges = SimulatedEdges(plan, in: World(channelStatus: channelStatus))
        _ = edges.runToTheEnd()
        let acks = edges.entries.compactMap { entry in
            if case .acked(_, let person, _) = entry.event { person } else { nil }
        }
        #expect(acks.first == "sre-1")
    }

    @Test("is refused the second time, naming the first")
    func refusesTwice() {
        var run = paged(availability: .present)
        _ = run.handle(.acked(page: "a", person: "sre-1", channel: "drillctl"), at: second(2))
        #expect(
            run.judgeAck(of: "a", by: "sre-1", channel: "drillctl", at: .sample(second(3)))
                == .ackRefused(
                    page: "a", person: "sre-1", reason: "page a was acknowledged by sre-1 already"))
    }

    @Test("of a page that comms hold back waits for the page, so that no TTA is negative")
    func waitsForLatePages() {
        var edges = SimulatedEdges(.sample(comms: .delayed(.seconds(3))))
        _ = edges.runToTheEnd()
        let order = edges.entries.compactMap { entry in
            switch entry.event {
            case .pageSent: "sent"
            case .acked: "acked"
            default: nil
            }
        }
        #expect(order == ["sent", "acked"])
    }

    @Test("of a page that the run does not have is nothing")
    func unknownPage() {
        let run = paged(availability: .present)
        #expect(
            run.judgeAck(of: "z", by: "sre-1", channel: "drillctl", at: .sample(second(2))) == nil)
    }

    private func second(_ count: Int64) -> BootInstant {
        BootInstant(microsecondsSinceBoot: count * 1_000_000)
    }

    /// A storm of which page a was sent to the primary at one second.
    private func paged(availability: Availability) -> DrillRun {
        let plan = RunPlan.storm(availability: availability)
        var run = DrillRun(plan: plan)
        let start = second(0)
        _ = run.handle(.opened(plan: plan), at: start)
        _ = run.handle(.phaseEntered(phase: .inject), at: start)
        _ = run.handle(.phaseEntered(phase: .respond), at: start)
        let sent = RunEvent.pageSent(
            page: "a", person: "sre-1", level: .primary,
            receipt: Receipt(channel: "pager", report: .exit(0)))
        _ = run.handle(sent, at: second(1))
        return run
    }
}
