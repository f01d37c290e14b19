/// Walks over the text of one expression: weekdays, then date, then time.
struct CalendarReader {
    private let text: String
    private let bytes: [UInt8]
    private var position = 0
    private(set) var weekdays = Weekdays.none
    private(set) var fields = CalendarExpression.Fields()
    /// Whether the expression was `@` and seconds since 1970, which are of UTC.
    private(set) var isEpoch = false

    typealias ParseError = CalendarExpression.ParseError

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    mutating func read() throws(ParseError) {
        try readWeekdays()
        guard position < bytes.count else { return }
        if try readDate(), position < bytes.count, !isEpoch { try readTime() }
        guard position == bytes.count else { throw unexpected() }
    }
}

extension CalendarReader {
    /// `Mon`, `Mon,Wed`, `Mon..Fri`, `Mon-Fri`, with a comma at the end if need be.
    private mutating func readWeekdays() throws(ParseError) {
        var rangeStart: Int?
        var isFirst = true
        while true {
            let start = position
            guard let day = readWeekdayName() else {
                if isFirst { return }
                throw unexpected()
            }
            if let first = rangeStart {
                guard first <= day else {
                    throw .reversedWeekdays(
                        first: Weekdays.abbreviation(first), last: Weekdays.abbreviation(day))
                }
                for between in first...day { weekdays.insert(between) }
            }
            weekdays.insert(day)
            if position == bytes.count || skipSpaces() { return }
            let isRangeMark = takes("..") || takes("-")
            if isRangeMark {
                guard rangeStart == nil else { throw unexpected(at: start) }
                rangeStart = day
            } else {
                guard takes(",") else { throw unexpected(at: start) }
                rangeStart = nil
            }
            if position == bytes.count || skipSpaces() {
                guard rangeStart == nil else { throw .openWeekdays(word(from: start)) }
                return
            }
            isFirst = false
        }
    }

    /// A name ends where a separator or the text does; otherwise it is no name.
    private mutating func readWeekdayName() -> Int? {
        let rest = bytes[position...]
        let name = rest.prefix { (0x61...0x7a).contains($0 | 0x20) }
        let end = position + name.count
        let endsWell = end == bytes.count || " ,.-".utf8.contains(bytes[end])
        guard endsWell, let day = Weekdays.number(of: String(decoding: name, as: UTF8.self))
        else { return nil }
        position = end
        return day
    }
}

extension CalendarReader {
    /// A date, if there is one before the time; true when a time may follow.
    private mutating func readDate() throws(ParseError) -> Bool {
        if takes("@") {
            try readEpoch()
            return true
        }
        let start = position
        let first = try readField(.year)
        if position == bytes.count || bytes[position] == UInt8(ascii: ":") {
            position = start
            return true
        }
        var countsFromEnd = takes("~")
        guard countsFromEnd || takes("-") else { throw unexpected() }
        let second = try readField(.month)
        if position == bytes.count || skipSpaces() {
            (fields.months, fields.days) = (first, second)
            fields.countsFromMonthEnd = countsFromEnd
            return true
        }
        guard !countsFromEnd else { throw unexpected() }
        countsFromEnd = takes("~")
        guard countsFromEnd || takes("-") else { throw unexpected() }
        let third = try readField(.day)
        guard position == bytes.count || skipSpaces() else { throw unexpected() }
        (fields.years, fields.months, fields.days) = (first, second, third)
        fields.countsFromMonthEnd = countsFromEnd
        return true
    }

    /// Seconds since 1970, after the `@`.
    private mutating func readEpoch() throws(ParseError) {
        let digits = readDigits()
        guard !digits.isEmpty else { throw expectedNumber() }
        // The last second of the year 2199 has ten digits.
        guard let seconds = Int64(digits), digits.utf8.count <= 10 else {
            throw .numberTooGreat(digits)
        }
        let date = CivilDate(daysSinceEpoch: seconds / 86_400)
        fields.years = .only(date.year)
        fields.months = .only(date.month)
        fields.days = .only(date.day)
        fields.hours = .only(Int(seconds / 3_600 % 24))
        fields.minutes = .only(Int(seconds / 60 % 60))
        fields.microseconds = .only(Int(seconds % 60) * 1_000_000)
        isEpoch = true
    }

    /// `14:00` or `14:00:30.5`.
    private mutating func readTime() throws(ParseError) {
        let start = position
        fields.hours = try readField(.hour)
        guard takes(":") else {
            if position == bytes.count { throw .needsMinutes(word(from: start)) }
            throw unexpected()
        }
        fields.minutes = try readField(.minute)
        guard position < bytes.count else { return }
        guard takes(":") else { throw unexpected() }
        fields.microseconds = try readField(.second)
    }
}

extension CalendarReader {
    /// `*`, or a list of numbers, ranges and repetitions.
    private mutating func readField(
        _ name: CalendarExpression.FieldName
    ) throws(ParseError) -> CalendarField {
        if takes("*") {
            return name == .second ? .everySecond : CalendarField()
        }
        var parts: [CalendarField.Part] = []
        repeat {
            guard parts.count < 240 else { throw .tooManyParts }
            parts.append(try readPart(inSeconds: name == .second))
        } while takes(",")
        return CalendarField(parts: parts)
    }

    /// `5`, `1..7`, `0/15` or `8..18/2`.
    private mutating func readPart(inSeconds: Bool) throws(ParseError) -> CalendarField.Part {
        let begin = position
        let start = try readNumber(inSeconds: inSeconds)
        var stop: Int?
        var step = 0
        if takes("..") {
            stop = try readNumber(inSeconds: inSeconds)
            step = inSeconds ? 1_000_000 : 1
        }
        if takes("/") {
            step = try readNumber(inSeconds: inSeconds)
            guard step > 0 else { throw .zeroStep }
        } else if inSeconds, let stop, stop >= start, start + step > stop {
            throw .rangeBelowStep(word(from: begin))
        }
        guard position == bytes.count || " ,-~:".utf8.contains(bytes[position]) else {
            throw unexpected()
        }
        return .init(start: start, stop: stop, step: step)
    }

    /// A whole number; where seconds are read it counts microseconds and may have a fraction.
    private mutating func readNumber(inSeconds: Bool) throws(ParseError) -> Int {
        let digits = readDigits()
        guard !digits.isEmpty else { throw expectedNumber() }
        let scale = inSeconds ? 1_000_000 : 1
        guard digits.utf8.count <= 10, let whole = Int(digits), whole * scale <= Int(Int32.max)
        else { throw .numberTooGreat(digits) }
        let isFraction =
            inSeconds && position + 1 < bytes.count && bytes[position] == UInt8(ascii: ".")
            && bytes[position + 1] != UInt8(ascii: ".")
        guard isFraction else { return whole * scale }
        position += 1
        let fraction = Array(readDigits().utf8)
        guard !fraction.isEmpty else { throw expectedNumber() }
        return whole * scale + Self.microseconds(fraction)
    }

    /// Six digits after the point, the seventh rounding.
    private static func microseconds(_ digits: [UInt8]) -> Int {
        var value = 0
        for place in 0..<6 {
            value = value * 10 + (place < digits.count ? Int(digits[place]) - 0x30 : 0)
        }
        return digits.count > 6 && digits[6] >= UInt8(ascii: "5") ? value + 1 : value
    }
}

extension CalendarReader {
    private mutating func readDigits() -> String {
        let digits = bytes[position...].prefix(while: isDigit)
        position += digits.count
        return String(decoding: digits, as: UTF8.self)
    }

    private mutating func takes(_ mark: StaticString) -> Bool {
        let mark = mark.description.utf8
        guard bytes[position...].starts(with: mark) else { return false }
        position += mark.count
        return true
    }

    private mutating func skipSpaces() -> Bool {
        let start = position
        while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
        return position > start
    }

    private func word(from start: Int) -> String {
        let word = bytes[start...].prefix { $0 != UInt8(ascii: " ") }
        return String(decoding: word, as: UTF8.self)
    }

    private func unexpected(at place: Int? = nil) -> ParseError {
        .unexpected(rest(from: place ?? position), in: text)
    }

    private func expectedNumber() -> ParseError {
        position == bytes.count
            ? .breaksOff(text) : .expectedNumber(at: rest(from: position), in: text)
    }

    private func rest(from place: Int) -> String {
        String(decoding: bytes[place...], as: UTF8.self)
    }
}
