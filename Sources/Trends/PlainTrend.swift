/// The answer for durations from elsewhere; its JSON keys are a promise to scripts.
///
/// One look at all durations given: there were no earlier looks, so the two-look rule of drill
/// reports has nothing to go by.
package struct PlainTrend: Sendable, Hashable, Encodable {
    /// How many durations there are.
    package let n: Int
    /// The number of rising pairs minus the number of falling ones.
    package let s: Int
    /// The exact probability of this S or a smaller one; 1 for a single duration, nil without any.
    package let pDecline: Double?
    /// The exact probability of this S or a greater one; 1 for a single duration, nil without any.
    package let pRise: Double?
    /// The median; nil without durations.
    package let median: Double?
    /// The mean; nil without durations.
    package let mean: Double?
    /// The Theil–Sen slope per step; nil below two durations.
    package let theilSenSlope: Double?
    /// The verdict of the exact test at 10 %.
    package let verdict: Verdict
    /// The 95 % interval of the median, for people; nil below six durations.
    package let medianInterval: OrderStatistics.Interval?
    /// What nine of ten durations stay within, for people; nil below 29.
    package let p90: Double?
    /// The trend as a factor a step, for people; nil below two, and with one that took no time.
    package let logTrend: LogTrend?

    /// Looks at durations, oldest first.
    package init(_ durations: [Double]) {
        let test = MannKendall(durations)
        n = durations.count
        s = test.s
        pDecline = durations.isEmpty ? nil : test.pDecline
        pRise = durations.isEmpty ? nil : test.pRise
        median = OrderStatistics.median(durations)
        mean = OrderStatistics.mean(durations)
        theilSenSlope = TheilSen(durations)?.slope
        verdict = Verdict(test)
        medianInterval =
            n < TrendSummary.fewestForInterval
            ? nil : OrderStatistics.medianInterval(durations, confidence: 0.95)
        p90 = Estimate(p90Of: durations.map { Observation($0) })?.seconds
        logTrend = LogTrend(durations)
    }

    private enum CodingKeys: String, CodingKey {
        case n, s, pDecline, pRise, median, mean, theilSenSlope, verdict
    }

    /// Writes every key, with null for what is not defined.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(n, forKey: .n)
        try container.encode(s, forKey: .s)
        try container.encode(pDecline, forKey: .pDecline)
        try container.encode(pRise, forKey: .pRise)
        try container.encode(median, forKey: .median)
        try container.encode(mean, forKey: .mean)
        try container.encode(theilSenSlope, forKey: .theilSenSlope)
        try container.encode(verdict, forKey: .verdict)
    }
}

extension PlainTrend {
    /// What must be said beside the numbers, one sentence each.
    package var notes: [String] {
        guard verdict != .insufficient else {
            return ["at least \(Verdict.fewest) durations are needed for a verdict"]
        }
        var notes: [String] = []
        if verdict == .flat {
            notes.append(LogTrend.flatNote(logTrend))
        }
        if n == 4 { notes.append("4 durations: only a run of 4 falls would count") }
        if n < TrendSummary.fewestForInterval {
            notes.append(
                "at least \(TrendSummary.fewestForInterval) durations are needed for an interval")
        }
        if let spread = logTrend?.spread, let power = PowerNote(count: n, spread: spread) {
            notes.append(power.sentence(unit: "step", plural: "durations"))
        }
        return notes
    }
}
