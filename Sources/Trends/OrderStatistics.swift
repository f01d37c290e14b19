import Glibc

/// Medians and what can be said about them from the order of the values alone.
package enum OrderStatistics {
    /// The median; nil without values.
    package static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2)
            ? (sorted[middle - 1] + sorted[middle]) / 2
            : sorted[middle]
    }

    /// The mean; nil without values.
    package static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// The narrowest pair of order statistics around the median that holds it at least as often
    /// as `confidence` says; nil when even the whole range does not.
    package static func medianInterval(_ values: [Double], confidence: Double) -> Interval? {
        let count = values.count
        guard count > 0 else { return nil }
        var found: (rank: Int, coverage: Double)?
        var term = exp(-Double(count) * log(2))
        var below = 0.0
        for rank in 1...max(1, count / 2) {
            below += term
            term *= Double(count - rank + 1) / Double(rank)
            let coverage = 1 - 2 * below
            if coverage >= confidence { found = (rank, coverage) }
        }
        guard let found else { return nil }
        let sorted = values.sorted()
        return Interval(
            low: sorted[found.rank - 1], high: sorted[count - found.rank], rank: found.rank,
            coverage: found.coverage)
    }

    /// Two order statistics and how often such a pair holds the true value.
    package struct Interval: Sendable, Hashable {
        /// The lower end.
        package let low: Double
        /// The upper end.
        package let high: Double
        /// The rank of the ends, counted from either side and from one.
        package let rank: Int
        /// The true probability, which is not the round number that was asked for.
        package let coverage: Double
    }
}
