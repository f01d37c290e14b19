import CalendarTime

/// An expression as plain sets of values, slow and obvious, to hold the real one against.
struct CalendarModel {
    let text: String
    let weekdays: Set<Int>
    let months: Set<Int>
    /// Days of the month, or days from its end, 1 being the last.
    let days: Set<Int>
    let countsFromEnd: Bool
    let hours: Set<Int>
    let minutes: Set<Int>

    /// Values as they are written, and as a set.
    typealias Values = (text: String, set: Set<Int>)

    /// Half of them restrict the date; all say something of the time.
    static func random(using random: inout SeededGenerator) -> CalendarModel {
        let restrictsDate = Bool.random(using: &random)
        let countsFromEnd = restrictsDate && Int.random(in: 0..<4, using: &random) == 0
        let weekdays: Values = restrictsDate ? weekdays(&random) : ("", Set(0..<7))
        let months: Values = restrictsDate ? values(1...12, star: 5, &random) : ("*", Set(1...12))
        let days: Values =
            !restrictsDate
            ? ("*", Set(1...31))
            : countsFromEnd
                ? values(1...16, star: 1, &random, mostParts: 1) : values(1...31, star: 2, &random)
        let hours = values(0...23, star: 2, &random)
        let minutes = values(0...59, star: 1, &random)
        let mark = countsFromEnd ? "~" : "-"
        let date = "*-\(months.text)\(mark)\(days.text)"
        return CalendarModel(
            text: "\(weekdays.text) \(date) \(hours.text):\(minutes.text)".drop(while: { $0 == " " }
            )
            .description,
            weekdays: weekdays.set, months: months.set,
            days: days.text == "*" ? Set(1...31) : fromEnd(days, countsFromEnd),
            countsFromEnd: countsFromEnd && days.text != "*", hours: hours.set,
            minutes: minutes.set)
    }

    /// A step runs towards the end of the month, and so down.
    private static func fromEnd(_ days: Values, _ countsFromEnd: Bool)
        -> Set<Int>
    {
        guard countsFromEnd, let slash = days.text.firstIndex(of: "/"), !days.text.contains("."),
            let start = Int(days.text[..<slash]),
            let step = Int(days.text[days.text.index(after: slash)...])
        else { return days.set }
        return Set(stride(from: start, through: 1, by: -step))
    }

    private static func weekdays(_ random: inout SeededGenerator) -> Values {
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let first = Int.random(in: 0..<7, using: &random)
        let last = Int.random(in: first..<7, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return ("\(names[first])..\(names[last])", Set(first...last))
        case 1: return ("\(names[last]),\(names[first])", [first, last])
        default: return ("", Set(0..<7))
        }
    }

    /// A star, a list, a range with or without a step, or an open repetition.
    private static func values(
        _ limits: ClosedRange<Int>, star: Int, _ random: inout SeededGenerator, mostParts: Int = 4
    ) -> Values {
        if Int.random(in: 0..<(star + 3), using: &random) < star { return ("*", Set(limits)) }
        let first = Int.random(in: limits.lowerBound..<limits.upperBound, using: &random)
        let last = Int.random(in: (first + 1)...limits.upperBound, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            let list = (0..<mostParts).map { _ in Int.random(in: limits, using: &random) }
            return (list.map(String.init).joined(separator: ","), Set(list))
        case 1: return ("\(first)..\(last)", Set(first...last))
        case 2:
            let step = Int.random(in: 1...(last - first), using: &random)
            let text = "\(first)..\(last)/\(step)"
            return (text, Set(stride(from: first, through: last, by: step)))
        default: return repetition(limits, first, &random)
        }
    }

    private static func repetition(
        _ limits: ClosedRange<Int>, _ first: Int, _ random: inout SeededGenerator
    ) -> Values {
        let room = min(limits.upperBound - first, max(1, first - limits.lowerBound))
        let start = max(first, limits.lowerBound + 1)
        let step = max(1, min(Int.random(in: 1...room, using: &random), limits.upperBound - start))
        guard start + step <= limits.upperBound, start - step >= limits.lowerBound else {
            return ("\(first)", [first])
        }
        return ("\(start)/\(step)", Set(stride(from: start, through: limits.upperBound, by: step)))
    }

    /// Every minute at which the clocks show an admitted reading for the first time.
    func scan(
        after start: WallInstant, through end: WallInstant, in zone: TimeZoneRules
    ) -> [WallInstant] {
        let minute: Int64 = 60_000_000
        var found: [WallInstant] = []
        var latest = Int64.min
        var instant = WallInstant((start.microsecondsSinceEpoch / minute - 2_880) * minute)
        while instant <= end {
            let reading =
                instant.microsecondsSinceEpoch + zone.offset(at: instant).seconds * 1_000_000
            if reading > latest, instant > start, admits(reading / minute) { found.append(instant) }
            latest = max(latest, reading)
            instant = instant.advanced(byMicroseconds: minute)
        }
        return found
    }

    private func admits(_ minute: Int64) -> Bool {
        guard minutes.contains(Int(minute % 60)), hours.contains(Int(minute / 60 % 24)) else {
            return false
        }
        let date = CivilDate(daysSinceEpoch: minute / 1_440)
        guard weekdays.contains(date.weekday), months.contains(date.month) else { return false }
        let next = CivilDate(year: date.year, month: date.month % 12 + 1, day: 1)
        let length =
            date.month == 12
            ? 31 : Int((next?.daysSinceEpoch ?? 0) - (date.daysSinceEpoch - Int64(date.day) + 1))
        return days.contains(countsFromEnd ? length + 1 - date.day : date.day)
    }
}
