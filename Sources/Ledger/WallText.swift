import CalendarTime

/// Wall time as the archive writes it: UTC without the name of a zone, so that lines sort.
enum WallText {
    /// `2027-01-05 13:00:00.000000`.
    static func time(_ instant: WallInstant) -> String {
        let date = CivilDate(of: instant, in: .utc)
        let ofDay = instant - date.start(in: .utc)
        return "\(date) \(clock(ofDay, digits: 6))"
    }

    /// `00:05:00.123`: hours go on beyond 24.
    static func clock(_ microseconds: Int64, digits: Int) -> String {
        let seconds = microseconds / 1_000_000
        let fraction = padded(microseconds % 1_000_000, 6).prefix(digits)
        let parts = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }
        return parts.joined(separator: ":") + "." + fraction
    }

    /// The number with zeros before it up to the width.
    static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
