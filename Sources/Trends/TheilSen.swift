/// The line through the middle of all slopes between two durations.
package struct TheilSen: Sendable, Hashable {
    /// The median of the slopes between all pairs, per drill.
    package let slope: Double
    /// The median of the durations minus slope times the median position.
    package let separateIntercept: Double
    /// The median of the durations minus slope times their positions.
    package let jointIntercept: Double
    private let sortedSlopes: [Double]
    private let count: Int

    /// Fits a line to values at 0, 1, 2 …; nil for fewer than two.
    package init?(_ values: [Double]) {
        var slopes: [Double] = []
        for early in values.indices {
            for late in values.indices.dropFirst(early + 1) {
                slopes.append((values[late] - values[early]) / Double(late - early))
            }
        }
        guard let slope = OrderStatistics.median(slopes),
            let middle = OrderStatistics.median(values),
            let joint = OrderStatistics.median(
                values.enumerated().map { $1 - slope * Double($0) })
        else { return nil }
        self.slope = slope
        separateIntercept = middle - slope * Double(values.count - 1) / 2
        jointIntercept = joint
        sortedSlopes = slopes.sorted()
        count = values.count
    }

    /// The exact interval of the slope: the k-th slope from either end for the greatest k with
    /// P(inversions ≤ k − 1) ≤ (1 − confidence) / 2; nil when there is no such k.
    ///
    /// With ties the true coverage is at least the one stated.
    package func interval(confidence: Double) -> OrderStatistics.Interval? {
        let distribution = InversionDistribution(count: count)
        let tail = (1 - confidence) / 2
        var rank = 0
        while rank < sortedSlopes.count / 2, distribution.probability(atMost: rank) <= tail {
            rank += 1
        }
        guard rank > 0 else { return nil }
        return OrderStatistics.Interval(
            low: sortedSlopes[rank - 1], high: sortedSlopes[sortedSlopes.count - rank],
            rank: rank, coverage: 1 - 2 * distribution.probability(atMost: rank - 1))
    }
}
