import CalendarTime
import Drills
import Scoring

/// Times as the pages show them.
enum TimeWords {
    /// `4:03`, `1:04:03`, `-0:02`; whole seconds.
    static func clock(_ microseconds: Int64) -> String {
        let seconds = Int64(microseconds.magnitude / 1_000_000)
        let sign = microseconds <= -1_000_000 ? "−" : ""
        let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60)
        guard hours > 0 else { return "\(sign)\(minutes):\(padded(rest))" }
        return "\(sign)\(hours):\(padded(minutes)):\(padded(rest))"
    }

    /// `4min 3.200s`, to the millisecond.
    static func exact(_ microseconds: Int64) -> String {
        let span = TimeSpan(microseconds: Int64(clamping: microseconds.magnitude))
        return (microseconds < 0 ? "−" : "") + span.formatted(accuracy: .milliseconds(1))
    }

    private static func padded(_ number: Int64) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }

    /// `14:02:05` in the zone.
    static func timeOfDay(_ instant: WallInstant, in zone: TimeZoneRules) -> String {
        let words = instant.formatted(in: zone, precision: .seconds).split(separator: " ")
        return words.count > 2 ? String(words[2]) : ""
    }

    /// `Tue 2027-01-05 14:00`.
    static func date(_ instant: WallInstant, in zone: TimeZoneRules) -> String {
        let words = instant.formatted(in: zone, precision: .seconds).split(separator: " ")
        guard words.count > 2 else { return "" }
        return "\(words[0]) \(words[1]) \(words[2].prefix(5))"
    }
}
