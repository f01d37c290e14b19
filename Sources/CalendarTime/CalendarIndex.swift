/// What an expression admits, as bits, so that each step of a search is one look.
struct CalendarIndex: Sendable {
    /// The first and last year that `systemd.time(7)` knows.
    static let years = 1970...2199

    /// Whether each year from 1970 on is admitted; nil when all are.
    private let yearIsAdmitted: [Bool]?
    private let months: UInt64
    /// The days of months with 28, 29, 30 and 31 days.
    private let days: (UInt64, UInt64, UInt64, UInt64)
    /// The weekdays, three weeks in a row and more, from Monday.
    private let weekdayPattern: UInt64
    private let hours: UInt64
    private let minutes: UInt64
    private let seconds: Seconds

    private enum Seconds: Sendable {
        case whole(UInt64)
        case fractional(CalendarField)
    }

    init(weekdays: Weekdays, fields: CalendarExpression.Fields) {
        yearIsAdmitted = Self.years(fields.years)
        months = fields.months.bits(from: 1, through: 12)
        days = (
            Self.days(fields, 28), Self.days(fields, 29), Self.days(fields, 30),
            Self.days(fields, 31)
        )
        weekdayPattern = (0..<6).reduce(0) { $0 | UInt64(weekdays.bits) << UInt64($1 * 7) }
        hours = fields.hours.bits(from: 0, through: 23)
        minutes = fields.minutes.bits(from: 0, through: 59)
        seconds = Self.seconds(fields.microseconds)
    }

    private static func years(_ field: CalendarField) -> [Bool]? {
        field.isStar ? nil : years.map { field.first(atOrAfter: $0, through: $0) == $0 }
    }

    private static func days(_ fields: CalendarExpression.Fields, _ length: Int) -> UInt64 {
        guard fields.countsFromMonthEnd else {
            return fields.days.bits(from: 1, through: length)
        }
        let parts = fields.days.parts.map { $0.fromMonthEnd(length: length) }
        return CalendarField(parts: parts).bits(from: 1, through: length)
    }

    private static func seconds(_ field: CalendarField) -> Seconds {
        let unit = 1_000_000
        let isWhole = field.parts.allSatisfy { $0.start % unit == 0 && $0.step % unit == 0 }
        guard isWhole else { return .fractional(field) }
        let parts = field.parts.map {
            CalendarField.Part(
                start: $0.start / unit, stop: $0.stop.map { $0 / unit }, step: $0.step / unit)
        }
        return .whole(CalendarField(parts: parts).bits(from: 0, through: 59))
    }
}

extension CalendarIndex {
    /// The first admitted reading at or after one; nil when there is none up to the year 2199.
    ///
    /// Looks at each month once at most, so it ends soon even where nothing is admitted.
    func first(atOrAfter reading: Int64) -> Int64? {
        let start = max(reading, 0)
        let day = start / microsecondsPerDay
        let date = CivilDate(daysSinceEpoch: day)
        if admits(date) {
            if let time = firstTime(atOrAfter: start - day * microsecondsPerDay) {
                return day * microsecondsPerDay + time
            }
        }
        guard let next = firstDay(after: date), let time = firstTime(atOrAfter: 0) else {
            return nil
        }
        return next * microsecondsPerDay + time
    }

    /// Whether the date is admitted, whatever the time.
    private func admits(_ date: CivilDate) -> Bool {
        guard Self.years.contains(date.year), admits(year: date.year),
            months & 1 << UInt64(date.month) != 0
        else { return false }
        return admittedDays(date.year, date.month).bits & 1 << UInt64(date.day) != 0
    }

    private func admits(year: Int) -> Bool { yearIsAdmitted?[year - Self.years.lowerBound] ?? true }

    /// The first admitted day after one, in days since 1970.
    private func firstDay(after date: CivilDate) -> Int64? {
        var (year, month, day) = (date.year, date.month, date.day + 1)
        while year <= Self.years.upperBound {
            if admits(year: year) {
                while let found = Self.lowest(months, from: month) {
                    if found != month { day = 1 }
                    let (bits, firstDay) = admittedDays(year, found)
                    if let first = Self.lowest(bits, from: day) {
                        return firstDay + Int64(first) - 1
                    }
                    (month, day) = (found + 1, 1)
                }
            }
            (year, month, day) = (year + 1, 1, 1)
        }
        return nil
    }

    /// The admitted days of a month, and its first day in days since 1970.
    private func admittedDays(_ year: Int, _ month: Int) -> (bits: UInt64, firstDay: Int64) {
        let firstDay = CivilDate.daysSinceEpoch(year, month, 1)
        let weekday = UInt64((firstDay + 3) % 7)
        let onWeekdays = (weekdayPattern >> weekday) << 1
        let bits =
            switch CivilDate.length(ofMonth: month, year) {
            case 28: days.0
            case 29: days.1
            case 30: days.2
            default: days.3
            }
        return (bits & onWeekdays, firstDay)
    }

    /// The first admitted time of day at or after one, in microseconds since midnight.
    private func firstTime(atOrAfter time: Int64) -> Int64? {
        var hour = Int(time / 3_600_000_000)
        var minute = Int(time / 60_000_000 % 60)
        var microsecond = Int(time % 60_000_000)
        while let foundHour = Self.lowest(hours, from: hour) {
            if foundHour != hour { (minute, microsecond) = (0, 0) }
            while let foundMinute = Self.lowest(minutes, from: minute) {
                if foundMinute != minute { microsecond = 0 }
                if let second = firstSecond(atOrAfter: microsecond) {
                    let whole = Int64(foundHour * 60 + foundMinute)
                    return whole * 60_000_000 + Int64(second)
                }
                (minute, microsecond) = (foundMinute + 1, 0)
            }
            (hour, minute, microsecond) = (foundHour + 1, 0, 0)
        }
        return nil
    }

    /// The first admitted microsecond of a minute at or after one.
    private func firstSecond(atOrAfter microsecond: Int) -> Int? {
        switch seconds {
        case .whole(let bits):
            Self.lowest(bits, from: (microsecond + 999_999) / 1_000_000).map { $0 * 1_000_000 }
        case .fractional(let field): field.first(atOrAfter: microsecond, through: 59_999_999)
        }
    }

    /// The lowest set bit at or above a place.
    private static func lowest(_ bits: UInt64, from place: Int) -> Int? {
        guard place < 64 else { return nil }
        let rest = bits >> UInt64(place)
        return rest == 0 ? nil : place + rest.trailingZeroBitCount
    }
}
