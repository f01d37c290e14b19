/// What the clocks of one place show: when their offset from UTC changes, and to what.
///
/// A *reading* is what a clock shows, as microseconds since the clock showed 1970-01-01 00:00. Some
/// readings never occur (clocks put forward), some occur twice (clocks put back).
package struct TimeZoneRules: Sendable {
    /// The name of the zone, such as `Europe/Berlin`.
    package let name: String
    /// Where each stretch of equal offset begins, in seconds since 1970, ascending; the first is `.min`.
    let starts: [Int64]
    /// The offset that rules in each stretch.
    let offsets: [LocalOffset]
    /// Changes from here on repeat those of 400 years before; nil when there are none.
    let repeatsFrom: Int64?

    /// Coordinated universal time.
    package static let utc = TimeZoneRules(
        name: "UTC", starts: [.min],
        offsets: [LocalOffset(seconds: 0, isDaylight: false, abbreviation: "UTC")])

    init(name: String, starts: [Int64], offsets: [LocalOffset], repeatsFrom: Int64? = nil) {
        self.name = name
        self.starts = starts
        self.offsets = offsets
        self.repeatsFrom = repeatsFrom
    }
}

/// How far the clocks of a zone are from UTC, and what that is called.
package struct LocalOffset: Hashable, Sendable {
    /// Seconds east of UTC.
    package let seconds: Int64
    /// Whether this is daylight saving time.
    package let isDaylight: Bool
    /// The short name, such as `CEST`.
    package let abbreviation: String

    /// The offset in the unit of readings.
    var microseconds: Int64 { seconds * 1_000_000 }
}

extension TimeZoneRules: CustomStringConvertible {
    /// The name of the zone.
    package var description: String { name }
}

extension TimeZoneRules: Hashable {
    /// Zones are equal when their names and all their changes are.
    package static func == (left: Self, right: Self) -> Bool {
        left.name == right.name && left.starts == right.starts && left.offsets == right.offsets
    }

    /// The name alone tells nearly all zones apart.
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension TimeZoneRules {
    /// The offset that rules at an instant.
    package func offset(at instant: WallInstant) -> LocalOffset {
        offsets[stretch(at: folded(instant.microsecondsSinceEpoch.flooredQuotient(1_000_000)))]
    }

    /// Whether the clocks always show UTC.
    package var isUTC: Bool {
        offsets.last?.seconds == 0 && !offsets.contains(where: \.isDaylight)
    }

    /// What the clocks show at an instant.
    func reading(at instant: WallInstant) -> Int64 {
        instant.microsecondsSinceEpoch.saturatingSum(offset(at: instant).microseconds)
    }

    /// The first instant with that reading; a missing one counts on from before the gap.
    func instant(reading: Int64) -> WallInstant {
        switch resolve(reading: reading) {
        case .once(let instant), .twice(let instant, _): instant
        case .missing(let gap):
            WallInstant(microsecondsSinceEpoch: reading - gap.before.microseconds)
        }
    }

    /// The first second of the years whose changes repeat those of 400 years before stands for all.
    private func folded(_ seconds: Int64) -> Int64 {
        guard let repeatsFrom, seconds >= repeatsFrom else { return seconds }
        return repeatsFrom - Self.secondsPer400Years
            + (seconds - repeatsFrom) % Self.secondsPer400Years
    }

    static let secondsPer400Years: Int64 = 146_097 * 86_400

    /// The last stretch that begins at or before a second.
    func stretch(at seconds: Int64) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= seconds { low = middle } else { high = middle }
        }
        return low
    }
}
