extension WallInstant {
    /// How fine a printed instant is.
    package enum Precision: Hashable, Sendable {
        /// Whole seconds, the rest cut off.
        case seconds
        /// Six digits after the point.
        case microseconds
        /// Six digits after the point where they are not all zero.
        case automatic
    }

    /// The instant as systemd prints it: `Tue 2027-01-05 14:00:00 CET`.
    package func formatted(
        in zone: TimeZoneRules, precision: Precision = .automatic
    ) -> String {
        let offset = zone.offset(at: self)
        let reading = microsecondsSinceEpoch.saturatingSum(offset.microseconds)
        let words = [
            ClockFace(reading: reading).text(precision: precision), offset.abbreviation,
        ]
        return words.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// How far off the instant is, as systemd prints it: `1 month 14 days left`, `2h 5min ago`.
    package func relativeText(to now: WallInstant) -> String {
        let distance = self - now
        if distance == 0 { return "now" }
        let words = Self.distanceWords(Int64(clamping: distance.magnitude))
        return words + (distance < 0 ? " ago" : " left")
    }

    private static func distanceWords(_ distance: Int64) -> String {
        let span = Distance(microseconds: distance)
        switch distance {
        case Distance.year...:
            return span.words(Distance.year, "year", then: Distance.month, "month")
        case Distance.month...:
            return span.words(Distance.month, "month", then: Distance.day, "day")
        case Distance.week...:
            return span.words(Distance.week, "week", then: Distance.day, "day")
        case (2 * Distance.day)...: return "\(span.count(Distance.day)) days"
        case (25 * Distance.hour)...: return "1 day \(span.count(Distance.hour) - 24)h"
        case (6 * Distance.hour)...: return "\(span.count(Distance.hour))h"
        case Distance.hour...:
            return "\(span.count(Distance.hour))h \(span.count(Distance.minute) % 60)min"
        case (5 * Distance.minute)...: return "\(span.count(Distance.minute))min"
        case Distance.minute...:
            return "\(span.count(Distance.minute))min \(span.count(Distance.second) % 60)s"
        case Distance.second...: return "\(span.count(Distance.second))s"
        case 1_000...: return "\(distance / 1_000)ms"
        default: return "\(distance)us"
        }
    }
}

/// A length of time that is about to be put into words.
private struct Distance {
    let microseconds: Int64

    static let second: Int64 = 1_000_000
    static let minute = 60 * second
    static let hour = 60 * minute
    static let day = 24 * hour
    static let week = 7 * day
    static let month: Int64 = 2_629_800 * second
    static let year: Int64 = 31_557_600 * second

    func count(_ unit: Int64) -> Int64 { microseconds / unit }

    /// Two units with their plurals.
    func words(_ unit: Int64, _ name: String, then next: Int64, _ nextName: String) -> String {
        let count = count(unit)
        let rest = microseconds % unit / next
        return "\(count) \(name)\(count == 1 ? "" : "s") \(rest) \(nextName)\(rest == 1 ? "" : "s")"
    }
}

/// What a clock shows, for people to read.
struct ClockFace: Hashable, Sendable, CustomStringConvertible {
    let reading: Int64

    var date: CivilDate { CivilDate(daysSinceEpoch: reading.flooredQuotient(microsecondsPerDay)) }

    func text(precision: WallInstant.Precision) -> String {
        "\(Weekdays.abbreviation(date.weekday)) \(date) \(time(precision: precision))"
    }

    var description: String { text(precision: .automatic) }

    func time(precision: WallInstant.Precision) -> String {
        let time = reading.flooredRemainder(microsecondsPerDay)
        let seconds = Int(time / 1_000_000)
        let fraction = Int(time % 1_000_000)
        let words = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }
        let text = words.joined(separator: ":")
        switch precision {
        case .seconds: return text
        case .automatic where fraction == 0: return text
        case .automatic, .microseconds: return "\(text).\(padded(fraction, 6))"
        }
    }
}
