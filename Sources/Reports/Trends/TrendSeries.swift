import CalendarTime
import Drills
import Scoring

/// The drills of one kind that a trend rests on, oldest first, and those it leaves out.
package struct TrendSeries: Hashable, Sendable {
    package let kind: Kind
    /// The duration that is followed; all points have the same.
    package let metric: Metric
    package let points: [TrendPoint]
    /// Valid drills without this duration; they are missing, never zero.
    package let missing: [RunID]
    /// How many closed runs ended in a way that measures nothing.
    package let leftOut: [LeftOut]

    /// Closed runs that do not count, by the way they ended.
    package struct LeftOut: Hashable, Sendable {
        /// The way they ended, in a word.
        package let outcome: String
        package let count: Int
    }

    /// Takes the closed runs of one kind out of any timelines, by the time they were scheduled.
    ///
    /// Only completed and censored drills count, and of these no tabletop. Without a metric the kind's headline one is
    /// taken: of those it may be, the one that most drills have.
    package static func make(
        kind: Kind, timelines: [Timeline], metric: Metric? = nil
    ) -> TrendSeries {
        let runs = timelines.compactMap { Run($0, kind: kind) }
            .enumerated()
            .sorted {
                ($0.element.plan.scheduled, $0.offset) < ($1.element.plan.scheduled, $1.offset)
            }
            .map(\.element)
        let valid = runs.filter(\.counts)
        let metric = metric ?? headline(of: kind, in: valid)
        let points = valid.map { TrendPoint(metric, of: $0.plan, $0.measurements) }
        return TrendSeries(
            kind: kind, metric: metric, points: points.compactMap { $0 },
            missing: zip(valid, points).filter { $0.1 == nil }.map(\.0.plan.run),
            leftOut: leftOut(runs))
    }

    private static func headline(of kind: Kind, in runs: [Run]) -> Metric {
        let candidates = kind.headlineMetrics.map { metric in
            (metric, runs.count { $0.measurements[metric] != nil })
        }
        let most = candidates.map(\.1).max()
        return candidates.first { $0.1 == most }?.0 ?? .timeToResolve
    }

    private static func leftOut(_ runs: [Run]) -> [LeftOut] {
        let words = runs.filter { !$0.counts }.map(\.word)
        return Set(words).sorted().map { word in
            LeftOut(outcome: word, count: words.count { $0 == word })
        }
    }

    /// A closed run of the kind that is asked for.
    private struct Run {
        let plan: RunPlan
        let outcome: Outcome
        let measurements: Measurements

        init?(_ timeline: Timeline, kind: Kind) {
            guard let plan = timeline.plan, plan.kind == kind, let outcome = timeline.outcome
            else { return nil }
            self.plan = plan
            self.outcome = outcome
            measurements = Measurements(timeline)
        }

        /// Whether its durations can be compared with those of others: what was talked through took no time of its own.
        var counts: Bool { outcome.isValidDrill && plan.tier.injects }

        var word: String { outcome.isValidDrill ? plan.tier.rawValue : outcome.word }
    }
}

extension Outcome {
    /// Whether the drill went its way, so that its durations can be compared.
    fileprivate var isValidDrill: Bool {
        switch self {
        case .completed, .censored: true
        case .notStarted, .failed, .aborted, .halted, .leaked: false
        }
    }

    fileprivate var word: String {
        switch self {
        case .completed: "completed"
        case .notStarted: "not started"
        case .failed: "failed"
        case .aborted: "aborted"
        case .halted: "halted"
        case .leaked: "leaked"
        case .censored: "censored"
        }
    }
}
