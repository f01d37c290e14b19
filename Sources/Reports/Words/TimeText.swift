import CalendarTime

/// Instants for files that programs read, and offsets for records.
enum TimeText {
    /// `2027-01-05T13:00:00.000000Z`.
    static func iso(_ instant: WallInstant) -> String {
        let date = CivilDate(of: instant, in: .utc)
        return "\(date)T\(clock(instant - date.start(in: .utc), digits: 6))Z"
    }

    /// `00:05:00.123`; the hours go on beyond 24.
    static func clock(_ microseconds: Int64, digits: Int) -> String {
        let seconds = microseconds / 1_000_000
        let parts = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { zeros($0, 2) }
        return parts.joined(separator: ":") + "."
            + zeros(microseconds % 1_000_000, 6).prefix(digits)
    }

    private static func zeros(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
