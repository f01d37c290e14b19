import CalendarTime
import Drills
import Scoring

/// One metric of a run that is going on: its clock against its target.
struct ClockRow {
    private let metric: Metric
    private let measurement: Measurement?
    private let isOver: Bool

    init(_ metric: Metric, _ measurement: Measurement?, at timeline: Timeline) {
        self.metric = metric
        self.measurement = measurement
        isOver = timeline.outcome != nil
    }

    /// Four columns of fixed width.
    static func columns(_ metric: String, _ clock: String, _ target: String, _ ends: String)
        -> String
    {
        padded(metric, 22) + padded(clock, 20) + padded(target, 10) + ends
    }

    var line: LiveProgress.Line {
        let ends = metric.endPoints.replacing("→", with: "->")
        let target = measurement?.target.map { "\($0)" } ?? "-"
        let (clock, tone) = reading
        return LiveProgress.Line(
            text: Self.columns(metric.rawValue, clock, target, ends), tone: tone)
    }

    private var reading: (String, LiveProgress.Line.Tone) {
        guard let measurement else { return (isOver ? "never began" : "waiting", .faint) }
        switch measurement.value {
        case .measured(let interval):
            let clock = ClockText.short(interval.microseconds)
            switch measurement.isWithinTarget {
            case true?: return ("\(clock) in time", .good)
            case false?: return ("\(clock) late", .bad)
            case nil: return (clock, .plain)
            }
        case .censored(let interval):
            let clock = ClockText.short(interval.microseconds)
            let isLate = measurement.target.map { interval.microseconds > $0.microseconds } ?? false
            if isOver { return ("\(clock) never ended", .bad) }
            return isLate ? ("\(clock) over target", .bad) : ("\(clock) running", .busy)
        }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}

extension RunPlan {
    /// The metrics of the whole run that this kind of response has, in the order they come about.
    var headlineMetrics: [Metric] {
        var metrics: [Metric] = [.timeToDetect]
        if response(taking: .rollback) != nil { metrics.append(.timeToRollback) }
        if response(taking: .replay) != nil { metrics.append(.timeToReplayResult) }
        if expectsMitigation { metrics.append(.timeToMitigate) }
        return metrics + [.timeToResolve]
    }
}
