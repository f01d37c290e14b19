import CalendarTime
import Drills

/// A duration that a run is judged by, named by its two end points.
package enum Metric: String, CaseIterable, Hashable, Sendable, Codable {
    case startLag = "start lag"
    case timeToDetect = "TTD"
    case delivery
    case timeToAck = "TTA"
    case escalationError = "escalation error"
    case timeToRollback = "time to rollback"
    case timeToReplayResult = "time to replay result"
    case timeToMitigate = "TTM"
    case timeToResolve = "TTR"

    /// The two end points, in words.
    package var endPoints: String {
        switch self {
        case .startLag: "scheduled → started"
        case .timeToDetect: "injected → detected"
        case .delivery: "page posted → paged"
        case .timeToAck: "paged → acked by that person"
        case .escalationError: "ack deadline → secondary paged"
        case .timeToRollback: "paged → rollback started"
        case .timeToReplayResult: "replay started → replay answered"
        case .timeToMitigate: "injected → mitigated"
        case .timeToResolve: "injected → resolved"
        }
    }
}

/// What a metric came to in one run.
package struct Measurement: Hashable, Sendable, Codable {
    package let metric: Metric
    /// The page it is about; nil for metrics of the whole run.
    package let page: PageName?
    /// The channel it is about; nil unless a page went over several.
    package let channel: ChannelName?
    package let value: Value
    /// Within it is good; nil if none is set.
    package let target: TimeSpan?

    /// Measured, or not reached by the end of the run.
    package enum Value: Hashable, Sendable, Codable {
        case measured(Interval)
        /// The start was reached, the stop was not; the run went on for at least this long.
        case censored(atLeast: Interval)

        /// The length that is known, and whether it was longer than this.
        package var known: (interval: Interval, isLowerBound: Bool) {
            switch self {
            case .measured(let interval): (interval, false)
            case .censored(let least): (least, true)
            }
        }
    }

    /// A metric's value.
    package init(
        metric: Metric, page: PageName? = nil, channel: ChannelName? = nil, value: Value,
        target: TimeSpan?
    ) {
        self.metric = metric
        self.page = page
        self.channel = channel
        self.value = value
        self.target = target
    }

    /// Whether it is within its target; nil without one. A censored value is not once it is longer than its target; what
    /// ended before that shows nothing.
    package var isWithinTarget: Bool? {
        guard let target else { return nil }
        switch value {
        case .measured(let interval):
            return interval.microseconds.magnitude <= target.microseconds.magnitude
        case .censored(let least):
            return least.microseconds > target.microseconds ? false : nil
        }
    }
}
