/// How likely the test is to see a real improvement of so many drills with such a spread.
///
/// Read off 200,000 simulated histories for each point of a grid, between which it is taken as
/// straight: lognormal durations whose logarithms fall by 0.1 a drill, exact one-sided test at 10 %.
package struct PowerNote: Sendable, Hashable, CustomStringConvertible {
    /// The number of drills.
    package let count: Int
    /// The spread of the logarithms around their line.
    package let spread: Double
    /// The probability; beyond the grid that at its edge.
    package let probability: Double

    /// Nil below four drills, which can show nothing.
    package init?(count: Int, spread: Double) {
        guard count >= Verdict.fewest, spread >= 0 else { return nil }
        self.count = count
        self.spread = spread
        probability = Self.power(count: count, spread: spread)
    }

    /// The note of a report on drills.
    package var description: String { sentence(unit: "drill", plural: "drills") }

    /// The note, with what stands behind each other in the series: a drill, a step.
    package func sentence(unit: String, plural: String) -> String {
        let chance =
            probability > 0.99 ? "> 0.99" : "≈ \(Fixed.text(probability, places: 2))"
        let doubt = count < TrendSummary.fewestForInterval ? ", which so few hardly show" : ""
        return "a true −10 %/\(unit) would be called with probability \(chance) "
            + "(\(count) \(plural), spread \(Fixed.text(spread, places: 2))\(doubt))"
    }
}

// The grid.
extension PowerNote {
    private static let spreads = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1.2, 2]

    private static let rows: [(count: Int, powers: [Double])] = [
        (
            4,
            [1, 0.773, 0.369, 0.225, 0.161, 0.130, 0.110, 0.089, 0.077, 0.070, 0.062, 0.055, 0.050]
        ),
        (
            5,
            [1, 0.975, 0.657, 0.404, 0.279, 0.210, 0.170, 0.127, 0.104, 0.091, 0.076, 0.063, 0.054]
        ),
        (6, [1, 1, 0.943, 0.748, 0.564, 0.441, 0.358, 0.262, 0.210, 0.180, 0.143, 0.116, 0.092]),
        (7, [1, 1, 0.992, 0.901, 0.743, 0.597, 0.486, 0.350, 0.273, 0.225, 0.175, 0.132, 0.102]),
        (8, [1, 1, 1, 0.985, 0.915, 0.803, 0.693, 0.521, 0.412, 0.340, 0.263, 0.192, 0.146]),
        (10, [1, 1, 1, 1, 0.992, 0.955, 0.886, 0.712, 0.571, 0.467, 0.338, 0.227, 0.154]),
        (12, [1, 1, 1, 1, 1, 0.998, 0.988, 0.917, 0.804, 0.692, 0.524, 0.350, 0.229]),
        (16, [1, 1, 1, 1, 1, 1, 1, 0.998, 0.981, 0.936, 0.795, 0.550, 0.329]),
        (20, [1, 1, 1, 1, 1, 1, 1, 1, 1, 0.996, 0.953, 0.753, 0.454]),
        (32, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.997, 0.881]),
    ]

    private static func power(count: Int, spread: Double) -> Double {
        let (before, after, share) = place(of: Double(count), in: rows.map { Double($0.count) })
        let early = power(spread, rows[before].powers)
        return early + share * (power(spread, rows[after].powers) - early)
    }

    private static func power(_ spread: Double, _ powers: [Double]) -> Double {
        let (before, after, share) = place(of: spread, in: spreads)
        return powers[before] + share * (powers[after] - powers[before])
    }

    /// The two grid lines around a value and how far it is on from the first; at an edge the same twice.
    private static func place(of value: Double, in lines: [Double]) -> (Int, Int, Double) {
        guard let after = lines.firstIndex(where: { $0 >= value }) else {
            return (lines.count - 1, lines.count - 1, 0)
        }
        guard after > 0, lines[after] > value else { return (after, after, 0) }
        let before = lines[after - 1]
        return (after - 1, after, (value - before) / (lines[after] - before))
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
