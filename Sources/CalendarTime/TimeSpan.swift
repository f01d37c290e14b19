/// A length of time written the systemd way: `90s`, `5min`, `1h 30min`, `infinity`.
package struct TimeSpan: Hashable, Comparable, Sendable, Codable {
    /// Whole microseconds, the resolution of `systemd.time(7)`; never negative.
    package let microseconds: Int64

    /// Longer than any other span.
    package static let infinity = TimeSpan(microseconds: .max)
    /// No time at all.
    package static let zero = TimeSpan(microseconds: 0)

    /// The span of that many microseconds, which must not be negative.
    package init(microseconds: Int64) {
        precondition(microseconds >= 0, "a time span is never negative")
        self.microseconds = microseconds
    }

    /// Reads the bare integer of microseconds.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let count = try container.decode(Int64.self)
        guard count >= 0 else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a time span is never negative, but this is \(count)")
        }
        microseconds = count
    }

    /// Writes the bare integer of microseconds.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microseconds)
    }

    /// The shorter of two spans is the lesser.
    package static func < (left: Self, right: Self) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension TimeSpan {
    /// Whole seconds; a count too great to hold is infinity.
    package static func seconds(_ count: Int64) -> Self { Self.count(count, of: 1_000_000) }
    /// Whole milliseconds; a count too great to hold is infinity.
    package static func milliseconds(_ count: Int64) -> Self { Self.count(count, of: 1_000) }
    /// Whole minutes; a count too great to hold is infinity.
    package static func minutes(_ count: Int64) -> Self { Self.count(count, of: 60_000_000) }

    private static func count(_ count: Int64, of unit: Int64) -> Self {
        let (product, overflow) = count.multipliedReportingOverflow(by: unit)
        return overflow ? .infinity : Self(microseconds: product)
    }

    /// The span as a count of seconds, for arithmetic that needs a fraction.
    package var seconds: Double { Double(microseconds) / 1_000_000 }
}
