import CalendarTime
import Drills
import Scoring
import Trends

/// One drill in a trend: a duration and what has to be known to compare it.
package struct TrendPoint: Hashable, Sendable {
    package let run: RunID
    package let drill: DrillName
    /// Counted from 1.
    package let cycle: Int
    package let campaign: String
    package let scheduled: WallInstant
    package let metric: Metric
    /// The duration; of a censored one the time it was watched without an end.
    package let seconds: Double
    /// Whether the end was not reached, so that the true duration is longer.
    package let isCensored: Bool
    /// Whether it had to be measured on the wall clock, across a restart.
    package let isWallTime: Bool
    /// Within it is good; nil if none is set.
    package let target: TimeSpan?
    /// Nil without a target; a censored one never is.
    package let isWithinTarget: Bool?
    /// The stress modifier that was drawn for this cycle.
    package let stress: String
    /// The scored cycle of the same drill that this one was made from; nil for the first.
    package let parentCycle: Int?
    /// All factors and their values, in the model's order.
    package let factors: [RunPlan.FactorValue]
    /// TTR of the same run, for MTTR; nil if it has none.
    package let resolve: Observation?

    /// The point of a run; nil if the run has no such duration, or one whose ends are in the
    /// wrong order because the wall clock was set back between them.
    init?(_ metric: Metric, of plan: RunPlan, _ measurements: Measurements) {
        guard let measurement = measurements[metric],
            let observation = Observation(measurement.value)
        else { return nil }
        run = plan.run
        drill = plan.drill
        cycle = plan.cycle
        campaign = plan.campaign
        scheduled = plan.scheduled
        self.metric = metric
        seconds = observation.seconds
        isCensored = observation.isCensored
        isWallTime = measurement.value.interval.isWallTime
        target = measurement.target
        isWithinTarget = measurement.isWithinTarget
        stress = plan.mutation.stress
        parentCycle = plan.mutation.parentCycle
        factors = plan.mutation.values
        resolve = measurements[.timeToResolve].flatMap { Observation($0.value) }
    }

    /// The duration as the statistics take it.
    package var observation: Observation { Observation(seconds, isCensored: isCensored) }
}

extension Measurement.Value {
    /// The length, whether its end was reached or not.
    var interval: Interval {
        switch self {
        case .measured(let interval), .censored(let interval): interval
        }
    }
}

extension Observation {
    fileprivate init?(_ value: Measurement.Value) {
        guard value.interval.microseconds >= 0 else { return nil }
        let seconds = Double(value.interval.microseconds) / 1_000_000
        switch value {
        case .measured: self.init(seconds)
        case .censored: self.init(seconds, isCensored: true)
        }
    }
}
