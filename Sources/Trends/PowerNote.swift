/// How likely the test is to see a real improvement, from 20,000 simulated histories for each
/// row: lognormal durations that fall by 10 % a drill, exact one-sided test at 10 %.
package struct PowerNote: Sendable, Hashable, CustomStringConvertible {
    /// The number of drills of the row.
    package let count: Int
    /// The spread of the logarithms of the row.
    package let spread: Double
    private let isLowerBound: Bool
    /// The measured spread, where it lies beyond all rows.
    private let beyond: Double?
    /// The simulated probability.
    package let probability: Double

    /// The row with the greatest count not above `count` and then the nearest spread.
    ///
    /// More drills see more and a greater spread hides more, so beyond the rows there is a bound. Nil below four
    /// drills, and where the one speaks for more and the other for less.
    package init?(count: Int, spread: Double) {
        guard let rows = Self.rows.last(where: { $0.count <= count }) else { return nil }
        let nearest = rows.powers.min { abs($0.spread - spread) < abs($1.spread - spread) }
        guard let nearest else { return nil }
        let isBeyond = abs(nearest.spread - spread) > Self.reach
        let hidesMore = isBeyond && spread > nearest.spread
        guard !hidesMore || count == rows.count else { return nil }
        self.count = rows.count
        self.spread = nearest.spread
        probability = nearest.power
        beyond = isBeyond ? spread : nil
        isLowerBound = !hidesMore && (isBeyond || count > rows.count)
    }

    package var description: String {
        let relation = isLowerBound ? "≥" : beyond == nil ? "≈" : "≤"
        let origin = beyond.map { ", measured \(Fixed.text(min($0, 99), places: 2))" } ?? ""
        return "a true −10 %/drill would be called with probability \(relation) "
            + "\(Fixed.text(probability, places: 2)) "
            + "(\(count) drills, spread \(Fixed.text(spread, places: 2))\(origin))"
    }

    /// Half of the widest gap between two rows of a count.
    private static let reach = 0.1

    private struct Row {
        let count: Int
        let powers: [(spread: Double, power: Double)]
    }

    private static var rows: [Row] {
        [
            Row(count: 4, powers: [(0.4, 0.089)]),
            Row(count: 5, powers: [(0.4, 0.125)]),
            Row(count: 6, powers: [(0.4, 0.261)]),
            Row(count: 8, powers: [(0.25, 0.801), (0.4, 0.520), (0.6, 0.345)]),
            Row(count: 12, powers: [(0.25, 0.998), (0.4, 0.917), (0.6, 0.691)]),
        ]
    }
}

/// Writes numbers with a fixed count of places, the same in every locale.
enum Fixed {
    /// A number of less than 1e12, halves away from zero.
    static func text(_ number: Double, places: Int) -> String {
        let scale = (0..<places).reduce(1) { power, _ in power * 10 }
        let whole = Int(abs(number) * Double(scale) + 0.5)
        let digits = String(whole % scale)
        let zeros = String(repeating: "0", count: places - digits.count)
        let sign = number < 0 && whole != 0 ? "-" : ""
        return "\(sign)\(whole / scale).\(zeros)\(digits)"
    }
}
