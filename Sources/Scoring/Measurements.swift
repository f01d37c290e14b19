import CalendarTime
import Drills

/// All measurements of one run, read off its timeline.
package struct Measurements: Hashable, Sendable, Codable {
    package let all: [Measurement]

    /// The time targets that hold where neither scenario nor response sets one.
    package enum Standard {
        /// TTA.
        package static let ack = TimeSpan.seconds(30)
        /// Time to rollback.
        package static let rollback = TimeSpan.minutes(2)
        /// Time to a replay's answer.
        package static let replay = TimeSpan.minutes(3)
    }

    /// Measures a run; empty for an empty timeline.
    package init(_ timeline: Timeline) {
        guard let plan = timeline.plan else {
            all = []
            return
        }
        let marks = Milestones(timeline)
        all = Self.wholeRun(plan, marks, end: timeline.end) + Self.pages(plan, timeline)
    }

    /// The first measurement of a metric.
    package subscript(_ metric: Metric) -> Measurement? {
        all.first { $0.metric == metric }
    }

    private static func wholeRun(
        _ plan: RunPlan, _ marks: Milestones, end: Stamp?
    ) -> [Measurement] {
        let rollback = plan.response(taking: .rollback)
        let replay = plan.response(taking: .replay)
        let goals = plan.objectives
        func measure(
            _ metric: Metric, _ from: Milestone, _ to: Milestone, _ target: TimeSpan?
        ) -> Measurement? {
            guard let start = marks[from] else { return nil }
            if let stop = marks[to] {
                let value = Measurement.Value.measured(stop.interval(since: start))
                return Measurement(metric: metric, value: value, target: target)
            }
            guard let end else { return nil }
            let value = Measurement.Value.censored(atLeast: end.interval(since: start))
            return Measurement(metric: metric, value: value, target: target)
        }
        return [
            measure(.startLag, .scheduled, .started, nil),
            measure(.timeToDetect, .injected, .detected, goals.detect),
            rollback.flatMap {
                measure(
                    .timeToRollback, .paged, .rollbackStarted, $0.target ?? Standard.rollback)
            },
            replay.flatMap {
                measure(
                    .timeToReplayResult, .replayStarted, .replayAnswered,
                    $0.target ?? Standard.replay)
            },
            plan.expectsMitigation
                ? measure(.timeToMitigate, .injected, .mitigated, goals.mitigate) : nil,
            measure(.timeToResolve, .injected, .resolved, goals.resolve),
        ].compactMap { $0 }
    }

    private static func pages(_ plan: RunPlan, _ timeline: Timeline) -> [Measurement] {
        plan.pages.flatMap { page in
            PageRecord(page.name, in: timeline).measurements(
                of: page, ackDeadline: plan.ackDeadline)
        }
    }
}

extension RunPlan {
    /// Whether the response itself is meant to bring the steady state back.
    package var expectsMitigation: Bool {
        !faults.isEmpty && response(taking: .rollback) != nil
    }
}

extension Timeline {
    /// The last recorded moment.
    package var end: Stamp? { entries.last.map(Stamp.init) }
}
