/// When something recurs, in the language of `systemd.time(7)`: `Tue *-*-01..07 14:00`.
package struct CalendarExpression: Sendable {
    /// The zone that the expression names; it wins over the one passed to ``next(after:in:)``.
    package let zone: TimeZoneRules?

    let weekdays: Weekdays
    let fields: Fields
    let index: CalendarIndex

    /// The parts of the date and the time that an expression may restrict.
    struct Fields: Hashable, Sendable {
        var years = CalendarField()
        var months = CalendarField()
        var days = CalendarField()
        /// Whether the days count from the end of the month (`*-*~01`).
        var countsFromMonthEnd = false
        var hours = CalendarField.only(0)
        var minutes = CalendarField.only(0)
        var microseconds = CalendarField.only(0)
    }

    init(weekdays: Weekdays, fields: Fields, zone: TimeZoneRules?) {
        self.weekdays = weekdays
        self.fields = fields
        self.zone = zone
        index = CalendarIndex(weekdays: weekdays, fields: fields)
    }
}

extension CalendarExpression: Hashable {
    /// Expressions are equal when they say the same in the same normal form.
    package static func == (left: Self, right: Self) -> Bool {
        left.weekdays == right.weekdays && left.fields == right.fields && left.zone == right.zone
    }

    /// Hashes what ``==(_:_:)`` compares.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(weekdays)
        hasher.combine(fields)
        hasher.combine(zone)
    }
}

extension CalendarExpression: CustomStringConvertible {
    /// The expression in systemd's normal form: `Tue *-*-01..07 14:00:00`.
    package var description: String {
        let date = [fields.years.text(width: 4), fields.months.text(width: 2)].joined(
            separator: "-")
        let days = fields.days.text(width: 2)
        let mark = fields.countsFromMonthEnd ? "~" : "-"
        let time = [
            fields.hours.text(width: 2), fields.minutes.text(width: 2),
            fields.microseconds.text(width: 2, unit: 1_000_000),
        ].joined(separator: ":")
        let words = [weekdays.description, date + mark + days, time, zone?.name ?? ""]
        return words.filter { !$0.isEmpty }.joined(separator: " ")
    }
}

/// A set of days of the week.
struct Weekdays: Hashable, Sendable, CustomStringConvertible {
    /// One bit each, the lowest for Monday.
    private(set) var bits: UInt8

    static let all = Weekdays(bits: 0x7f)
    static let none = Weekdays(bits: 0)
    /// Names in full; the first three letters do as well.
    static let names = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]

    mutating func insert(_ day: Int) { bits |= 1 << UInt8(day) }

    /// The days as systemd prints them, `Mon..Thu,Sat,Sun`; nothing when no day is left out.
    var description: String {
        if self == .all { return "" }
        var words: [String] = []
        var day = 0
        while day < 7 {
            guard contains(day) else {
                day += 1
                continue
            }
            let first = day
            while day < 7, contains(day) { day += 1 }
            let name = Self.abbreviation(first)
            switch day - first {
            case 1: words.append(name)
            case 2: words.append("\(name),\(Self.abbreviation(day - 1))")
            default: words.append("\(name)..\(Self.abbreviation(day - 1))")
            }
        }
        return words.joined(separator: ",")
    }

    func contains(_ day: Int) -> Bool { bits & 1 << UInt8(day) != 0 }

    static func abbreviation(_ day: Int) -> String { String(names[day].prefix(3)) }
}
