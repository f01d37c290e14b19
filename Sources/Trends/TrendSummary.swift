/// All that the last drills of one kind show about their durations.
package struct TrendSummary: Sendable, Hashable {
    /// The window of the summary: how many of the last drills it looks at.
    package let window: Int
    /// The drills looked at, oldest first.
    package let observations: [Observation]
    /// How many of them were censored.
    package let censoredCount: Int
    /// The exact test.
    package let test: MannKendall
    /// What this look alone says.
    package let label: Verdict
    /// What stands after all looks so far.
    package let status: Verdict
    /// The median; nil without drills.
    package let median: Estimate?
    /// The mean; nil without drills.
    package let mean: Estimate?
    /// The median of the window before this one; nil when that had fewer than four drills.
    package let previousMedian: Estimate?
    /// The line through the durations, a censored one standing at its bound; nil below two.
    package let line: TheilSen?
    /// The trend as a factor per drill; nil below two drills or with one that took no time.
    package let logTrend: LogTrend?
    /// The 95 % interval of the median; nil below six drills or with censored ones.
    package let medianInterval: OrderStatistics.Interval?
    /// The 95 % interval of the slope; nil below six drills or with censored ones.
    package let slopeInterval: OrderStatistics.Interval?
    /// What nine of ten drills stay within; nil below 29.
    package let p90: Estimate?
    /// The alarm against the first eight drills of the whole history; nil before the ninth.
    package let alarm: DriftAlarm?

    /// Looks at the last `window` drills of a history, oldest first.
    ///
    /// - Precondition: The window is 4 to 32.
    package init(_ history: [Observation], window: Int = 8) {
        precondition(Self.windows.contains(window), "a window is 4 to 32 drills")
        self.window = window
        let last = Array(history.suffix(window))
        observations = last
        let seconds = last.map(\.seconds)
        censoredCount = last.count(where: \.isCensored)
        test = MannKendall(last)
        label = Verdict(test)
        status = TrendStatus(history, window: window).verdict
        median = Estimate(medianOf: last)
        mean = Estimate(meanOf: last)
        let before = Array(history.dropLast(window).suffix(window))
        previousMedian = before.count < Verdict.fewest ? nil : Estimate(medianOf: before)
        line = TheilSen(seconds)
        logTrend = LogTrend(seconds)
        let hasIntervals = last.count >= Self.fewestForInterval && censoredCount == 0
        medianInterval =
            hasIntervals ? OrderStatistics.medianInterval(seconds, confidence: 0.95) : nil
        slopeInterval = hasIntervals ? line?.interval(confidence: 0.95) : nil
        p90 = Estimate(p90Of: last)
        alarm = DriftAlarm(history)
    }

    /// The windows that may be configured.
    package static let windows = 4...32
    static let fewestForInterval = 6
}

extension TrendSummary {
    /// What must be said beside the numbers, one sentence each.
    package var notes: [String] {
        guard label != .insufficient else {
            return ["not enough data (\(observations.count) of \(Verdict.fewest))"]
        }
        var notes: [String] = []
        if label == .flat { notes.append(LogTrend.flatNote(logTrend)) }
        if label != status {
            notes.append("this look alone says \(label); a change counts after two looks")
        }
        if observations.count == 4 { notes.append("4 drills: only a run of 4 falls would count") }
        if censoredCount > 0 {
            notes.append(
                "\(censoredCount) of \(observations.count) had no end by the deadline: "
                    + "counted as longer than that, and without intervals")
        }
        if let spread = logTrend?.spread,
            let power = PowerNote(count: observations.count, spread: spread)
        {
            notes.append(power.description)
        }
        if alarm?.isRaised == true { notes.append("severe drift against the first 8 drills") }
        return notes
    }
}

/// A number that is a lower bound when censored durations reach into it.
package struct Estimate: Sendable, Hashable, CustomStringConvertible {
    /// The number, in seconds.
    package let seconds: Double
    /// Whether the true number may be greater.
    package let isLowerBound: Bool

    /// A number that may be a lower bound.
    package init(_ seconds: Double, isLowerBound: Bool = false) {
        self.seconds = seconds
        self.isLowerBound = isLowerBound
    }

    /// Seconds with one decimal, after `≥` for a lower bound.
    package var description: String {
        "\(isLowerBound ? "≥ " : "")\(Fixed.text(seconds, places: 1))"
    }

    init?(medianOf observations: [Observation]) {
        guard let median = OrderStatistics.median(observations.map(\.seconds)) else { return nil }
        // A duration whose bound lies below the median may truly lie above it.
        let upperMiddle = observations.map(\.seconds).sorted()[observations.count / 2]
        self.init(
            median,
            isLowerBound: observations.contains { $0.isCensored && $0.seconds <= upperMiddle })
    }

    init?(meanOf observations: [Observation]) {
        guard let mean = OrderStatistics.mean(observations.map(\.seconds)) else { return nil }
        self.init(mean, isLowerBound: observations.contains(where: \.isCensored))
    }

    init?(p90Of observations: [Observation]) {
        guard observations.count >= 29 else { return nil }
        let rank = (9 * observations.count + 9) / 10
        let value = observations.map(\.seconds).sorted()[rank - 1]
        self.init(
            value, isLowerBound: observations.contains { $0.isCensored && $0.seconds <= value })
    }
}
