import CalendarTime
import Drills

/// Plans small enough to read, shared by the tests of the pure stages.
extension RunPlan {
    /// A run of one kind against a small target; every part can be replaced.
    package static func sample(
        kind: Kind = .rollback,
        faults: [FaultPlan] = [.sample("latency")],
        responses: [Response] = [.sample(.ack), .sample(.rollback)],
        pages: [PagePlan] = [.sample("checkout")],
        abort: [HookCommand] = [HookCommand(hook: "hooks/errors-above", arguments: ["50%"])],
        probes: [Probe] = [.sample],
        availability: Availability = .present,
        comms: CommsCondition = .normal,
        onCall: [OnCall] = [
            OnCall(level: .primary, person: "sre-1"), OnCall(level: .secondary, person: "sre-2"),
        ],
        duration: TimeSpan = .seconds(60)
    ) -> RunPlan {
        RunPlan(
            run: RunID(drill: "sample", cycle: 1), drill: "sample", cycle: 1, kind: kind,
            tier: .service, campaign: "2027-Q1", scheduled: WallInstant(microsecondsSinceEpoch: 0),
            target: .sample, technical: "storm", coordination: nil, title: "A sample",
            severity: .sev2,
            objectives: Objectives(
                detect: .seconds(5), mitigate: .seconds(30), resolve: .minutes(15),
                usersAffectedPerMinute: 10),
            packet: Packet(
                hypothesis: "h", trigger: "t", blastRadius: "b", abort: abort,
                scoreOwner: "observer-1",
                followUps: [FollowUp(owner: "sre-1", due: "2027-02-01", text: "add an alert")]),
            faults: faults, probes: probes, responses: responses, pages: pages, channels: [],
            roster: Roster(
                commander: "lead-1", deputy: nil, scoreOwner: "observer-1", observers: [],
                onCall: onCall, lanes: [.response: "sre-1", .verification: "sre-2"]),
            duration: duration, ackDeadline: .seconds(5), passScore: 4,
            mutation: MutationRecord(
                seed: 1, values: [], parentCycle: nil, rationale: "first cycle",
                ownerAvailability: availability, comms: comms, dependencyClass: "auth",
                stress: "none"))
    }
}

extension Target {
    /// A target with nothing but a steady-state hook.
    package static let sample = Target(
        name: "shop", environment: "staging", allow: [], steady: HookCommand(hook: "hooks/healthy"),
        marker: nil, root: nil, url: nil)
}

extension Probe {
    /// Asked each second, held for three.
    package static let sample = Probe(
        name: "front", command: HookCommand(hook: "hooks/healthy"), every: .seconds(1),
        hold: .seconds(3), timeout: .seconds(1))
}

extension FaultPlan {
    /// A fault of a name.
    package static func sample(
        _ name: FaultName, start: TimeSpan = .zero, duration: TimeSpan = .seconds(30)
    )
        -> FaultPlan
    {
        FaultPlan(
            name: name, hook: HookCommand(hook: "hooks/\(name)"), parameters: [], start: start,
            duration: duration, touches: [], outlivesDaemon: false)
    }
}

extension PagePlan {
    /// A page of a name to the primary.
    package static func sample(_ name: PageName, after: TimeSpan = .seconds(1)) -> PagePlan {
        PagePlan(name: name, summary: "checkout slow", after: after, to: .primary, severity: .sev2)
    }
}

extension Response {
    /// A scripted step named after what it does.
    package static func sample(_ step: Step) -> Response {
        Response(
            name: Name(step.rawValue), step: step,
            command: HookCommand(hook: "hooks/\(step.rawValue)"), parameters: [],
            target: .seconds(120), timeout: .seconds(30))
    }
}

extension HookReport {
    /// A hook that exited and wrote nothing.
    package static func exit(_ status: Int32) -> HookReport { HookReport(.exited(status: status)) }
}
