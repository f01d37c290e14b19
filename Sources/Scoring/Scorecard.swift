import CalendarTime
import Drills

/// What a run was worth: five yes-or-no rows, each with the evidence it rests on, and the measurements.
package struct Scorecard: Hashable, Sendable, Codable {
    package let run: RunID
    package let kind: Kind
    package let outcome: Outcome
    package let rows: [Row]
    /// Rows needed to pass.
    package let passScore: Int
    package let measurements: Measurements

    /// What a row asks.
    package enum Criterion: String, CaseIterable, Hashable, Sendable, Codable {
        case detection = "detection latency within target"
        case ownership = "ownership explicit at each checkpoint"
        case reversibility = "mitigation stayed reversible"
        case verification = "verification evidence fresh"
        case followUps = "follow-ups with owner and deadline"
    }

    /// One criterion and what the timeline says about it.
    package struct Row: Hashable, Sendable, Codable {
        package let criterion: Criterion
        package let verdict: Verdict
        /// Places in the timeline, counted from 1, that the verdict rests on.
        package let evidence: [Int]

        /// A judged criterion.
        package init(criterion: Criterion, verdict: Verdict, evidence: [Int]) {
            self.criterion = criterion
            self.verdict = verdict
            self.evidence = evidence
        }
    }

    /// A point is only given for what was shown.
    package enum Verdict: Hashable, Sendable, Codable {
        case shown(String)
        /// The evidence says no.
        case missed(String)
        /// There is no evidence either way, which is a zero.
        case notShown(String)
    }

    /// One point for each row that was shown.
    package var score: Int {
        rows.count { row in
            if case .shown = row.verdict { true } else { false }
        }
    }

    /// Whether the run completed and enough rows were shown.
    package var passed: Bool { outcome == .completed && score >= passScore }

    /// Scores a closed run; nil while it is open.
    package init?(_ timeline: Timeline) {
        guard let plan = timeline.plan, let outcome = timeline.outcome else { return nil }
        run = plan.run
        kind = plan.kind
        self.outcome = outcome
        passScore = plan.passScore
        measurements = Measurements(timeline)
        rows = Criterion.allCases.map { Row(judging: $0, timeline, plan) }
    }

    /// The exit status of whoever ran the drill: 0 good, 1 failed or below the passing score, 3 refused by a guard, 4 aborted, 5 a fault may still be in place.
    package var exitStatus: Int32 {
        switch outcome {
        case .completed: passed ? 0 : 1
        case .failed, .censored: 1
        case .notStarted: 3
        case .aborted, .halted: 4
        case .leaked: 5
        }
    }
}
