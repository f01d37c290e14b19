import CalendarTime
import Drills
import Samples

extension RunPlan {
    /// A run whose steps people take, over two channels; every part can be replaced.
    static func attended(
        kind: Kind = .rollback, faults: [FaultPlan] = [.sample("latency", duration: .seconds(90))],
        responses: [Response] = [.sample(.rollback), .sample(.rollForward)],
        pages: [PagePlan] = [.sample("checkout")], probes: [Probe] = [.sample],
        abort: [HookCommand] = [HookCommand(hook: "hooks/errors-above", arguments: ["50%"])],
        availability: Availability = .present, comms: CommsCondition = .normal,
        channels: [Channel] = [.pager, .chat], roster: Roster = .full,
        duration: TimeSpan = .seconds(60), isAttended: Bool = true, ackExpiry: TimeSpan? = nil
    ) -> RunPlan {
        let sample = RunPlan.sample(
            kind: kind, abort: abort, availability: availability, comms: comms, duration: duration)
        return RunPlan(
            run: sample.run, drill: sample.drill, cycle: 1, kind: kind, tier: sample.tier,
            campaign: sample.campaign, scheduled: sample.scheduled, target: sample.target,
            technical: sample.technical, coordination: nil, title: sample.title,
            severity: sample.severity, objectives: sample.objectives, packet: sample.packet,
            faults: faults, probes: probes, responses: responses, pages: pages,
            channels: channels, roster: roster, duration: duration,
            ackDeadline: sample.ackDeadline, passScore: 4, mutation: sample.mutation,
            response: ResponsePlan(
                isAttended: isAttended, ackExpiry: ackExpiry, addresses: [], cadence: [],
                timeline: .fifteen, decisionLimit: .minutes(5), allClear: .minutes(15),
                revision: nil, evidencePlace: nil))
    }

    /// Three pages, of which the first comes twice and the last is noise.
    static func attendedStorm(
        comms: CommsCondition = .normal, channels: [Channel] = [.pager, .chat],
        duration: TimeSpan = .seconds(60), isAttended: Bool = true, ackExpiry: TimeSpan? = nil,
        responses: [Response] = []
    ) -> RunPlan {
        .attended(
            kind: .pageStorm, faults: [], responses: responses,
            pages: [
                .storm("a", after: 1, duplicates: 2), .storm("b", after: 2),
                .storm("c", after: 3, isNoise: true, resolveAfter: .seconds(4)),
            ], probes: [], abort: [], comms: comms, channels: channels, duration: duration,
            isAttended: isAttended, ackExpiry: ackExpiry)
    }
}

extension PagePlan {
    static func storm(
        _ name: PageName, after second: Int64, duplicates: Int = 0, isNoise: Bool = false,
        resolveAfter: TimeSpan? = nil
    ) -> PagePlan {
        PagePlan(
            name: name, summary: "checkout slow", after: .seconds(second), to: .primary,
            severity: .sev2, duplicates: duplicates, repeatEvery: .seconds(3), isNoise: isNoise,
            resolveAfter: resolveAfter)
    }
}

extension Channel {
    private static func sample(_ name: ChannelName, _ service: Service) -> Channel {
        Channel(
            name: name, service: service, timeout: .seconds(5), pagesPerMinute: 100, attempts: 3,
            routing: nil)
    }

    /// An Alertmanager, which forgets pages and knows those it was given twice.
    static let pager = sample(
        "pager",
        .alertmanager(Endpoint(url: "http://127.0.0.1:9093", key: nil, signingKey: nil)))
    /// A chat, which shows whatever it is given.
    static let chat = sample(
        "chat",
        .slack(Endpoint(url: "https://hooks.slack.com/services", key: nil, signingKey: nil)))
}

extension Roster {
    /// Every part has its person.
    static let full = Roster(
        commander: "lead-1", deputy: "lead-2", scoreOwner: "scorer-1", observers: ["observer-1"],
        onCall: [
            OnCall(level: .primary, person: "sre-1"), OnCall(level: .secondary, person: "sre-2"),
        ],
        lanes: [.injection: "sre-3", .response: "sre-1", .verification: "sre-2", .comms: "comms-1"])
}

extension ResponseAct {
    /// One user on one route in one region.
    static let scope = ResponseAct.confirmScope(Scope(users: .many, routes: .one, regions: .one))
    static let rollBack = ResponseAct.rollBack(outOfTurn: nil)
    static let clear = ResponseAct.clear(reason: "the probes pass")
    /// Says that a rollback would not help, so that the bleed may go on.
    static let investigate = ResponseAct.investigate(
        note: "the index is old", outOfTurn: .rollbackWouldNotStopIt)
    static let trace = ResponseAct.captureTrace(
        note: "trace 4f2a", outOfTurn: .rollbackWouldNotStopIt)
    static let status = ResponseAct.postStatus(text: "we are on it", outOfTurn: nil)
}
