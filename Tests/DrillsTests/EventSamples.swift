import CalendarTime
import Drills
import Samples

/// At least one event of each case, and of each shape that a case can take.
enum EventSamples {
    static let all = course + pages + steps + command + ends

    static let course: [RunEvent] = [
        .opened(plan: .sample()), .phaseEntered(phase: .debrief),
        .probeFinished(probe: "front", stage: .before, report: .exit(0)),
        .steadyChecked(stage: .during, report: HookReport(.timedOut)),
        .injectFinished(fault: "f", outcome: .injected, report: .exit(0)),
        .injectFinished(fault: "f", outcome: .failed(reason: "it said no"), report: .exit(7)),
        .revertFinished(fault: "f", outcome: .verified, attempt: 1, report: .exit(0)),
        .abortChecked(condition: 0, report: .exit(1)),
        .detected(probe: "front"), .mitigated, .resolved, .allReverted,
    ]

    static let pages: [RunEvent] = [
        .pagePosting(page: "p", person: "sre-1", level: .primary, channels: ["am", "pager"]),
        .pageSent(page: "p", person: "sre-1", level: .primary, receipt: accepted),
        .pageSent(page: "p", person: "sre-1", level: .primary, receipt: rejected),
        .pageSent(page: "p", person: "sre-2", level: .secondary, receipt: lost),
        .pageSent(
            page: "p", person: "sre-1", level: .primary,
            receipt: Receipt(channel: nil, report: .exit(7))),
        .pageRepeated(page: "p", number: 2, receipt: accepted),
        .pageResolved(page: "p", reason: "its own end came"),
        .notified(notification: told(.firing, by: nil)),
        .notified(notification: told(.acknowledged, by: "sre-1")),
        .pageWithheld(page: "p", person: "sre-1", reason: "the channel is down"),
        .acked(page: "p", person: "sre-1", channel: "drillctl"),
        .ackRefused(page: "p", person: "sre-2", reason: "another login"),
        .ackExpired(page: "p", person: "sre-1"),
        .escalated(page: "p", from: "sre-1", to: "sre-2"),
    ]

    static let steps: [RunEvent] = [
        .responseStarted(response: "rollback", page: nil, person: "sre-1"),
        .responseFinished(response: "ack", page: "p", person: "sre-1", report: .exit(0)),
        .ownerNamed(checkpoint: .respond, lane: .comms, person: "sre-2"),
        .followUpAdded(
            followUp: FollowUp(owner: "sre-1", due: "2027-02-01", text: "add an alert")),
    ]

    static let command: [RunEvent] =
        [
            .preChecked(check: .revision, passed: true, detail: "1.4.2 is the last good one"),
            .preChecked(check: .rollbackPath, passed: false, detail: "hooks/back is missing"),
            .preChecked(check: .owners, passed: nil, detail: "nobody is asked"),
            .preChecked(check: .evidencePlace, passed: nil, detail: "Evidence= is not set"),
            .checkpointOpened(number: 1, reason: "the scope is known"),
        ]
        + acts.map { .acted(act: $0, person: "lead-1", via: "console") }
        + [
            .actRefused(act: .replay, person: "sre-1", reason: "no trace was captured"),
            .actRefused(
                act: .confirmScope(Scope(users: .one, routes: .one, regions: .one)),
                person: "sre-2", reason: "page p is not acknowledged"),
        ]
        + overruns.enumerated().map { index, overrun in
            .overran(overrun: overrun, owner: index == 0 ? nil : "lead-1")
        }

    static let acts: [ResponseAct] =
        [
            .confirmScope(Scope(users: .many, routes: .one, regions: .many)),
            .rollBack(outOfTurn: nil), .rollBack(outOfTurn: .asymmetricSeverity),
            .captureTrace(note: "trace 7 in the archive", outOfTurn: nil),
            .postStatus(text: "checkout is slow", outOfTurn: .dataCorruption),
            .investigate(note: "the pool is full", outOfTurn: .rollbackWouldNotStopIt),
            .replay, .clear(reason: "all probes are green for 5min"),
            .decide(decision(rung: .fullRollback)), .decide(decision(rung: nil)),
            .recommend(recommendation(evidence: 1)), .recommend(recommendation(evidence: nil)),
            .handOff(
                Handoff(
                    lane: .response, to: "sre-2", scopeBoundary: "checkout only",
                    openUnknowns: "whether refunds are hit", nextCheckpoint: .minutes(10),
                    rollbackTrigger: "errors above 5%")),
            .ownLane(.comms, owner: "sre-2"),
            .changeSeverity(SeverityChange(severity: .sev1, evidence: 2, why: "refunds too")),
            .sendUpdate(.stakeholder, note: ""), .sendUpdate(.internal, note: "second page"),
            .explainOverrun(.update(.internal, number: 2), reason: "comms was busy"),
        ] + evidence.map { .addEvidence($0) }

    static let overruns: [Overrun] = [
        .decision(checkpoint: 1), .update(.leadership, number: 3), .stretch(.mitigate),
        .reassessment(checkpoint: 2), .allClear,
    ]

    static let ends: [RunEvent] = [
        .abortRequested(by: "lead-1", reason: "too hot"),
        .haltPulled(by: "lead-1", reason: "real incident"),
        .interrupted(reason: "the machine was restarted"), .noted(text: "hello"),
        .resumed(reason: "drilld was started again in the same boot"),
        .closed(outcome: .leaked(faults: ["f", "g"])), .closed(outcome: .completed),
    ]
}

// The parts of them.
extension EventSamples {
    private static let accepted = Receipt(
        channel: "am", verdict: .accepted, attempts: 1, microseconds: 3_000, reference: "abc")
    private static let rejected = Receipt(
        channel: "duty", verdict: .rejected(reason: "400 Bad Request"), attempts: 1,
        microseconds: 9)
    private static let lost = Receipt(
        channel: "topic", verdict: .lost(reason: "no answer within 10s"), attempts: 5,
        microseconds: 50_000_000)

    private static func told(_ status: Notification.Status, by person: String?) -> Notification {
        Notification(
            page: "p", channel: "am", receiver: "primary", status: status, delivery: "d-1",
            person: person)
    }

    private static func decision(rung: Decision.Rung?) -> Decision {
        Decision(
            branch: rung == nil ? .escalateAndPause : .rollBack, rung: rung,
            whyNow: "errors double each minute", rejected: "waiting for the vendor",
            reversibility: "roll forward takes 2min", blastRadius: "checkout only",
            verification: "p95 below 300ms for 5min", confidence: .medium, execution: "sre-1",
            verificationOwner: "sre-2", nextCheckpoint: .minutes(5))
    }

    private static func recommendation(evidence: Int?) -> Recommendation {
        Recommendation(
            branch: .continueMitigation, rung: evidence == nil ? nil : .flagOff,
            why: "the flag is new", reversibility: 3, blastRadius: 1, evidence: evidence)
    }

    private static let evidence = [
        EvidenceItem(
            title: "pool", source: .command(line: "pgpool", exitStatus: 1, microseconds: 400),
            content: "full\n", bytes: 5, hash: "ab"),
        EvidenceItem(
            title: "log", source: .file(path: "/srv/shop/log"), content: "late\n", bytes: 5,
            hash: "cd"),
        EvidenceItem(
            title: "panel", source: .address(url: "https://example.org/d/1"), content: "",
            bytes: 0, hash: "ef"),
    ]
}

extension RunEvent {
    /// The name under which it is recorded. A new event belongs here and into ``EventSamples``.
    var caseName: String {
        switch self {
        case .opened: "opened"
        case .phaseEntered: "phaseEntered"
        case .probeFinished: "probeFinished"
        case .steadyChecked: "steadyChecked"
        case .injectFinished: "injectFinished"
        case .revertFinished: "revertFinished"
        case .abortChecked: "abortChecked"
        case .pagePosting: "pagePosting"
        case .pageSent: "pageSent"
        case .pageRepeated: "pageRepeated"
        case .pageResolved: "pageResolved"
        case .notified: "notified"
        case .pageWithheld: "pageWithheld"
        case .acked: "acked"
        case .ackRefused: "ackRefused"
        case .ackExpired: "ackExpired"
        case .escalated: "escalated"
        case .responseStarted: "responseStarted"
        case .responseFinished: "responseFinished"
        case .detected: "detected"
        case .mitigated: "mitigated"
        case .resolved: "resolved"
        case .allReverted: "allReverted"
        case .ownerNamed: "ownerNamed"
        case .followUpAdded: "followUpAdded"
        case .preChecked: "preChecked"
        case .acted: "acted"
        case .actRefused: "actRefused"
        case .checkpointOpened: "checkpointOpened"
        case .overran: "overran"
        case .abortRequested: "abortRequested"
        case .haltPulled: "haltPulled"
        case .interrupted: "interrupted"
        case .noted: "noted"
        case .resumed: "resumed"
        case .closed: "closed"
        }
    }
}
