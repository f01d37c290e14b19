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
        all = Self.wholeRun(plan, marks, timeline) + Self.pages(plan, timeline)
    }

    /// The first measurement of a metric.
    package subscript(_ metric: Metric) -> Measurement? {
        all.first { $0.metric == metric }
    }

    private static func wholeRun(
        _ plan: RunPlan, _ marks: Milestones, _ timeline: Timeline
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
            // After the response only TTR goes on: drilld itself takes back what is left, and nobody responds.
            guard let end = metric == .timeToResolve ? timeline.end : timeline.responseEnd else {
                return nil
            }
            let least = end.interval(since: start)
            guard least.microseconds >= 0 else { return nil }
            let value = Measurement.Value.censored(atLeast: least)
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

    /// When the response was over, or the last recorded moment of one that is not: until then somebody may still detect,
    /// acknowledge, roll back and mitigate.
    package var responseEnd: Stamp? {
        entries.first { entry in
            switch entry.event {
            case .phaseEntered(.verify), .phaseEntered(.aborted), .phaseEntered(.halted): true
            default: false
            }
        }.map(Stamp.init) ?? end
    }
}
