extension WallInstant {
    /// Reads a timestamp of `systemd.time(7)`: `2027-01-05 14:00`, `Tue 2027-01-05`, `14:00`, `now`,
    /// `today`, `+1h`, `2h ago`, `@1798761600`, each absolute form with a zone at the end if need be.
    ///
    /// A reading that the clocks of the zone skip counts on from before the gap; one that occurs
    /// twice is the first.
    package init(
        parsing text: some StringProtocol, now: WallInstant, in zone: TimeZoneRules,
        zones: ZoneDatabase = ZoneDatabase()
    ) throws(ParseError) {
        let words = String(text).split(separator: " ").map(String.init)
        guard !words.isEmpty else { throw .empty }
        let whole = words.joined(separator: " ")
        if let instant = try Self.relative(whole, to: now) {
            self = instant
            return
        }
        var reader = TimestampReader(words: words, whole: whole)
        let named = try reader.takeZone(zones)
        let rules = named ?? zone
        self = try reader.read(now: now, in: rules)
    }

    /// `now`, `@…`, `+…`, `-…`, `… ago`, `… left`; nil for anything else.
    private static func relative(
        _ text: String, to now: WallInstant
    ) throws(ParseError) -> WallInstant? {
        if text == "now" { return now }
        if text.hasPrefix("@") { return try epoch(text) }
        if text.hasPrefix("+") { return now.advanced(by: try span(text.dropFirst())) }
        if text.hasPrefix("-") {
            return now.advanced(byMicroseconds: -(try span(text.dropFirst()).microseconds))
        }
        if text.hasSuffix(" ago") {
            return now.advanced(byMicroseconds: -(try span(text.dropLast(4)).microseconds))
        }
        return text.hasSuffix(" left") ? now.advanced(by: try span(text.dropLast(5))) : nil
    }

    private static func epoch(_ text: String) throws(ParseError) -> WallInstant {
        let number = text.hasSuffix(" UTC") ? text.dropFirst().dropLast(4) : text.dropFirst()
        guard number.utf8.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") }) else {
            throw .notATimestamp(text)
        }
        return WallInstant(microsecondsSinceEpoch: try span(number).microseconds)
    }

    private static func span(_ text: Substring) throws(ParseError) -> TimeSpan {
        do throws(TimeSpan.ParseError) {
            let span = try TimeSpan(parsing: text)
            guard span != .infinity else { throw .tooLong(String(text)) }
            return span
        } catch {
            throw .span(error)
        }
    }

    /// Why a text is not a timestamp.
    package enum ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        case empty
        case notATimestamp(String)
        case noSuchDay(String)
        case outOfRange(String)
        case wrongWeekday(String, actual: String)
        case zone(ZoneError)
        case span(TimeSpan.ParseError)

        /// What is wrong, and what to write instead.
        package var description: String {
            switch self {
            case .empty: "a timestamp is missing; write for example '2027-01-05 14:00' or 'now'"
            case .notATimestamp(let text):
                "'\(text)' is not a timestamp; write for example '2027-01-05 14:00', 'today' or '+1h'"
            case .noSuchDay(let text):
                "there is no day '\(text)' in the calendar; check month and day"
            case .outOfRange(let text):
                "'\(text)' is no time of day; write 00:00:00 to 23:59:59"
            case .wrongWeekday(let text, let actual):
                "'\(text)' is a \(actual); write that weekday or leave it out"
            case .zone(let error): error.description
            case .span(let error): error.description
            }
        }
    }
}

/// Walks over the words of an absolute timestamp.
private struct TimestampReader {
    var words: [String]
    let whole: String

    typealias ParseError = WallInstant.ParseError

    /// Takes the last word off when it can only be a zone.
    mutating func takeZone(_ zones: ZoneDatabase) throws(ParseError) -> TimeZoneRules? {
        guard words.count > 1, let last = words.last, last.first?.isLetter == true,
            !Weekdays.isName(last)
        else { return nil }
        words.removeLast()
        if last.lowercased() == "utc" { return .utc }
        do throws(ZoneError) {
            return try zones.zone(named: last)
        } catch {
            throw .zone(error)
        }
    }

    mutating func read(now: WallInstant, in zone: TimeZoneRules) throws(ParseError) -> WallInstant {
        let today = CivilDate(of: now, in: zone)
        let daysAhead = ["yesterday": -1, "today": 0, "tomorrow": 1]
        if words.count == 1, let days = daysAhead[words[0]] {
            return today.advanced(byDays: Int64(days)).start(in: zone)
        }
        let weekday = words.first.flatMap { Weekdays.number(of: $0) }
        if weekday != nil { words.removeFirst() }
        guard (1...2).contains(words.count) else { throw .notATimestamp(whole) }
        let hasDate = !words[0].contains(":")
        guard hasDate || words.count == 1 else { throw .notATimestamp(whole) }
        let day = hasDate ? try date(words[0]) : today
        let time = hasDate && words.count == 1 ? 0 : try microseconds(words[words.count - 1])
        if let weekday, weekday != day.weekday {
            throw .wrongWeekday(whole, actual: Weekdays.names[day.weekday])
        }
        return zone.instant(reading: day.daysSinceEpoch * microsecondsPerDay + time)
    }

    /// `2027-01-05`, or with two digits for the years 1969 to 2068.
    private func date(_ word: String) throws(ParseError) -> CivilDate {
        let parts = word.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = number(parts[0], 4), let month = number(parts[1], 2),
            let day = number(parts[2], 2)
        else { throw .notATimestamp(whole) }
        let century = parts[0].utf8.count > 2 ? 0 : year < 69 ? 2000 : 1900
        guard let date = CivilDate(year: year + century, month: month, day: day) else {
            throw .noSuchDay(word)
        }
        guard date.year >= 1970 else { throw .notATimestamp(whole) }
        return date
    }

    /// `14:00`, `14:00:30` or `14:00:30.5`; a leap second is the second after it.
    private func microseconds(_ word: String) throws(ParseError) -> Int64 {
        let halves = word.split(separator: ".", omittingEmptySubsequences: false)
        let parts = halves[0].split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { number($0, 2) }
        guard (2...3).contains(parts.count), numbers.count == parts.count, halves.count <= 2,
            halves.count == 1 || parts.count == 3
        else { throw .notATimestamp(whole) }
        let second = numbers.count == 3 ? numbers[2] : 0
        guard numbers[0] < 24, numbers[1] < 60, second <= 60 else { throw .outOfRange(word) }
        let seconds = Int64(numbers[0] * 3_600 + numbers[1] * 60 + second)
        guard halves.count == 2 else { return seconds * 1_000_000 }
        return seconds * 1_000_000 + (try fraction(halves[1]))
    }

    private func fraction(_ digits: Substring) throws(ParseError) -> Int64 {
        guard !digits.isEmpty, digits.utf8.allSatisfy(isDigit) else { throw .notATimestamp(whole) }
        let six = (digits + "000000").prefix(6)
        guard let value = Int64(six) else { throw .notATimestamp(whole) }
        let seventh = digits.dropFirst(6).first ?? "0"
        return seventh >= "5" ? value + 1 : value
    }

    private func number(_ digits: Substring, _ most: Int) -> Int? {
        guard (1...most).contains(digits.utf8.count), digits.utf8.allSatisfy(isDigit) else {
            return nil
        }
        return Int(digits)
    }
}
