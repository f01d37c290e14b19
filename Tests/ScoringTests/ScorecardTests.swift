import CalendarTime
import Drills
import Samples
import Scoring
import Testing

@Suite("A scorecard")
struct ScorecardTests {
    @Test("gives five points for five rows with evidence")
    func fullMarks() throws {
        let card = try #require(Scorecard(.good))
        #expect(card.score == 5)
        #expect(card.passed)
        #expect(card.exitStatus == 0)
        #expect(card.rows.allSatisfy { !$0.evidence.isEmpty })
        #expect(
            card.rows.map(\.verdict) == [
                .shown("2s, target 5s"), .shown("an owner at each of 4 checkpoints"),
                .shown("1 fault verified as reverted"),
                .shown("2 checks passed after the last change"), .shown("1 follow-up"),
            ])
    }

    @Test("does not exist while the run is open")
    func openRun() {
        let open = Timeline.good(without: { if case .closed = $0 { true } else { false } })
        #expect(Scorecard(open) == nil)
        #expect(Scorecard(Timeline(entries: [])) == nil)
    }

    @Test("gives no point without evidence", arguments: Missing.all)
    func noPoint(missing: Missing) throws {
        let card = try #require(Scorecard(missing.timeline))
        let row = try #require(card.rows.first { $0.criterion == missing.criterion })
        #expect(row.verdict == missing.verdict)
    }

    @Test(
        "turns an outcome into an exit status, and only a completed run can pass",
        arguments: [
            (Outcome.failed(reason: "inject exits 7"), Int32(1)), (.censored(reason: "late"), 1),
            (.notStarted(reason: "steady state bad"), 3), (.aborted(reason: "x"), 4),
            (.halted(reason: "x"), 4), (.leaked(faults: ["latency"]), 5),
        ])
    func exitStatus(outcome: Outcome, status: Int32) throws {
        let timeline = Timeline.good(
            without: { if case .closed = $0 { true } else { false } },
            adding: [(21, .closed(outcome: outcome))])
        let card = try #require(Scorecard(timeline))
        #expect(card.exitStatus == status)
        #expect(!card.passed)
    }

    @Test("passes at four of five and fails at three")
    func passingScore() throws {
        let noFollowUp = Timeline.good(without: Missing.isFollowUp)
        let four = try #require(Scorecard(noFollowUp))
        #expect(four.score == 4 && four.passed && four.exitStatus == 0)
        let unowned = Timeline.good(without: { Missing.isFollowUp($0) || Missing.isOwner($0) })
        let three = try #require(Scorecard(unowned))
        #expect(three.score == 3 && !three.passed && three.exitStatus == 1)
    }
}

/// What is taken out of the good run, and what the row says then.
struct Missing: Sendable, CustomTestStringConvertible {
    let criterion: Scorecard.Criterion
    let timeline: Timeline
    let verdict: Scorecard.Verdict
    var testDescription: String { "\(verdict)" }

    static let all = [
        Missing(
            criterion: .detection, timeline: .good(without: { $0 == .detected(probe: "front") }),
            verdict: .notShown("nobody and no probe noticed the fault")),
        Missing(
            criterion: .detection,
            timeline: .good(
                without: { $0 == .detected(probe: "front") },
                adding: [(8, .detected(probe: "front"))]),
            verdict: .missed("6s, target 5s")),
        Missing(
            criterion: .detection,
            timeline: .good(without: { if case .injectFinished = $0 { true } else { false } }),
            verdict: .notShown("nothing was injected")),
        Missing(
            criterion: .ownership,
            timeline: .good(
                without: {
                    $0 == .ownerNamed(checkpoint: .verify, lane: .verification, person: "sre-2")
                }), verdict: .missed("no owner named at verify")),
        Missing(
            criterion: .reversibility,
            timeline: .good(without: {
                switch $0 {
                case .revertFinished, .responseFinished: true
                default: false
                }
            }), verdict: .notShown("nothing was done that could be taken back")),
        Missing(
            criterion: .verification,
            timeline: .good(without: {
                switch $0 {
                case .steadyChecked, .probeFinished: true
                default: false
                }
            }), verdict: .notShown("nothing was checked after the last change")),
        Missing(
            criterion: .verification,
            timeline: .good(
                without: { _ in false },
                adding: [(19.5, .steadyChecked(stage: .after, report: .exit(1)))]),
            verdict: .missed("a check after the last change failed")),
        Missing(
            criterion: .followUps, timeline: .good(without: isFollowUp),
            verdict: .notShown("no follow-up was recorded")),
        Missing(
            criterion: .followUps,
            timeline: .good(
                without: isFollowUp,
                adding: [
                    (
                        20,
                        .followUpAdded(
                            followUp: FollowUp(owner: "sre-1", due: "1969-12-31", text: "late"))
                    )
                ]),
            verdict: .missed("the last day of every follow-up had passed")),
        Missing(
            criterion: .reversibility,
            timeline: .good(without: {
                if case .responseFinished = $0 { true } else { false }
            }), verdict: .notShown("nobody mitigated; drilld took the fault back")),
        Missing(
            criterion: .verification,
            timeline: .good(without: {
                switch $0 {
                case .revertFinished, .injectFinished, .responseFinished: true
                default: false
                }
            }), verdict: .notShown("nothing was changed")),
    ]

    static func isFollowUp(_ event: RunEvent) -> Bool {
        if case .followUpAdded = event { true } else { false }
    }

    static func isOwner(_ event: RunEvent) -> Bool {
        if case .ownerNamed = event { true } else { false }
    }
}
