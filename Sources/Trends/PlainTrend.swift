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
    private let logTrend: LogTrend?

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
        logTrend = LogTrend(durations)
    }

    /// What must be said beside the numbers, one sentence each.
    package var notes: [String] {
        guard verdict != .insufficient else {
            return ["at least \(Verdict.fewest) durations are needed for a verdict"]
        }
        let power = logTrend.flatMap { PowerNote(count: n, spread: $0.spread) }
        return (verdict == .flat ? [LogTrend.flatNote(logTrend)] : [])
            + (power.map { [$0.description] } ?? [])
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
