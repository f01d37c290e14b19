import CalendarTime
import Drills
import Samples

extension RunPlan {
    /// A run of a few pages to sre-1, then sre-2, with five seconds to acknowledge; every part can be replaced.
    static func onCall(
        pages: [PagePlan] = [.sample("a")], probes: [Probe] = [],
        availability: Availability = .present, comms: CommsCondition = .normal,
        secondary: Bool = true, ackExpiry: TimeSpan? = nil
    ) -> RunPlan {
        let people = [
            OnCall(level: .primary, person: "sre-1"), OnCall(level: .secondary, person: "sre-2"),
        ]
        let sample = RunPlan.sample(
            pages: pages, probes: probes, availability: availability, comms: comms,
            onCall: secondary ? people : Array(people.prefix(1)))
        return RunPlan(
            run: sample.run, drill: sample.drill, cycle: 1, kind: .pageStorm, tier: sample.tier,
            campaign: sample.campaign, scheduled: sample.scheduled, target: sample.target,
            technical: sample.technical, coordination: nil, title: sample.title,
            severity: sample.severity, objectives: sample.objectives, packet: sample.packet,
            faults: [], probes: probes, responses: [], pages: pages, channels: [],
            roster: sample.roster, duration: sample.duration, ackDeadline: sample.ackDeadline,
            passScore: 4, mutation: sample.mutation,
            response: ResponsePlan(
                isAttended: true, ackExpiry: ackExpiry, addresses: [], cadence: [],
                timeline: .fifteen, decisionLimit: .minutes(5), allClear: .minutes(15),
                revision: nil, evidencePlace: nil))
    }
}

extension PagePlan {
    /// A page that nobody has to acknowledge.
    static let ofNoise = PagePlan(
        name: "noise", summary: "disk 71%", after: .zero, to: .primary, severity: .sev3,
        isNoise: true)
    /// A page of another team.
    static let ofAnotherTeam = PagePlan(
        name: "foreign", summary: "index is old", after: .zero, to: .primary, severity: .sev2,
        team: "search")
}

/// What one channel, called pager or chat, says about a page.
extension RunEvent {
    static func posting(
        _ page: PageName = "a", to person: PersonName = "sre-1",
        over channels: [ChannelName] = ["pager", "chat"]
    ) -> RunEvent {
        .pagePosting(
            page: page, person: person, level: person == "sre-2" ? .secondary : .primary,
            channels: channels)
    }

    static func sent(
        _ page: PageName = "a", to person: PersonName = "sre-1", over channel: ChannelName,
        _ verdict: Receipt.Verdict = .accepted
    ) -> RunEvent {
        .pageSent(
            page: page, person: person, level: person == "sre-2" ? .secondary : .primary,
            receipt: Receipt(channel: channel, verdict: verdict, attempts: 1, microseconds: 5))
    }
}
