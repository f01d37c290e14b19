import Glibc

/// Moments as systemd's calendar expressions write them.
enum CivilText {
    /// `2026-11-21 14:05:09.000001 UTC`
    static func utc(microsecondsSinceEpoch: Int64) -> String {
        let (seconds, fraction) = floorDivide(microsecondsSinceEpoch, by: 1_000_000)
        var moment = time_t(seconds)
        var parts = tm()
        gmtime_r(&moment, &parts)
        let date = [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday].map { padded($0, 2) }
        let time = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded($0, 2) }
        return date.joined(separator: "-") + " " + time.joined(separator: ":") + "."
            + padded(Int32(fraction), 6) + " UTC"
    }

    private static func floorDivide(_ value: Int64, by unit: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: unit)
        return remainder < 0 ? (quotient - 1, remainder + unit) : (quotient, remainder)
    }

    private static func padded(_ number: Int32, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
