import CalendarTime
import Drills
import Reports
import Samples

/// One closed drill, by what a trend reads of it.
struct SampleDrill {
    var kind = Kind.rollback
    var cycle: Int
    /// Seconds from the injection to mitigation, or to the replay's answer; nil if not reached.
    var seconds: Double?
    /// Seconds from the injection to the end of the response; nil if not reached.
    var resolve: Double?
    var stress = "none"
    var parent: Int?
    var name: DrillName?
    var campaign = "2027-Q1"
    var outcome = Outcome.completed
    var tier = Tier.service
    /// Whether anything was injected at all.
    var isInjected = true
    /// Whether the machine was restarted between injection and end.
    var isRestarted = false

    /// Tuesday 2027-01-05 14:00 in Berlin.
    static let start = WallInstant(microsecondsSinceEpoch: 1_799_154_000_000_000)

    var plan: RunPlan {
        let sample = RunPlan.sample(
            kind: kind, responses: [.sample(kind == .replay ? .replay : .rollback)])
        let name = name ?? DrillName(kind.rawValue)
        return RunPlan(
            run: RunID(drill: name, cycle: cycle), drill: name, cycle: cycle, kind: kind,
            tier: tier, campaign: campaign,
            scheduled: Self.start.advanced(byMicroseconds: Int64(cycle - 1) * 28 * 86_400_000_000),
            target: sample.target, technical: sample.technical, coordination: nil,
            title: sample.title, severity: .sev2,
            objectives: Objectives(
                detect: .seconds(30), mitigate: .minutes(4), resolve: .minutes(15),
                usersAffectedPerMinute: nil),
            packet: sample.packet, faults: sample.faults, probes: sample.probes,
            responses: sample.responses, pages: sample.pages, channels: [], roster: sample.roster,
            duration: .minutes(45), ackDeadline: .seconds(30), passScore: 4,
            mutation: RunPlan.MutationRecord(
                seed: 1,
                values: [
                    RunPlan.FactorValue(
                        factor: "owner", value: cycle % 2 == 0 ? "absent" : "present"),
                    RunPlan.FactorValue(factor: "stress", value: stress),
                ],
                parentCycle: parent, rationale: "a sample", ownerAvailability: .present,
                comms: .normal, dependencyClass: "auth", stress: stress))
    }

    var timeline: Timeline {
        var events: [(second: Double, event: RunEvent)] = [(0, .opened(plan: plan))]
        if isInjected {
            events.append(
                (1, .injectFinished(fault: "latency", outcome: .injected, report: .exit(0))))
        }
        if kind == .replay {
            events.append((1, .responseStarted(response: "replay", page: nil, person: "sre-1")))
        }
        if let seconds { events.append((1 + seconds, finish)) }
        if let resolve { events.append((1 + resolve, .resolved)) }
        let end = max(seconds ?? 0, resolve ?? 0, seconds == nil || resolve == nil ? 2_700 : 0)
        events.append((2 + end, .closed(outcome: outcome)))
        let entries = events.map { second, event in
            let micros = Int64((second * 1_000_000).rounded())
            let isAfter = isRestarted && second > 1
            return Timeline.Entry(
                at: Moment(
                    wall: plan.scheduled.advanced(byMicroseconds: micros),
                    boot: BootInstant(microsecondsSinceBoot: isAfter ? 5 : micros)),
                bootID: isAfter ? "b" : "a", event: event)
        }
        return Timeline(entries: entries)
    }

    private var finish: RunEvent {
        kind == .replay
            ? .responseFinished(response: "replay", page: nil, person: "sre-1", report: .exit(0))
            : .mitigated
    }
}

/// Histories that reports are made of.
enum SampleHistory {
    static let now = SampleDrill.start.advanced(byMicroseconds: 330 * 86_400_000_000)

    static func trend(_ drills: [SampleDrill], window: Int = 8) -> RunTrend {
        RunTrend(timelines: drills.map(\.timeline), window: window, now: now, zone: .utc)
    }

    /// Twelve rollbacks that become faster, three replays, one of them censored, no page storm.
    static let year: [SampleDrill] = rollbacks + replays

    private static let rollbacks: [SampleDrill] = [
        SampleDrill(cycle: 1, seconds: 402.4, resolve: 710),
        SampleDrill(cycle: 2, seconds: 371.2, resolve: 640, stress: "delayed-signal", parent: 1),
        SampleDrill(cycle: 3, seconds: 418.9, resolve: 702.5, stress: "partial-owners", parent: 1),
        SampleDrill(cycle: 4, seconds: 333.1, resolve: 655, stress: "none", parent: 2),
        SampleDrill(
            cycle: 5, resolve: nil, stress: "conflicting-requests", parent: 3,
            outcome: .censored(reason: "not resolved by the deadline")),
        SampleDrill(cycle: 6, seconds: 305.25, resolve: 540, stress: "delayed-signal", parent: 4),
        SampleDrill(cycle: 7, seconds: 12, outcome: .aborted(reason: "errors above 50%")),
        SampleDrill(cycle: 8, seconds: 246.7, resolve: 512, stress: "partial-owners", parent: 6),
        SampleDrill(cycle: 9, seconds: 262, resolve: 498, stress: "none", parent: 5),
        SampleDrill(
            cycle: 10, seconds: 201.3, resolve: 431, stress: "degraded-observability",
            parent: 8, isRestarted: true),
        SampleDrill(cycle: 11, seconds: 188.8, resolve: 402, stress: "delayed-signal", parent: 9),
        SampleDrill(cycle: 12, seconds: 171.5, resolve: 377, stress: "none", parent: 10),
    ]

    private static let replays: [SampleDrill] = [
        SampleDrill(kind: .replay, cycle: 1, seconds: 121, resolve: 300),
        SampleDrill(
            kind: .replay, cycle: 2, seconds: nil, resolve: nil, stress: "none", parent: 1,
            outcome: .censored(reason: "no answer")),
        SampleDrill(
            kind: .replay, cycle: 3, seconds: 95.5, resolve: 260, stress: "audit", parent: 1),
    ]
}
