import CalendarTime
import Glibc

/// Instants as `OnCalendar=` takes them.
enum UTCText {
    /// `2027-01-05 13:00:00 UTC`; calendars are exact to the second unless they say otherwise.
    static func text(of instant: WallInstant) -> String {
        let (seconds, microseconds) = instant.microsecondsSinceEpoch.quotientAndRemainder(
            dividingBy: 1_000_000)
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        let date = [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday].map {
            padded(Int64($0), 2)
        }
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded(Int64($0), 2) }
        let fraction = microseconds == 0 ? "" : ".\(padded(microseconds, 6))"
        return "\(date.joined(separator: "-")) \(clock.joined(separator: ":"))\(fraction) UTC"
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
