extension TimeSpan: CustomStringConvertible {
    /// The span to the microsecond, as ``formatted(accuracy:)`` writes it.
    package var description: String { formatted(accuracy: TimeSpan(microseconds: 1)) }

    /// The span as systemd prints it: `1d 1h 1min 1.000s`; parts shorter than `accuracy` are cut.
    package func formatted(accuracy: TimeSpan = TimeSpan(microseconds: 1)) -> String {
        if self == .infinity { return "infinity" }
        if self == .zero { return "0" }
        var rest = microseconds
        var words: [String] = []
        for unit in Self.printedUnits where rest >= unit.microseconds {
            if rest < accuracy.microseconds, !words.isEmpty { break }
            let count = rest / unit.microseconds
            rest -= count * unit.microseconds
            if unit.takesFraction, rest > 0,
                let fraction = Self.fraction(rest, of: unit.microseconds, accuracy.microseconds)
            {
                words.append("\(count).\(fraction)\(unit.name)")
                break
            }
            words.append("\(count)\(unit.name)")
        }
        return words.joined(separator: " ")
    }

    /// The digits after the point, or nil where the accuracy leaves none.
    private static func fraction(_ rest: Int64, of unit: Int64, _ accuracy: Int64) -> String? {
        var width = 0
        var scale = unit
        while scale > 1 {
            scale /= 10
            width += 1
        }
        var value = rest
        var step = max(accuracy, 1)
        while step > 1 {
            value /= 10
            step /= 10
            width -= 1
        }
        guard width > 0 else { return nil }
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private struct Unit {
        let name: String
        let microseconds: Int64
        var takesFraction: Bool { microseconds < 60_000_000 && microseconds > 1 }
    }

    private static let printedUnits = [
        Unit(name: "y", microseconds: 31_557_600_000_000),
        Unit(name: "month", microseconds: 2_629_800_000_000),
        Unit(name: "w", microseconds: 604_800_000_000),
        Unit(name: "d", microseconds: 86_400_000_000),
        Unit(name: "h", microseconds: 3_600_000_000),
        Unit(name: "min", microseconds: 60_000_000),
        Unit(name: "s", microseconds: 1_000_000),
        Unit(name: "ms", microseconds: 1_000),
        Unit(name: "us", microseconds: 1),
    ]
}
