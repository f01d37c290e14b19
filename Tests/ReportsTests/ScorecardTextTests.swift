import CalendarTime
import Drills
import Reports
import Samples
import Scoring
import Testing

@Suite("The text of a scorecard")
struct ScorecardTextTests {
    @Test(
        "reads as recorded",
        arguments: ["good", "censored", "leaked", "not-started", "storm", "bad-storm"])
    func golden(name: String) throws {
        let timeline = try #require(ScorecardSamples.all[name])
        let card = try #require(Scorecard(timeline))
        try expectGolden(
            ScorecardText(card, timeline: timeline).text, "scorecard-\(name).txt")
    }

    @Test("shows each conflict where it was decided, and at the end the one that was not")
    func conflicts() throws {
        let timeline = SampleStorm.conflicted
        let card = try #require(Scorecard(timeline))
        let text = ScorecardText(card, timeline: timeline).text
        let decisions = text.split(separator: "Decisions\n").last ?? ""
        try expectGolden(
            "Decisions\n" + (decisions.split(separator: "Process debt").first ?? ""),
            "decisions-conflict.txt")
    }

    @Test("says of damage without pages what it is compared with, or why it cannot be")
    func damageWithoutPages() throws {
        let sample = RunPlan.sample(pages: [])
        let injected: [SampleStorm.Step] = [
            (10, .injectFinished(fault: "latency", outcome: .injected, report: .exit(0))),
            (10, .phaseEntered(phase: .respond)), (16, .detected(probe: "front")),
        ]
        let closed: [SampleStorm.Step] = [(800, .closed(outcome: .completed))]
        let rollback: [SampleStorm.Step] = [
            (60, .responseStarted(response: "rollback", page: nil, person: "sre-1")),
            (
                70,
                .responseFinished(
                    response: "rollback", page: nil, person: "sre-1", report: .exit(0))
            ),
        ]
        func text(_ steps: [SampleStorm.Step]) throws -> String {
            let timeline = SampleStorm.timeline(steps, of: sample.attended)
            let card = try #require(Scorecard(timeline))
            return ScorecardText(card, timeline: timeline).onOneLine
        }
        #expect(
            try text(injected + closed).contains(
                "bleed stopped first: cannot be told without a rollback that stopped it"))
        #expect(try text(injected + closed).contains("and nothing stopped it before the end"))
        #expect(
            try text(injected + rollback + closed).contains(
                """
                bleed stopped first: 2 users with the rollback right after detection and scope, \
                8 fewer
                """))
    }

    @Test("says of damage across a restart which clock measured it")
    func damageAcrossARestart() throws {
        let steps: [SampleStorm.Step] = SampleStorm.story.filter { $0.second < 60 }
        let before = SampleStorm.timeline(steps)
        let end = Timeline.Entry(
            at: Moment(
                wall: WallInstant(microsecondsSinceEpoch: 130_000_000),
                boot: BootInstant(microsecondsSinceBoot: 5)), bootID: "b",
            event: .closed(outcome: .aborted(reason: "the machine was restarted")))
        let timeline = Timeline(entries: before.entries + [end])
        let card = try #require(Scorecard(timeline))
        #expect(
            ScorecardText(card, timeline: timeline).onOneLine.contains(
                """
                as it went: 240 users: 120 a minute for 2min, and nothing stopped it before the \
                end, measured on the wall clock across a restart
                """))
    }

    @Test("explains an escalation that drilld itself held back")
    func heldBack() throws {
        let withheld = RunEvent.pageWithheld(
            page: "queue-depth", person: "sre-2", reason: "comms are delayed by 3s in this cycle")
        let steps = SampleStorm.story + [(85.45, withheld)]
        let timeline = SampleStorm.timeline(
            steps.sorted { $0.second < $1.second }, of: SampleStorm.plan.delayed)
        let card = try #require(Scorecard(timeline))
        let text = ScorecardText(card, timeline: timeline).onOneLine
        let words = "drilld held the page back for 3s, as comms are delayed in this cycle"
        #expect(text.contains("within; " + words))
        #expect(text.contains(" escalation: " + words))
    }

    @Test("says that an evidence number is not in the timeline it was given")
    func foreignTimeline() throws {
        let good = try #require(ScorecardSamples.all["good"])
        let card = try #require(Scorecard(good))
        let text = ScorecardText(card, timeline: Timeline(entries: [])).text
        #expect(text.contains("#4 is not in the timeline"))
    }
}

extension ScorecardText {
    /// The text wherever its lines are broken.
    fileprivate var onOneLine: String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension RunPlan {
    /// The same plan, answered by people.
    fileprivate var attended: RunPlan { with(mutation: mutation, SampleStorm.plan.response) }

    /// The same plan in a cycle that delays comms.
    fileprivate var delayed: RunPlan {
        with(
            mutation: MutationRecord(
                seed: 1, values: [], parentCycle: nil, rationale: "r", ownerAvailability: .present,
                comms: .delayed(.seconds(3)), dependencyClass: "auth", stress: "none"), response)
    }

    private func with(mutation: MutationRecord, _ response: ResponsePlan) -> RunPlan {
        RunPlan(
            run: run, drill: drill, cycle: cycle, kind: kind, tier: tier, campaign: campaign,
            scheduled: scheduled, target: target, technical: technical, coordination: coordination,
            title: title, severity: severity, objectives: objectives, packet: packet,
            faults: faults, probes: probes, responses: responses, pages: pages,
            channels: channels, roster: roster, duration: duration, ackDeadline: ackDeadline,
            passScore: passScore, mutation: mutation, response: response)
    }
}

/// Timelines whose scorecards are recorded.
enum ScorecardSamples {
    static let all: [String: Timeline] = [
        "good": timeline(good + [(21, .closed(outcome: .completed))]),
        "censored": timeline(
            Array(good.prefix(9)) + [
                (243.004, .closed(outcome: .censored(reason: "not resolved by the deadline")))
            ], restartBefore: 8),
        "leaked": timeline(
            Array(good.prefix(5)) + [
                (
                    30,
                    .revertFinished(
                        fault: "latency", outcome: .failed(reason: "the fingerprint differs"),
                        attempt: 3, report: .exit(1))
                ), (31, .closed(outcome: .leaked(faults: ["latency"]))),
            ]),
        "storm": SampleStorm.timeline,
        "bad-storm": SampleStorm.timeline(badStorm),
        "not-started": timeline([
            (0.5, .steadyChecked(stage: .before, report: .exit(1))),
            (0.6, .closed(outcome: .notStarted(reason: "the steady state was bad before"))),
        ]),
    ]

    private static let good: [(second: Double, event: RunEvent)] = [
        (1, .phaseEntered(phase: .inject)),
        (1, .ownerNamed(checkpoint: .inject, lane: .injection, person: "lead-2")),
        (2, .injectFinished(fault: "latency", outcome: .injected, report: .exit(0))),
        (2, .phaseEntered(phase: .respond)),
        (2, .ownerNamed(checkpoint: .respond, lane: .response, person: "sre-1")),
        (4.25, .detected(probe: "front")),
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
            .responseFinished(response: "rollback", page: nil, person: "sre-1", report: .exit(0))
        ),
        (16, .mitigated), (16, .phaseEntered(phase: .verify)),
        (16, .ownerNamed(checkpoint: .verify, lane: .verification, person: "sre-2")),
        (18, .revertFinished(fault: "latency", outcome: .verified, attempt: 1, report: .exit(0))),
        (18, .allReverted), (19, .steadyChecked(stage: .after, report: .exit(0))),
        (19, .probeFinished(probe: "front", stage: .after, report: .exit(0))), (20, .resolved),
        (20, .phaseEntered(phase: .debrief)),
        (20, .ownerNamed(checkpoint: .debrief, lane: .comms, person: "lead-2")),
    ]

    /// One page is lost, one goes astray, one is doubled, one comes late, and nobody is paged next.
    private static let badStorm: [SampleStorm.Step] =
        [(1, .phaseEntered(phase: .respond))] + SampleStorm.sent("db-lag", at: 10)
        + SampleStorm.sent("api-errors", at: 25)
        + SampleStorm.told("api-errors", "search-team", at: 27.1)
        + SampleStorm.sent("queue-depth", at: 55)
        + SampleStorm.told("queue-depth", "primary", at: 57.1)
        + SampleStorm.told("queue-depth", "primary", at: 58.1)
        + SampleStorm.sent("disk-fill", at: 70)
        + SampleStorm.told("disk-fill", "primary", at: 95)
        + [
            (
                99,
                .acted(
                    act: .captureTrace(note: "7f3a", outOfTurn: .asymmetricSeverity),
                    person: "sre-2", via: "console")
            )
        ]
        + [(1_000, .closed(outcome: .censored(reason: "not resolved by the deadline")))]

    private static func timeline(
        _ events: [(second: Double, event: RunEvent)], restartBefore cut: Int? = nil
    ) -> Timeline {
        let all: [(second: Double, event: RunEvent)] = [(0, .opened(plan: .sample()))] + events
        let entries = all.enumerated().map { index, step in
            let wall = WallInstant(microsecondsSinceEpoch: Int64(step.second * 1_000_000))
            let isAfter = cut.map { index >= $0 } ?? false
            let boot = BootInstant(
                microsecondsSinceBoot: isAfter ? 5 : wall.microsecondsSinceEpoch + 100_000_000)
            return Timeline.Entry(
                at: Moment(wall: wall, boot: boot), bootID: isAfter ? "b" : "a", event: step.event)
        }
        return Timeline(entries: entries)
    }
}
