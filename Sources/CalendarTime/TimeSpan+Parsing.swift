extension TimeSpan {
    /// Reads `5min`, `1h 30min`, `2.5s`, `infinity`; a number alone counts `defaultUnit`.
    ///
    /// Units are systemd's: `us ms s min h d w M y` and their long names. A month is 30.44 days
    /// and a year 365.25 days.
    package init(
        parsing text: some StringProtocol, defaultUnit: TimeSpan = .seconds(1)
    ) throws(ParseError) {
        let whole = String(text)
        let bytes = Array(whole.utf8)
        var reader = SpanReader(bytes: bytes, whole: whole, defaultUnit: defaultUnit.microseconds)
        self.init(microseconds: try reader.read())
    }

    /// Why a text is not a time span.
    package enum ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        case empty
        case expectedNumber(String)
        case negative(String)
        case unknownUnit(String, suggestion: String?)
        case infinityAmongOthers(String)
        case tooLong(String)

        /// What is wrong, and what to write instead.
        package var description: String {
            switch self {
            case .empty:
                "a time span is missing; write for example '5min' or '1h 30min'"
            case .expectedNumber(let word):
                "'\(word)' has no number where one is needed; write for example '5min' or '2.5s'"
            case .negative(let text):
                "time span '\(text)' is negative; write it without the minus sign"
            case .unknownUnit(let unit, let suggestion?):
                "unknown time unit '\(unit)'; did you mean '\(suggestion)'?"
            case .unknownUnit(let unit, nil):
                "unknown time unit '\(unit)'; use us, ms, s, min, h, d, w, M or y"
            case .infinityAmongOthers(let text):
                "time span '\(text)' adds something to infinity; write 'infinity' alone"
            case .tooLong(let text):
                "time span '\(text)' is too long; write 'infinity' or at most 290000y"
            }
        }
    }

    static let microsecondsPerUnit: [String: Int64] = [
        "us": 1, "usec": 1, "µs": 1, "μs": 1, "ms": 1_000, "msec": 1_000,
        "s": 1_000_000, "sec": 1_000_000, "second": 1_000_000, "seconds": 1_000_000,
        "m": 60_000_000, "min": 60_000_000, "minute": 60_000_000, "minutes": 60_000_000,
        "h": 3_600_000_000, "hr": 3_600_000_000, "hour": 3_600_000_000, "hours": 3_600_000_000,
        "d": 86_400_000_000, "day": 86_400_000_000, "days": 86_400_000_000,
        "w": 604_800_000_000, "week": 604_800_000_000, "weeks": 604_800_000_000,
        "M": 2_629_800_000_000, "month": 2_629_800_000_000, "months": 2_629_800_000_000,
        "y": 31_557_600_000_000, "year": 31_557_600_000_000, "years": 31_557_600_000_000,
    ]
}

/// Walks over the bytes of one time span, adding up its parts.
private struct SpanReader {
    let bytes: [UInt8]
    let whole: String
    let defaultUnit: Int64
    var position = 0
    var total: Int64 = 0

    mutating func read() throws(TimeSpan.ParseError) -> Int64 {
        skipSpace()
        guard position < bytes.count else { throw .empty }
        if restStarts(with: "infinity") { return try readInfinity() }
        while position < bytes.count {
            try readPart()
            skipSpace()
        }
        return total
    }

    private mutating func readInfinity() throws(TimeSpan.ParseError) -> Int64 {
        position += "infinity".utf8.count
        skipSpace()
        guard position == bytes.count else { throw .infinityAmongOthers(trimmed) }
        return .max
    }

    /// One number with its unit: `5min`, `.5 s`, `90`.
    private mutating func readPart() throws(TimeSpan.ParseError) {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { throw .negative(trimmed) }
        if restStarts(with: "infinity") { throw .infinityAmongOthers(trimmed) }
        let digits = readDigits()
        var fraction: ArraySlice<UInt8> = []
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            fraction = readDigits()
            guard !fraction.isEmpty else { throw .expectedNumber(word(from: start)) }
        }
        guard !(digits.isEmpty && fraction.isEmpty) else {
            throw .expectedNumber(word(from: start))
        }
        skipSpace()
        try add(digits, fraction, unit: readUnit())
    }

    /// The microseconds of the unit at this place, or the default where another number follows.
    private mutating func readUnit() throws(TimeSpan.ParseError) -> Int64 {
        let start = position
        while position < bytes.count, !Self.endsUnit(bytes[position]) { position += 1 }
        guard position > start else {
            guard
                position == bytes.count || Self.isDigit(bytes[position])
                    || Self.startsPart(bytes[position])
            else { throw .expectedNumber(word(from: start)) }
            return defaultUnit
        }
        let unit = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let scale = TimeSpan.microsecondsPerUnit[unit] else {
            let suggestion = Spelling.nearest(to: unit, among: TimeSpan.microsecondsPerUnit.keys)
            throw .unknownUnit(unit, suggestion: suggestion)
        }
        return scale
    }

    private mutating func add(
        _ digits: ArraySlice<UInt8>, _ fraction: ArraySlice<UInt8>, unit: Int64
    ) throws(TimeSpan.ParseError) {
        var count: Int64 = 0
        for digit in digits {
            let (scaled, overflow) = count.multipliedReportingOverflow(by: 10)
            let (sum, carry) = scaled.addingReportingOverflow(Int64(digit - UInt8(ascii: "0")))
            guard !overflow, !carry else { throw .tooLong(trimmed) }
            count = sum
        }
        let (product, overflow) = count.multipliedReportingOverflow(by: unit)
        guard !overflow else { throw .tooLong(trimmed) }
        var part = product
        var scale = unit / 10
        for digit in fraction {
            part = part.saturatingSum(scale * Int64(digit - UInt8(ascii: "0")))
            scale /= 10
        }
        total = total.saturatingSum(part)
        guard total < .max else { throw .tooLong(trimmed) }
    }
}

extension SpanReader {
    private var trimmed: String { word(from: 0, through: bytes.count) }

    private func word(from start: Int, through end: Int? = nil) -> String {
        var last = end ?? position
        while end == nil, last < bytes.count, !Self.isSpace(bytes[last]) { last += 1 }
        let words = bytes[start..<last].split(whereSeparator: Self.isSpace)
        return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }

    private mutating func skipSpace() {
        while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    }

    private mutating func readDigits() -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count, Self.isDigit(bytes[position]) { position += 1 }
        return bytes[start..<position]
    }

    private func restStarts(with word: String) -> Bool {
        bytes[position...].starts(with: word.utf8)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0d).contains(byte)
    }
    private static func startsPart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
    private static func endsUnit(_ byte: UInt8) -> Bool {
        isDigit(byte) || isSpace(byte) || startsPart(byte)
    }
}
