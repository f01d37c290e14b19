/// A day of the Gregorian calendar, written `2027-03-29`; it belongs to no zone.
package struct CivilDate: Hashable, Comparable, Sendable {
    /// The year, such as 2027.
    package let year: Int
    /// The month, 1 to 12.
    package let month: Int
    /// The day of the month, from 1.
    package let day: Int

    /// The day, or nil when no such day exists.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), (1...Self.length(ofMonth: month, year)).contains(day)
        else { return nil }
        self.init(unchecked: year, month, day)
    }

    /// The day that many days after 1970-01-01.
    package init(daysSinceEpoch days: Int64) {
        // Count in 400-year eras from 0000-03-01, so that leap days end each year.
        let shifted = days + 719_468
        let era = shifted.flooredQuotient(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        self.init(unchecked: Int(year), Int(month), Int(day))
    }

    private init(unchecked year: Int, _ month: Int, _ day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The earlier of two days is the lesser.
    package static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension CivilDate {
    /// Days since 1970-01-01, negative before it.
    package var daysSinceEpoch: Int64 { Self.daysSinceEpoch(year, month, day) }

    /// The day of the week, 0 for Monday to 6 for Sunday.
    package var weekday: Int { Int((daysSinceEpoch + 3).flooredRemainder(7)) }

    /// The day that many days later, or earlier when the count is negative.
    package func advanced(byDays count: Int64) -> Self {
        Self(daysSinceEpoch: daysSinceEpoch + count)
    }

    /// The day an instant falls on, as the clocks of a zone show it.
    package init(of instant: WallInstant, in zone: TimeZoneRules) {
        let reading = zone.reading(at: instant)
        self.init(daysSinceEpoch: reading.flooredQuotient(microsecondsPerDay))
    }

    /// The instant at which the day begins in a zone; after a gap where midnight is missing.
    package func start(in zone: TimeZoneRules) -> WallInstant {
        zone.instant(reading: daysSinceEpoch * microsecondsPerDay)
    }

    /// Months of the year before March belong to the year before, so that leap days end the year.
    static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        let marchYear = Int64(month <= 2 ? year - 1 : year)
        let era = marchYear.flooredQuotient(400)
        let yearOfEra = marchYear - era * 400
        let monthFromMarch = Int64(month > 2 ? month - 3 : month + 9)
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + Int64(day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    static func length(ofMonth month: Int, _ year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

let microsecondsPerDay: Int64 = 86_400_000_000

extension CivilDate: CustomStringConvertible {
    /// Reads `2027-03-29`.
    package init(parsing text: some StringProtocol) throws(DateError) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4,
            parts.allSatisfy({ (1...4).contains($0.utf8.count) && $0.utf8.allSatisfy(isDigit) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { throw .notADate(String(text)) }
        guard let date = CivilDate(year: year, month: month, day: day) else {
            throw .noSuchDay(String(text))
        }
        self = date
    }

    /// The date as `2027-03-29`.
    package var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }
}

func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

/// The number with zeros before it up to the width.
func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

/// Why a text is not a date, a range of dates, a quarter or a cycle of weeks.
package enum DateError: Error, Hashable, Sendable, CustomStringConvertible {
    case notADate(String)
    case noSuchDay(String)
    case notARange(String)
    case reversedRange(first: CivilDate, last: CivilDate)
    case notAQuarter(String)
    case notAWeekCycle(String)

    /// What is wrong, and what to write instead.
    package var description: String {
        switch self {
        case .notADate(let text): "'\(text)' is not a date; write it as '2027-03-29'"
        case .noSuchDay(let text): "there is no day '\(text)' in the calendar; check month and day"
        case .notARange(let text):
            "'\(text)' is not a range of dates; write for example '2027-03-29..2027-04-02'"
        case .reversedRange(let first, let last):
            "range '\(first)..\(last)' ends before it begins; write '\(last)..\(first)'"
        case .notAQuarter(let text): "'\(text)' is not a quarter; write for example '2027-Q1'"
        case .notAWeekCycle(let text):
            "'\(text)' is not a cycle of weeks; write for example '2 from 2027-01-04'"
        }
    }
}
