import CalendarTime

/// Instants as services write them, always in UTC.
enum WireTime {
    /// RFC 3339 with milliseconds: `2026-11-20T23:26:59.751Z`.
    static func internet(_ instant: WallInstant) -> String {
        let date = CivilDate(of: instant, in: .utc)
        let ofDay = instant - date.start(in: .utc)
        return "\(date)T\(clock(ofDay)).\(padded(ofDay / 1_000 % 1_000, 3))Z"
    }

    /// RFC 5322: `Fri, 20 Nov 2026 23:26:59 +0000`.
    static func mail(_ instant: WallInstant) -> String {
        let date = CivilDate(of: instant, in: .utc)
        let day = "\(weekdays[date.weekday]), \(padded(Int64(date.day), 2))"
        let clock = clock(instant - date.start(in: .utc))
        return "\(day) \(months[date.month - 1]) \(padded(Int64(date.year), 4)) \(clock) +0000"
    }

    /// Reads RFC 3339 with any fraction and offset; nil if it is not of that form.
    static func instant(internet text: String) -> WallInstant? {
        let parts = text.split(separator: "T", maxSplits: 1)
        guard parts.count == 2, let date = try? CivilDate(parsing: parts[0]) else { return nil }
        let (clock, offset) = splitOffset(parts[1])
        guard let offset, let ofDay = microseconds(clock: clock) else { return nil }
        return date.start(in: .utc).advanced(byMicroseconds: ofDay - offset)
    }

    /// Reads the date that HTTP prescribes, `Sun, 06 Nov 1994 08:49:37 GMT`; nil for any other.
    static func instant(http text: String) -> WallInstant? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = Int(words[1]),
            let month = months.firstIndex(of: String(words[2])), let year = Int(words[3]),
            words[3].utf8.count == 4, year >= 1970,
            let date = CivilDate(year: year, month: month + 1, day: day),
            let ofDay = microseconds(clock: words[4])
        else { return nil }
        return date.start(in: .utc).advanced(byMicroseconds: ofDay)
    }

    /// The clock and the offset from UTC in microseconds; nil if there is no offset.
    private static func splitOffset(_ text: Substring) -> (Substring, Int64?) {
        if text.last == "Z" { return (text.dropLast(), 0) }
        let zone = text.suffix(6)
        let fields = zone.dropFirst().split(separator: ":").compactMap { Int64($0) }
        guard zone.count == 6, let sign = zone.first, "+-".contains(sign), fields.count == 2,
            fields[0] < 24, fields[1] < 60
        else { return (text, nil) }
        let offset = (fields[0] * 3_600 + fields[1] * 60) * 1_000_000
        return (text.dropLast(6), sign == "-" ? -offset : offset)
    }

    private static func microseconds(clock text: Substring) -> Int64? {
        let halves = text.split(separator: ".", maxSplits: 1)
        let fields = (halves.first ?? "").split(separator: ":").compactMap { Int64($0) }
        guard fields.count == 3, (0..<24).contains(fields[0]), (0..<60).contains(fields[1]),
            (0...60).contains(fields[2])
        else { return nil }
        let digits = (halves.count == 2 ? halves[1] : "").prefix(6)
        guard digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        let fraction = Int64(digits + String(repeating: "0", count: 6 - digits.count)) ?? 0
        return ((fields[0] * 60 + fields[1]) * 60 + fields[2]) * 1_000_000 + fraction
    }

    private static func clock(_ ofDay: Int64) -> String {
        let seconds = ofDay / 1_000_000
        return [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }
            .joined(separator: ":")
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
