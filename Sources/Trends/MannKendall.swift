/// The exact Mann–Kendall test: do durations fall or rise from drill to drill?
package struct MannKendall: Sendable, Hashable {
    /// How many durations there are.
    package let count: Int
    /// The number of rising pairs minus the number of falling ones.
    package let s: Int
    /// The number of pairs of different durations.
    package let untiedPairs: Int
    /// The sizes of the groups of equal durations, in ascending order of duration.
    package let groupSizes: [Int]
    /// The probability of this S or a smaller one when the order means nothing.
    package let pDecline: Double
    /// The probability of this S or a greater one when the order means nothing.
    package let pRise: Double
    /// The probability of an S as far from zero as this one, to either side.
    package var pTwoSided: Double { min(1, 2 * min(pDecline, pRise)) }

    /// Tests durations, oldest first.
    ///
    /// Without censored values the probabilities are exact for any ties. Censored ones are ranked
    /// by Gehan's scores (how many others a value certainly exceeds minus how many certainly
    /// exceed it): what can be compared is compared, equal scores tie, and the distribution over
    /// all orders of these ranks is exact again.
    package init(_ observations: [Observation]) {
        let ranks = Self.ranks(observations)
        count = ranks.count
        var s = 0
        for (index, early) in ranks.enumerated() {
            for late in ranks[(index + 1)...] where late != early { s += late > early ? 1 : -1 }
        }
        self.s = s
        groupSizes = Self.groupSizes(ranks)
        let distribution = InversionDistribution(groupSizes: groupSizes)
        untiedPairs = distribution.untiedPairs
        // S = untied pairs - 2 · inversions, so a small S means many inversions.
        let inversions = (untiedPairs - s) / 2
        pDecline = distribution.probability(atMost: untiedPairs - inversions)
        pRise = distribution.probability(atMost: inversions)
    }

    /// Tests durations that were all seen to their end, oldest first.
    package init(_ seconds: [Double]) {
        self.init(seconds.map { Observation($0) })
    }

    private static func ranks(_ observations: [Observation]) -> [Double] {
        guard observations.contains(where: \.isCensored) else { return observations.map(\.seconds) }
        return observations.map { one in
            Double(observations.reduce(0) { $0 + $1.sign(to: one) })
        }
    }

    private static func groupSizes(_ ranks: [Double]) -> [Int] {
        var sizes: [Int] = []
        var previous: Double?
        for rank in ranks.sorted() {
            if rank == previous { sizes[sizes.count - 1] += 1 } else { sizes.append(1) }
            previous = rank
        }
        return sizes
    }
}

extension MannKendall {
    /// Kendall's tau without a correction for ties; nil for fewer than two durations.
    package var tauA: Double? {
        count < 2 ? nil : Double(s) / Double(count * (count - 1) / 2)
    }

    /// Kendall's tau corrected for ties; nil when all durations are equal.
    package var tauB: Double? {
        let pairs = Double(count * (count - 1) / 2)
        return untiedPairs == 0 ? nil : Double(s) / (pairs * Double(untiedPairs)).squareRoot()
    }

    /// The variance of S when the order means nothing.
    package var varianceOfS: Double {
        func term(_ size: Int) -> Double { Double(size * (size - 1) * (2 * size + 5)) }
        return (term(count) - groupSizes.reduce(0) { $0 + term($1) }) / 18
    }

    /// S in standard deviations with the continuity correction, for comparison with tools that
    /// know only the normal approximation.
    package var normalScore: Double {
        guard s != 0 else { return 0 }
        return Double(s - s.signum()) / varianceOfS.squareRoot()
    }
}
