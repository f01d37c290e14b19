/// A zone rule as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixZone: Hashable, Sendable {
    let standard: LocalOffset
    let daylight: Daylight?

    struct Daylight: Hashable, Sendable {
        let offset: LocalOffset
        let begins: YearlyMoment
        let ends: YearlyMoment
    }

    /// A day of the year, and a count of seconds from its midnight.
    struct YearlyMoment: Hashable, Sendable {
        enum Day: Hashable, Sendable {
            /// 1 to 365; the 29th of February does not count.
            case withoutLeapDay(Int)
            /// 0 to 365, leap days counted.
            case ofYear(Int)
            /// The n-th weekday (0 for Sunday) of a month; 5 is the last.
            case weekday(month: Int, week: Int, day: Int)
        }

        let day: Day
        let seconds: Int64
    }
}

extension PosixZone {
    /// Adds the changes that the rule foretells after the listed ones.
    func extend(_ starts: inout [Int64], _ offsets: inout [LocalOffset]) {
        guard let daylight else {
            if offsets.last != standard, starts.count == 1 { offsets = [standard] }
            return
        }
        let last = starts.count > 1 ? starts[starts.count - 1] : nil
        var changes: [(Int64, LocalOffset)] = []
        for year in firstYear(after: last)...lastYear(after: last) {
            let begin = daylight.begins.seconds(in: year) - standard.seconds
            let end = daylight.ends.seconds(in: year) - daylight.offset.seconds
            changes.append((begin, daylight.offset))
            changes.append((end, standard))
        }
        for (time, offset) in changes.sorted(by: { $0.0 < $1.0 }) where time > last ?? .min {
            guard offset != offsets.last else { continue }
            starts.append(time)
            offsets.append(offset)
        }
    }

    /// The first second whose changes repeat those of 400 years before.
    func repetitionStart(after last: Int64?) -> Int64 {
        CivilDate.daysSinceEpoch(lastYear(after: last) + 1, 1, 1) * 86_400
    }

    private func firstYear(after last: Int64?) -> Int {
        guard let last else { return 1970 }
        return CivilDate(daysSinceEpoch: last.flooredQuotient(86_400)).year
    }

    /// One whole cycle of the Gregorian calendar and a year to begin with.
    private func lastYear(after last: Int64?) -> Int { firstYear(after: last) + 401 }
}

extension PosixZone.YearlyMoment {
    /// The moment of a year in seconds since 1970, as the clocks show it before the change.
    func seconds(in year: Int) -> Int64 {
        let newYear = CivilDate.daysSinceEpoch(year, 1, 1)
        switch day {
        case .withoutLeapDay(let number):
            let leap = CivilDate.isLeap(year) && number >= 60 ? 1 : 0
            return (newYear + Int64(number - 1 + leap)) * 86_400 + seconds
        case .ofYear(let number):
            return (newYear + Int64(number)) * 86_400 + seconds
        case .weekday(let month, let week, let day):
            let first = CivilDate.daysSinceEpoch(year, month, 1)
            let firstWeekday = (first + 4).flooredRemainder(7)
            var date = 1 + (Int64(day) - firstWeekday).flooredRemainder(7) + Int64(week - 1) * 7
            while date > CivilDate.length(ofMonth: month, year) { date -= 7 }
            return (first + date - 1) * 86_400 + seconds
        }
    }
}

extension PosixZone {
    /// Reads the rule of a named zone.
    init(parsing text: String, name: String) throws(ZoneError) {
        var reader = PosixZoneReader(rest: text.utf8[...])
        guard let zone = reader.read() else { throw .notARule(text) }
        self = zone
    }
}

/// Walks over the text of a rule; each part is nil where the text is wrong.
private struct PosixZoneReader {
    var rest: Substring.UTF8View

    mutating func read() -> PosixZone? {
        guard let name = readName(), let west = readTime(limit: 24) else { return nil }
        let standard = LocalOffset(seconds: -west, isDaylight: false, abbreviation: name)
        if rest.isEmpty { return PosixZone(standard: standard, daylight: nil) }
        guard let daylightName = readName() else { return nil }
        var daylightSeconds = standard.seconds + 3_600
        if let next = rest.first, next != UInt8(ascii: ",") {
            guard let west = readTime(limit: 24) else { return nil }
            daylightSeconds = -west
        }
        // Without dates the rule of the United States holds, as in glibc.
        if rest.isEmpty { rest = Substring(",M3.2.0,M11.1.0").utf8 }
        guard let begins = readMoment(), let ends = readMoment(), rest.isEmpty else { return nil }
        let offset = LocalOffset(
            seconds: daylightSeconds, isDaylight: true, abbreviation: daylightName)
        return PosixZone(
            standard: standard, daylight: .init(offset: offset, begins: begins, ends: ends))
    }

    private mutating func readName() -> String? {
        let name: Substring.UTF8View
        if take(UInt8(ascii: "<")) {
            name = rest.prefix { $0 != UInt8(ascii: ">") }
            rest = rest.dropFirst(name.count)
            guard take(UInt8(ascii: ">")) else { return nil }
        } else {
            name = rest.prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7a }
            rest = rest.dropFirst(name.count)
        }
        return name.count >= 3 ? String(Substring(name)) : nil
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    private mutating func readTime(limit: Int64) -> Int64? {
        let isNegative = take(UInt8(ascii: "-"))
        if !isNegative { _ = take(UInt8(ascii: "+")) }
        guard let hours = readNumber(), hours <= limit else { return nil }
        var seconds = hours * 3_600
        for scale in [Int64(60), 1] {
            guard take(UInt8(ascii: ":")) else { break }
            guard let part = readNumber(), part < 60 else { return nil }
            seconds += part * scale
        }
        return isNegative ? -seconds : seconds
    }

    private mutating func readMoment() -> PosixZone.YearlyMoment? {
        guard take(UInt8(ascii: ",")), let day = readDay() else { return nil }
        guard take(UInt8(ascii: "/")) else { return .init(day: day, seconds: 7_200) }
        guard let seconds = readTime(limit: 167) else { return nil }
        return .init(day: day, seconds: seconds)
    }

    private mutating func readDay() -> PosixZone.YearlyMoment.Day? {
        if take(UInt8(ascii: "J")) {
            guard let number = readNumber(), (1...365).contains(number) else { return nil }
            return .withoutLeapDay(Int(number))
        }
        guard take(UInt8(ascii: "M")) else {
            guard let number = readNumber(), number <= 365 else { return nil }
            return .ofYear(Int(number))
        }
        guard let month = readNumber(), (1...12).contains(month), take(UInt8(ascii: ".")),
            let week = readNumber(), (1...5).contains(week), take(UInt8(ascii: ".")),
            let day = readNumber(), day <= 6
        else { return nil }
        return .weekday(month: Int(month), week: Int(week), day: Int(day))
    }

    private mutating func readNumber() -> Int64? {
        let digits = rest.prefix(while: isDigit)
        rest = rest.dropFirst(digits.count)
        return digits.count <= 9 ? Int64(String(Substring(digits))) : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest = rest.dropFirst()
        return true
    }
}
