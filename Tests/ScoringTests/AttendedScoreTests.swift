import CalendarTime
import Drills
import Samples
import Scoring
import Testing

@Suite("The score of an attended run")
struct AttendedScoreTests {
    private func verdict(
        _ criterion: Scorecard.Criterion, _ steps: [SampleStorm.Step]
    ) throws -> Scorecard.Row {
        let card = try #require(Scorecard(SampleStorm.timeline(steps)))
        return try #require(card.rows.first { $0.criterion == criterion })
    }

    private static func isDecision(_ event: RunEvent) -> Bool {
        if case .acted(.decide, _, _) = event { true } else { false }
    }

    private static let oneCheckpoint = SampleStorm.story.filter {
        if case .checkpointOpened(2, _) = $0.event { false } else { true }
    }

    @Test("gives ownership only when each opened checkpoint has its decision")
    func ownership() throws {
        let missed = try verdict(.ownership, SampleStorm.story)
        #expect(missed.verdict == .missed("no decision at checkpoint 2"))
        let shown = try verdict(.ownership, Self.oneCheckpoint)
        #expect(shown.verdict == .shown("an owner at each of 4 checkpoints, 1 decision"))
        #expect(shown.evidence.count == 6)
    }

    @Test("does not take a decision at one checkpoint for that of another")
    func eachItsOwn() throws {
        let decision = try #require(SampleStorm.story.first { Self.isDecision($0.event) })
        let both = SampleStorm.story + [(450, decision.event)]
        let shown = try verdict(.ownership, both.sorted { $0.second < $1.second })
        #expect(shown.verdict == .shown("an owner at each of 4 checkpoints, 2 decisions"))
    }

    @Test("looks at what was decided on at L1")
    func lowConfidence() throws {
        let shown = try verdict(.reversibility, SampleStorm.story)
        #expect(shown.verdict == .shown("1 fault verified as reverted"))
        #expect(shown.evidence.count == 3)
        let rash =
            Self.oneCheckpoint.filter { !Self.isDecision($0.event) }
            + [(140, .acted(act: .decide(SampleStorm.patchAtL1), person: "lead-1", via: "console"))]
        let missed = try verdict(.reversibility, rash.sorted { $0.second < $1.second })
        #expect(missed.verdict == .missed("decided at L1 on what cannot be undone"))
    }

    @Test(
        "has a milestone for each step that people took",
        arguments: [
            (Milestone.scoped, 50.0), (.rollbackStarted, 60), (.rolledBack, 75),
            (.statusPosted, 110),
        ])
    func milestones(milestone: Milestone, second: Double) throws {
        let stamp = try #require(Milestones(SampleStorm.timeline)[milestone])
        #expect(Double(stamp.wall.microsecondsSinceEpoch) / 1_000_000 == second)
    }

    @Test("has a trace when the scenario's step brought one, or a person where there is no step")
    func trace() throws {
        #expect(Milestones(SampleStorm.timeline)[.traceCaptured] == nil)
        let plan = RunPlan.sample()
        let act = RunEvent.acted(
            act: .captureTrace(note: "7f3a", outOfTurn: nil), person: "sre-1", via: "console")
        #expect(Milestones(SampleStorm.timeline([(5, act)], of: plan))[.traceCaptured] != nil)
    }
}

extension AttendedScoreTests {
    @Test("has a status when the scenario's step posted it, or a person where there is no step")
    func status() throws {
        let act = RunEvent.acted(
            act: .postStatus(text: "slow", outOfTurn: nil), person: "sre-1", via: "console")
        let scripted = RunPlan.sample(responses: [.sample(.status)])
        let finished = { (status: Int32) in
            RunEvent.responseFinished(
                response: "status", page: nil, person: "sre-1", report: .exit(status))
        }
        let tries: [SampleStorm.Step] = [(5, act), (6, finished(1))]
        #expect(Milestones(SampleStorm.timeline(tries, of: scripted))[.statusPosted] == nil)
        let posted = SampleStorm.timeline(tries + [(9, finished(0))], of: scripted)
        #expect(Milestones(posted)[.statusPosted]?.wall.microsecondsSinceEpoch == 9_000_000)
        #expect(
            Milestones(SampleStorm.timeline([(5, act)], of: .sample()))[.statusPosted] != nil)
    }
}

extension SampleStorm {
    /// A decision that nobody may take with so little confidence.
    fileprivate static let patchAtL1 = Decision(
        branch: .continueMitigation, rung: .boundedPatch, whyNow: "w", rejected: "flag-off",
        reversibility: "r", blastRadius: "b", verification: "v", confidence: .low,
        execution: "sre-1", verificationOwner: "sre-2", nextCheckpoint: .minutes(5))
}
