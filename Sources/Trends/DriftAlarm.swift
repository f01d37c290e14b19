import Glibc

/// Warns of a severe rise against the first eight drills, which stay the baseline for good.
///
/// An exponentially weighted mean (0.3) of the logarithms, with limits at 2.2 standard deviations:
/// on flat data about one history of sixteen further drills in ten raises a false alarm.
package struct DriftAlarm: Sendable, Hashable {
    /// How many drills make the baseline.
    package static let baseline = 8
    private static let weight = 0.3
    private static let width = 2.2

    /// Whether the last drill leaves the mean above the limit.
    package let isRaised: Bool
    /// The position of the first drill since which it has been above; nil when it is not.
    package let since: Int?

    /// Nil until a drill follows the baseline, and when a duration is not above zero or all of
    /// the baseline are equal.
    package init?(_ observations: [Observation]) {
        guard observations.count > Self.baseline, observations.allSatisfy({ $0.seconds > 0 })
        else { return nil }
        let logs = observations.map { log($0.seconds) }
        let base = logs.prefix(Self.baseline)
        let mean = base.reduce(0, +) / Double(base.count)
        let squares = base.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let deviation = (squares / Double(base.count - 1)).squareRoot()
        guard deviation > 0 else { return nil }
        var smoothed = mean
        var fading = 1.0
        var since: Int?
        for index in Self.baseline..<logs.count {
            smoothed += Self.weight * (logs[index] - smoothed)
            fading *= (1 - Self.weight) * (1 - Self.weight)
            let share = Self.weight / (2 - Self.weight) * (1 - fading)
            let limit = mean + Self.width * deviation * share.squareRoot()
            since = smoothed > limit ? since ?? index : nil
        }
        self.since = since
        isRaised = since != nil
    }
}
