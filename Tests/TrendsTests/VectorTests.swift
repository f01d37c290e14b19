import Foundation
import Testing
import Trends

/// The reference cases; fields of methods that are not built here (normal-approximation
/// intervals, Siegel's slopes, Hettmansperger–Sheather, other packages' output) are left out.
struct TrendVectors: Decodable {
    let cases: [Case]

    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let n: Int
        let y: [Double]
        let S: Int
        let n_ties_groups: [Int]
        let untied_pairs: Int
        let var_S: Double
        let z_cc: Double
        let p_exact_two_sided: Double
        let p_exact_less: Double
        let p_exact_greater: Double
        let tau_a: Double?
        let tau_b: Double?
        let median: Double
        let mean: Double
        let theil_sen: Line?
        let theil_sen_log: LogLine?
        let slope_ci_exact_90: SlopeInterval?
        let slope_ci_exact_95: SlopeInterval?
        let median_ci_orderstat_90: MedianInterval?
        let median_ci_orderstat_95: MedianInterval?
        let label_rule_R1: String

        var testDescription: String { name }
    }

    struct Line: Decodable, Sendable {
        let slope: Double
        let intercept_separate: Double
        let intercept_joint: Double
    }

    struct LogLine: Decodable, Sendable {
        let slope: Double
        let pct_per_step: Double
        let total_change: Double
    }

    struct SlopeInterval: Decodable, Sendable {
        let k: Int
        let lo: Double
        let hi: Double
        let coverage: Double
    }

    struct MedianInterval: Decodable, Sendable {
        let rank_lo: Int
        let rank_hi: Int
        let lo: Double
        let hi: Double
        let coverage: Double
    }

    static func load() throws -> [Case] {
        let url = try #require(
            Bundle.module.url(forResource: "Data/trend-vectors", withExtension: "json"))
        return try JSONDecoder().decode(TrendVectors.self, from: Data(contentsOf: url)).cases
    }
}

/// Whether two numbers agree to nine digits.
func agree(_ one: Double?, _ other: Double?) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other)) + 1e-300
}

@Suite("The trend statistics agree with the reference cases")
struct VectorTests {
    @Test("of which there are 43, with 1 to 200 durations")
    func countsCases() throws {
        let cases = try TrendVectors.load()
        #expect(cases.count == 43)
        #expect(cases.map(\.n).min() == 1)
        #expect(cases.map(\.n).max() == 200)
        #expect(cases.count { !$0.n_ties_groups.isEmpty } == 11)
    }

    @Test("in S and its exact probabilities", arguments: try TrendVectors.load())
    func mannKendall(vector: TrendVectors.Case) {
        let test = MannKendall(vector.y)
        #expect(test.count == vector.n)
        #expect(test.s == vector.S)
        #expect(test.untiedPairs == vector.untied_pairs)
        #expect(test.groupSizes.filter { $0 > 1 }.sorted() == vector.n_ties_groups.sorted())
        #expect(agree(test.pDecline, vector.p_exact_less))
        #expect(agree(test.pRise, vector.p_exact_greater))
        #expect(agree(test.pTwoSided, vector.p_exact_two_sided))
        #expect(agree(test.tauA, vector.tau_a))
        #expect(agree(test.tauB, vector.tau_b))
        #expect(agree(test.varianceOfS, vector.var_S))
        #expect(agree(test.normalScore, vector.z_cc))
    }

    @Test("in median, mean and the intervals of the median", arguments: try TrendVectors.load())
    func medians(vector: TrendVectors.Case) {
        #expect(agree(OrderStatistics.median(vector.y), vector.median))
        #expect(agree(OrderStatistics.mean(vector.y), vector.mean))
        for (confidence, expected) in [
            (0.90, vector.median_ci_orderstat_90), (0.95, vector.median_ci_orderstat_95),
        ] {
            let interval = OrderStatistics.medianInterval(vector.y, confidence: confidence)
            #expect(interval?.rank == expected?.rank_lo)
            #expect(interval.map { vector.n - $0.rank + 1 } == expected?.rank_hi)
            #expect(interval?.low == expected?.lo)
            #expect(interval?.high == expected?.hi)
            #expect(agree(interval?.coverage, expected?.coverage))
        }
    }

    @Test(
        "in the slope, its intercepts and its exact intervals", arguments: try TrendVectors.load())
    func slopes(vector: TrendVectors.Case) {
        let line = TheilSen(vector.y)
        #expect(agree(line?.slope, vector.theil_sen?.slope))
        #expect(agree(line?.separateIntercept, vector.theil_sen?.intercept_separate))
        #expect(agree(line?.jointIntercept, vector.theil_sen?.intercept_joint))
        for (confidence, expected) in [
            (0.90, vector.slope_ci_exact_90), (0.95, vector.slope_ci_exact_95),
        ] {
            let interval = line?.interval(confidence: confidence)
            #expect(interval?.rank == expected?.k)
            #expect(agree(interval?.low, expected?.lo))
            #expect(agree(interval?.high, expected?.hi))
            #expect(agree(interval?.coverage, expected?.coverage))
        }
    }

    @Test("in the slope of the logarithms", arguments: try TrendVectors.load())
    func logSlopes(vector: TrendVectors.Case) {
        let trend = LogTrend(vector.y)
        #expect(agree(trend?.slope, vector.theil_sen_log?.slope))
        #expect(agree(trend?.changePerDrill, vector.theil_sen_log?.pct_per_step))
        #expect(agree(trend?.totalChange, vector.theil_sen_log?.total_change))
    }

    @Test("in the verdict", arguments: try TrendVectors.load())
    func verdicts(vector: TrendVectors.Case) {
        let words = [
            "insufficient": Verdict.insufficient, "improving": .improving,
            "drifting-flat": .flat, "drifting-rising": .drifting,
        ]
        #expect(Verdict(MannKendall(vector.y)) == words[vector.label_rule_R1])
    }
}
