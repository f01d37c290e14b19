/// A point in civil time: microseconds since 1970-01-01 00:00:00 UTC. It may step with the system
/// clock, so it schedules and labels; it never measures.
package struct WallInstant: Hashable, Comparable, Sendable, Codable {
    /// Microseconds since 1970, negative before it.
    package let microsecondsSinceEpoch: Int64

    /// The instant that many microseconds after 1970.
    package init(microsecondsSinceEpoch: Int64) {
        self.microsecondsSinceEpoch = microsecondsSinceEpoch
    }

    /// Reads the bare integer.
    package init(from decoder: any Decoder) throws {
        microsecondsSinceEpoch = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes the bare integer.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microsecondsSinceEpoch)
    }

    /// The earlier of two instants is the lesser.
    package static func < (left: Self, right: Self) -> Bool {
        left.microsecondsSinceEpoch < right.microsecondsSinceEpoch
    }
}

extension WallInstant {
    /// The instant one span later; it stays at the last instant rather than wrap around.
    package func advanced(by span: TimeSpan) -> Self {
        Self(microsecondsSinceEpoch: microsecondsSinceEpoch.saturatingSum(span.microseconds))
    }

    /// The instant that many microseconds later, or earlier when the count is negative.
    package func advanced(byMicroseconds count: Int64) -> Self {
        Self(microsecondsSinceEpoch: microsecondsSinceEpoch.saturatingSum(count))
    }

    /// Signed microseconds from the right instant to the left one.
    package static func - (left: Self, right: Self) -> Int64 {
        left.microsecondsSinceEpoch.saturatingDifference(right.microsecondsSinceEpoch)
    }

    /// The span from an earlier instant to this one; zero when that one is not earlier.
    package func span(since earlier: Self) -> TimeSpan {
        TimeSpan(microseconds: max(0, self - earlier))
    }
}

/// A point on the clock that never steps (`CLOCK_BOOTTIME`): microseconds since this boot. It
/// measures; it says nothing across boots.
package struct BootInstant: Hashable, Comparable, Sendable, Codable {
    /// Microseconds since the machine booted, time asleep included.
    package let microsecondsSinceBoot: Int64

    /// The instant that many microseconds after boot.
    package init(microsecondsSinceBoot: Int64) {
        self.microsecondsSinceBoot = microsecondsSinceBoot
    }

    /// Reads the bare integer.
    package init(from decoder: any Decoder) throws {
        microsecondsSinceBoot = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes the bare integer.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microsecondsSinceBoot)
    }

    /// The earlier of two instants is the lesser.
    package static func < (left: Self, right: Self) -> Bool {
        left.microsecondsSinceBoot < right.microsecondsSinceBoot
    }
}

extension BootInstant {
    /// The instant one span later; it stays at the last instant rather than wrap around.
    package func advanced(by span: TimeSpan) -> Self {
        Self(microsecondsSinceBoot: microsecondsSinceBoot.saturatingSum(span.microseconds))
    }

    /// The instant that many microseconds later, or earlier when the count is negative.
    package func advanced(byMicroseconds count: Int64) -> Self {
        Self(microsecondsSinceBoot: microsecondsSinceBoot.saturatingSum(count))
    }

    /// Signed microseconds from the right instant to the left one.
    package static func - (left: Self, right: Self) -> Int64 {
        left.microsecondsSinceBoot.saturatingDifference(right.microsecondsSinceBoot)
    }

    /// The span from an earlier instant to this one; zero when that one is not earlier.
    package func span(since earlier: Self) -> TimeSpan {
        TimeSpan(microseconds: max(0, self - earlier))
    }
}

/// One moment as both clocks show it: the wall clock labels it, the boot clock measures from it.
package struct Moment: Hashable, Sendable, Codable {
    /// What the wall clock shows.
    package let wall: WallInstant
    /// What the boot clock shows.
    package let boot: BootInstant

    /// The moment at which the two clocks show these instants.
    package init(wall: WallInstant, boot: BootInstant) {
        self.wall = wall
        self.boot = boot
    }

    /// The moment one span later, on both clocks.
    package func advanced(by span: TimeSpan) -> Self {
        Self(wall: wall.advanced(by: span), boot: boot.advanced(by: span))
    }
}

extension Int64 {
    /// The sum, or the extreme value on its side when it does not fit.
    func saturatingSum(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        guard overflow else { return sum }
        return other > 0 ? .max : .min
    }

    /// The difference, or the extreme value on its side when it does not fit.
    func saturatingDifference(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        guard overflow else { return difference }
        return other < 0 ? .max : .min
    }

    /// The quotient rounded down, so that days before 1970 count on.
    func flooredQuotient(_ divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    /// The remainder that goes with ``flooredQuotient(_:)``: never negative for a positive divisor.
    func flooredRemainder(_ divisor: Int64) -> Int64 {
        self - flooredQuotient(divisor) * divisor
    }
}
