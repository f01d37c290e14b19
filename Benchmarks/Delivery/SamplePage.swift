import CalendarTime
import Drills

/// A page as a storm sends it.
func samplePage() -> PageMessage {
    let target = Target(
        name: "shop", environment: "staging", allow: [], steady: HookCommand(hook: "hooks/healthy"),
        marker: nil, root: nil, url: nil)
    let plan = RunPlan(
        run: RunID(drill: "storm", cycle: 1), drill: "storm", cycle: 1, kind: .pageStorm,
        tier: .service, campaign: "2027-Q1", scheduled: WallInstant(microsecondsSinceEpoch: 0),
        target: target, technical: "storm", coordination: nil, title: "A storm", severity: .sev2,
        objectives: Objectives(
            detect: .seconds(5), mitigate: .seconds(30), resolve: .minutes(15),
            usersAffectedPerMinute: 10),
        packet: Packet(
            hypothesis: "h", trigger: "t", blastRadius: "b", abort: [], scoreOwner: "observer-1",
            followUps: []),
        faults: [], probes: [], responses: [], pages: [], channels: [],
        roster: Roster(
            commander: "lead-1", deputy: nil, scoreOwner: "observer-1", observers: [],
            onCall: [OnCall(level: .primary, person: "sre-1")], lanes: [:]),
        duration: .minutes(15), ackDeadline: .minutes(2), passScore: 4,
        mutation: RunPlan.MutationRecord(
            seed: 1, values: [], parentCycle: nil, rationale: "first cycle",
            ownerAvailability: .present, comms: .normal, dependencyClass: "auth", stress: "none"))
    let page = PagePlan(
        name: "replication-lag", summary: "replica 2 of db is 40 s behind", after: .zero,
        to: .primary, severity: .sev2, labels: [.init(name: "service", value: "db")])
    return PageMessage(
        page, of: plan, to: "sre-1", level: .primary, over: "sink",
        link: "https://drills.example/ack/token")
}
