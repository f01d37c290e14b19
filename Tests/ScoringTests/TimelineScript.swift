import CalendarTime
import Drills
import Samples

/// A timeline written as seconds and events; a second boot begins at the entry that names it.
extension Timeline {
    static func script(
        _ plan: RunPlan, _ events: [(second: Double, event: RunEvent)], rebootBefore cut: Int? = nil
    ) -> Timeline {
        let opened: [(second: Double, event: RunEvent)] = [(0, .opened(plan: plan))]
        let entries = (opened + events).enumerated().map { index, step in
            let wall = WallInstant(microsecondsSinceEpoch: Int64(step.second * 1_000_000))
            let isAfter = cut.map { index >= $0 } ?? false
            let boot = BootInstant(
                microsecondsSinceBoot: isAfter ? 5 : wall.microsecondsSinceEpoch + 100_000_000)
            return Entry(
                at: Moment(wall: wall, boot: boot), bootID: isAfter ? "b" : "a", event: step.event)
        }
        return Timeline(entries: entries)
    }

    /// A rollback that went as it should.
    static let good = script(.sample(), goodEvents)

    static let goodEvents: [(second: Double, event: RunEvent)] = [
        (1, .phaseEntered(phase: .inject)),
        (1, .ownerNamed(checkpoint: .inject, lane: .injection, person: "lead-2")),
        (2, .injectFinished(fault: "latency", outcome: .injected, report: .exit(0))),
        (2, .phaseEntered(phase: .respond)),
        (2, .ownerNamed(checkpoint: .respond, lane: .response, person: "sre-1")),
        (4, .detected(probe: "front")),
        (
            5,
            .pageSent(
                page: "checkout", person: "sre-1", level: .primary,
                receipt: Receipt(channel: "pager", report: .exit(0)))
        ),
        (9, .acked(page: "checkout", person: "sre-1", channel: "drillctl")),
        (10, .responseStarted(response: "rollback", page: nil, person: "sre-1")),
        (
            12,
            .responseFinished(
                response: "rollback", page: nil, person: "sre-1", report: .exit(0))
        ),
        (16, .mitigated),
        (16, .phaseEntered(phase: .verify)),
        (16, .ownerNamed(checkpoint: .verify, lane: .verification, person: "sre-2")),
        (18, .revertFinished(fault: "latency", outcome: .verified, attempt: 1, report: .exit(0))),
        (18, .allReverted),
        (19, .steadyChecked(stage: .after, report: .exit(0))),
        (19, .probeFinished(probe: "front", stage: .after, report: .exit(0))),
        (20, .resolved),
        (20, .phaseEntered(phase: .debrief)),
        (20, .ownerNamed(checkpoint: .debrief, lane: .comms, person: "lead-2")),
        (
            20,
            .followUpAdded(
                followUp: FollowUp(owner: "sre-1", due: "2027-02-01", text: "add an alert"))
        ),
        (21, .closed(outcome: .completed)),
    ]

    /// The good run without the events that match.
    static func good(
        without drops: (RunEvent) -> Bool, adding extra: [(second: Double, event: RunEvent)] = []
    ) -> Timeline {
        let kept = goodEvents.filter { !drops($0.event) }
        return script(.sample(), (kept + extra).sorted { $0.second < $1.second })
    }
}
