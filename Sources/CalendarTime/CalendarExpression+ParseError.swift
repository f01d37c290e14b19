extension CalendarExpression {
    /// The parts of an expression as messages name them.
    package enum FieldName: String, Hashable, Sendable {
        case year, month, day, hour, minute, second
        case dayFromEnd = "day counted from the end of the month"

        /// What may stand there.
        var limits: String {
            switch self {
            case .year: "1970 to 2199"
            case .month: "1 to 12"
            case .day: "1 to 31"
            case .dayFromEnd: "1 to 28"
            case .hour: "0 to 23"
            case .minute, .second: "0 to 59"
            }
        }

        /// A value as it is written; seconds count in microseconds.
        func text(of value: Int) -> String {
            guard self == .second else { return String(value) }
            let fraction = value % 1_000_000
            return fraction == 0
                ? String(value / 1_000_000) : "\(value / 1_000_000).\(padded(fraction, 6))"
        }
    }

    /// Why a text is not a calendar expression.
    package enum ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        case empty
        case tooLong
        case onlyZone(String)
        case spacesAtEnd(String)
        case unknownWord(String, suggestion: String?)
        case unknownZone(String, suggestion: String?)
        case zoneAbbreviation(String)
        case zone(ZoneError)
        case reversedWeekdays(first: String, last: String)
        case openWeekdays(String)
        case expectedNumber(at: String, in: String)
        case numberTooGreat(String)
        case needsMinutes(String)
        case tooManyParts
        case unexpected(String, in: String)
        case breaksOff(String)
        case zeroStep
        case rangeBelowStep(String)
        case outOfRange(FieldName, String)
        case tooFarFromMonthEnd(Int, place: Int, latest: Int)
        case reversedRange(FieldName, String, String)
        case neverRepeats(FieldName, start: String, step: String)
    }
}

extension CalendarExpression.ParseError {
    /// What is wrong, and what to write instead.
    package var description: String {
        switch self {
        case .empty: "a calendar expression is missing; write for example 'Tue 14:00' or 'weekly'"
        case .tooLong: "the calendar expression is longer than 4096 bytes; split it into several"
        case .onlyZone(let text):
            "'\(text)' names a zone but no time; write for example 'daily\(text)'"
        case .spacesAtEnd(let text): "'\(text)' has spaces at an end; leave them out"
        case .unknownWord(let word, let suggestion?):
            "unknown word '\(word)'; did you mean '\(suggestion)'?"
        case .unknownWord(let word, nil):
            "unknown word '\(word)'; write a weekday such as 'Tue', a shorthand such as 'weekly', "
                + "or a date and time such as '*-*-01 14:00'"
        case .unknownZone(let name, let suggestion):
            ZoneError.unknownZone(name, suggestion: suggestion).description
        case .zoneAbbreviation(let word):
            "'\(word)' does not say which place's clocks are meant; "
                + "write 'UTC' or a name such as 'Europe/Berlin'"
        case .zone(let error): error.description
        case .reversedWeekdays(let first, let last):
            "weekdays '\(first)..\(last)' run past Sunday; "
                + "write '\(Self.run(first, "Sun")),\(Self.run("Mon", last))'"
        case .openWeekdays(let text):
            "weekdays '\(text)' have no end; write for example 'Mon..Fri'"
        case .expectedNumber(let rest, let text):
            "expected a number or '*' at '\(rest)' in '\(text)'; write for example '*-*-01 14:00'"
        case .numberTooGreat(let digits): "number '\(digits)' is too great; write a smaller one"
        case .needsMinutes(let text):
            "'\(text)' is neither a date nor a time; write '\(text):00' for a time of day"
        case .tooManyParts: "a list has more than 240 parts; write ranges or a repetition"
        case .unexpected(let rest, let text):
            "'\(rest)' does not belong there in '\(text)'; write weekdays, date, time, zone, such as "
                + "'Tue *-*-01..07 14:00 UTC'"
        case .breaksOff(let text):
            "'\(text)' breaks off; write weekdays, date, time, zone, such as "
                + "'Tue *-*-01..07 14:00 UTC'"
        case .zeroStep: "a repetition of 0 never moves on; write a step of at least 1 after '/'"
        case .rangeBelowStep(let text):
            "range '\(text)' is shorter than a second; add a step such as '/0.1'"
        case .outOfRange(let field, let value):
            "\(field.rawValue) \(value) is out of range; write \(field.limits)"
        case .tooFarFromMonthEnd(let day, let place, let latest):
            "day \(day) from the end of the month is member \(place) of its list, where systemd takes "
                + "at most \(latest); write the list as several expressions"
        case .reversedRange(let field, let first, let last):
            "\(field.rawValue) range \(first)..\(last) ends before it begins; write \(last)..\(first)"
        case .neverRepeats(let field, let start, let step):
            "\(field.rawValue) \(start)/\(step) never repeats within its limits (\(field.limits)); "
                + "write a smaller step or leave '/\(step)' out"
        }
    }

    private static func run(_ first: String, _ last: String) -> String {
        first == last ? first : "\(first)..\(last)"
    }
}
