import CalendarTime
import Drills
import Samples

extension RunPlan {
    /// A run whose steps people take, with everybody on its roster and updates promised.
    static func attended(
        faults: [FaultPlan] = [.sample("latency")],
        responses: [Response] = [.sample(.rollback)],
        pages: [PagePlan] = [.sample("checkout")],
        roster: Roster = .full,
        availability: Availability = .present,
        usersPerMinute: Int? = 60,
        response: ResponsePlan = .attended()
    ) -> RunPlan {
        RunPlan(
            run: RunID(drill: "sample", cycle: 1), drill: "sample", cycle: 1, kind: .rollback,
            tier: .service, campaign: "2027-Q1", scheduled: WallInstant(microsecondsSinceEpoch: 0),
            target: .sample, technical: "storm", coordination: nil, title: "A sample",
            severity: .sev2,
            objectives: Objectives(
                detect: .seconds(5), mitigate: .minutes(5), resolve: .minutes(15),
                usersAffectedPerMinute: usersPerMinute),
            packet: Packet(
                hypothesis: "h", trigger: "t", blastRadius: "b", abort: [],
                scoreOwner: "scorer-1", followUps: []),
            faults: faults, probes: [.sample], responses: responses, pages: pages, channels: [],
            roster: roster, duration: .minutes(60), ackDeadline: .minutes(2), passScore: 4,
            mutation: MutationRecord(
                seed: 1, values: [], parentCycle: nil, rationale: "first cycle",
                ownerAvailability: availability, comms: .normal, dependencyClass: "billing",
                stress: "none"),
            response: response)
    }
}

extension ResponsePlan {
    /// People take the steps; the limits are the usual ones.
    static func attended(
        _ isAttended: Bool = true, cadence: [Promise] = [], timeline: SessionTimeline = .fifteen,
        allClear: TimeSpan = .minutes(15)
    ) -> ResponsePlan {
        ResponsePlan(
            isAttended: isAttended, ackExpiry: nil, addresses: [], cadence: cadence,
            timeline: timeline, decisionLimit: .minutes(5), allClear: allClear, revision: nil,
            evidencePlace: nil)
    }
}

extension Roster {
    /// Every part has its person.
    static let full = Roster.with()

    /// A roster of which parts can be replaced.
    static func with(
        deputy: PersonName? = "deputy-1",
        lanes: [Lane: PersonName] = [
            .injection: "sre-3", .response: "sre-1", .verification: "sre-2", .comms: "comms-1",
        ]
    ) -> Roster {
        Roster(
            commander: "lead-1", deputy: deputy, scoreOwner: "scorer-1",
            observers: ["observer-1"],
            onCall: [
                OnCall(level: .primary, person: "sre-1"),
                OnCall(level: .secondary, person: "sre-2"),
            ], lanes: lanes)
    }
}

extension Decision {
    /// A decision that breaks no rule at the first checkpoint; every part can be replaced.
    static func sample(
        _ branch: Branch = .continueMitigation, rung: Rung? = .flagOff,
        whyNow: String = "errors grow", rejected: String = "waiting costs users",
        reversibility: String = "the flag goes on again",
        blastRadius: String = "checkout only",
        verification: String = "errors below 1%", confidence: Confidence = .medium,
        execution: PersonName = "sre-1", verificationOwner: PersonName = "sre-2",
        next: TimeSpan = .minutes(10)
    ) -> Decision {
        Decision(
            branch: branch, rung: rung, whyNow: whyNow, rejected: rejected,
            reversibility: reversibility, blastRadius: blastRadius, verification: verification,
            confidence: confidence, execution: execution, verificationOwner: verificationOwner,
            nextCheckpoint: next)
    }
}

extension Recommendation {
    /// A recommendation with its scores.
    static func sample(
        _ branch: Decision.Branch = .rollBack, rung: Decision.Rung? = .flagOff,
        why: String = "it began with the flag", reversibility: Int = 3, blastRadius: Int = 1,
        evidence: Int? = nil
    ) -> Recommendation {
        Recommendation(
            branch: branch, rung: rung, why: why, reversibility: reversibility,
            blastRadius: blastRadius, evidence: evidence)
    }
}

extension Handoff {
    /// A handoff with all its statements; every part can be replaced.
    static func sample(
        _ lane: Lane = .response, to person: PersonName = "sre-2",
        scopeBoundary: String = "checkout in one region",
        openUnknowns: String = "whether refunds are hit", next: TimeSpan = .minutes(10),
        rollbackTrigger: String = "errors above 20%"
    ) -> Handoff {
        Handoff(
            lane: lane, to: person, scopeBoundary: scopeBoundary, openUnknowns: openUnknowns,
            nextCheckpoint: next, rollbackTrigger: rollbackTrigger)
    }
}

extension EvidenceItem {
    /// The output of a command.
    static func sample(
        title: String = "errors by flag", content: String = "41%\nof checkouts\n",
        hash: String = String(repeating: "a", count: 64)
    ) -> EvidenceItem {
        EvidenceItem(
            title: title,
            source: .command(line: "errors --by flag", exitStatus: 0, microseconds: 5),
            content: content, bytes: Int64(content.utf8.count), hash: hash)
    }
}

extension Scope {
    static let small = Scope(users: .many, routes: .one, regions: .one)
}
