import CalendarTime
import Drills

extension SampleStorm {
    /// An event and when it came, in seconds from the beginning of the run.
    package typealias Step = (second: Double, event: RunEvent)

    /// The whole run.
    package static var timeline: Timeline { timeline(story) }

    /// A run of the plan with other events.
    package static func timeline(_ steps: [Step], of plan: RunPlan = plan) -> Timeline {
        let opened: [Step] = [(0, .opened(plan: plan))]
        let entries = (opened + steps).map { second, event in
            let micros = Int64((second * 1_000_000).rounded())
            return Timeline.Entry(
                at: Moment(
                    wall: WallInstant(microsecondsSinceEpoch: micros),
                    boot: BootInstant(microsecondsSinceBoot: micros + 100_000_000)),
                bootID: "a", event: event)
        }
        return Timeline(entries: entries)
    }

    /// Everything that happens, in order.
    package static var story: [Step] {
        (opening + paging + response + ending).sorted { $0.second < $1.second }
    }

    private static let opening: [Step] = [
        (0.2, .preChecked(check: .revision, passed: true, detail: "1.4.2")),
        (0.3, .preChecked(check: .rollbackPath, passed: true, detail: "hooks/rollback answers")),
        (0.4, .preChecked(check: .owners, passed: true, detail: "every lane has one")),
        (0.5, .phaseEntered(phase: .brief)),
        (1, .phaseEntered(phase: .inject)),
        (1, .ownerNamed(checkpoint: .inject, lane: .injection, person: "lead-2")),
        (10, .injectFinished(fault: "replication", outcome: .injected, report: .exit(0))),
        (10, .phaseEntered(phase: .respond)),
        (10, .ownerNamed(checkpoint: .respond, lane: .response, person: "sre-1")),
        (14, .detected(probe: "front")),
    ]

    private static let paging: [Step] =
        sent("db-lag", at: 10) + told("db-lag", "primary", at: 12.1)
        + sent("api-errors", at: 25) + told("api-errors", "primary", at: 27.1)
        + sent("api-latency", at: 40)
        + sent("queue-depth", at: 55) + told("queue-depth", "primary", at: 57.1)
        + sent("disk-fill", at: 70) + told("disk-fill", "primary", at: 72.1)
        + sent("search-index", at: 85) + told("search-index", "search-team", at: 87.1)
        + [
            (
                65,
                .pageRepeated(
                    page: "queue-depth", number: 1, receipt: receipt("pager", milliseconds: 9))
            ),
            (22, .acked(page: "db-lag", person: "sre-1", channel: "drillctl")),
            (41, .acked(page: "api-errors", person: "sre-1", channel: "console")),
            (42, .acked(page: "api-latency", person: "sre-1", channel: "console")),
            (85.4, .escalated(page: "queue-depth", from: "sre-1", to: "sre-2")),
            (97, .acked(page: "queue-depth", person: "sre-2", channel: "link")),
        ] + sent("queue-depth", to: "sre-2", .secondary, at: 85.5)
        + told("queue-depth", "secondary", at: 85.6)

    /// A page handed over to both channels.
    package static func sent(
        _ page: PageName, to person: PersonName = "sre-1", _ level: OnCallLevel = .primary,
        at second: Double
    ) -> [Step] {
        [
            (
                second,
                .pagePosting(
                    page: page, person: person, level: level, channels: ["pager", "chat"])
            )
        ]
            + zip(["pager", "chat"] as [ChannelName], [12, 140] as [Int64]).map { name, took in
                (
                    second + Double(took) / 1_000,
                    .pageSent(
                        page: page, person: person, level: level,
                        receipt: receipt(name, milliseconds: took))
                )
            }
    }

    /// The pager tells somebody.
    package static func told(
        _ page: PageName, _ receiver: String, at second: Double,
        _ status: Notification.Status = .firing
    ) -> [Step] {
        let notification = Notification(
            page: page, channel: "pager", receiver: receiver, status: status,
            delivery: "\(receiver)-\(page)-\(second)", person: nil)
        return [(second, .notified(notification: notification))]
    }

    /// A page that a channel took.
    package static func receipt(_ channel: ChannelName, milliseconds: Int64) -> Receipt {
        Receipt(
            channel: channel, verdict: .accepted, attempts: 1, microseconds: milliseconds * 1_000)
    }

    private static let response: [Step] = [
        (
            50,
            act(.confirmScope(Scope(users: .many, routes: .one, regions: .one)), by: "sre-1")
        ),
        (60, act(.rollBack(outOfTurn: nil), by: "sre-1")),
        (60.1, .responseStarted(response: "rollback", page: nil, person: "sre-1")),
        (
            75,
            .responseFinished(response: "rollback", page: nil, person: "sre-1", report: .exit(0))
        ),
        (
            100,
            act(.captureTrace(note: "trace 7f3a of the slow query", outOfTurn: nil), by: "sre-2")
        ),
        (
            110,
            act(
                .postStatus(text: "Some orders are slow; we roll back", outOfTurn: nil),
                by: "observer-2")
        ),
        (120, .checkpointOpened(number: 1, reason: "the first checkpoint is due")),
        (
            125,
            act(
                .addEvidence(
                    EvidenceItem(
                        title: "replication lag",
                        source: .command(line: "show-lag", exitStatus: 0, microseconds: 41_000),
                        content: "lag 2s\n", bytes: 7, hash: "9f86d081884c7d65")), by: "sre-2")
        ),
        (
            130,
            act(
                .changeSeverity(
                    SeverityChange(severity: .sev1, evidence: 1, why: "many users are harmed")),
                by: "lead-1")
        ),
        (140, act(.decide(decision), by: "lead-1")),
        (310, act(.sendUpdate(.internal, note: "lag is falling"), by: "observer-2")),
        (440, .checkpointOpened(number: 2, reason: "the time named at checkpoint 1 has come")),
        (615, .overran(overrun: .update(.stakeholder, number: 1), owner: "observer-2")),
        (
            630,
            act(
                .explainOverrun(
                    .update(.stakeholder, number: 1), reason: "the text waited for a review"),
                by: "observer-2")
        ),
        (740, .overran(overrun: .decision(checkpoint: 2), owner: "lead-2")),
        (
            760,
            act(
                .handOff(
                    Handoff(
                        lane: .response, to: "sre-2", scopeBoundary: "orders in one region",
                        openUnknowns: "why the replica stopped", nextCheckpoint: .minutes(5),
                        rollbackTrigger: "the lag grows again")), by: "sre-1")
        ),
    ]

    /// What the commander decided.
    package static let decision = Decision(
        branch: .rollBack, rung: .fullRollback, whyNow: "errors grow by 1% a minute",
        rejected: "switching the flag off: the flag does not cover writes",
        reversibility: "rolled forward again within 2min", blastRadius: "staging only",
        verification: "the probe front passes for 30s", confidence: .medium, execution: "sre-1",
        verificationOwner: "sre-2", nextCheckpoint: .minutes(5))

    private static let ending: [Step] =
        [
            (200, .mitigated), (780, act(.clear(reason: "no errors for 5min"), by: "lead-1")),
            (781, .phaseEntered(phase: .verify)),
            (781, .ownerNamed(checkpoint: .verify, lane: .verification, person: "sre-2")),
            (
                782,
                .revertFinished(
                    fault: "replication", outcome: .verified, attempt: 1, report: .exit(0))
            ),
            (782, .allReverted), (783, .steadyChecked(stage: .after, report: .exit(0))),
            (783, .probeFinished(probe: "front", stage: .after, report: .exit(0))),
            (784, .resolved),
            (785, .phaseEntered(phase: .debrief)),
            (785, .ownerNamed(checkpoint: .debrief, lane: .comms, person: "observer-2")),
            (
                786,
                .followUpAdded(
                    followUp: FollowUp(
                        owner: "sre-2", due: "2027-02-01", text: "page on a stopped replica"))
            ),
        ] + plan.pages.map { (780, .pageResolved(page: $0.name, reason: "all clear")) }
        + plan.pages.map { page in
            let receiver = page.team == nil ? "primary" : "search-team"
            return told(page.name, receiver, at: 790, .resolved)[0]
        } + [(800, .closed(outcome: .completed))]

    private static func act(_ act: ResponseAct, by person: PersonName) -> RunEvent {
        .acted(act: act, person: person, via: "console")
    }
}
