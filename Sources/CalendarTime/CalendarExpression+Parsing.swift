extension CalendarExpression {
    /// Reads an expression of `systemd.time(7)`: a shorthand such as `weekly`, or weekdays, date and
    /// time, each of which may be left out; then a zone.
    ///
    /// Zones are looked up in `zones`; nothing is read from it unless a zone is named.
    package init(
        parsing text: some StringProtocol, zones: ZoneDatabase = ZoneDatabase()
    ) throws(ParseError) {
        let whole = String(text)
        guard whole.utf8.contains(where: { $0 != UInt8(ascii: " ") }) else { throw .empty }
        guard whole.utf8.count <= 4_096 else { throw .tooLong }
        let (body, zone) = try Self.splitZone(whole, zones)
        guard !body.isEmpty else { throw .onlyZone(whole) }
        if let fields = Self.shorthands[body.lowercased()] {
            let monday = body.lowercased() == "weekly"
            self.init(
                weekdays: monday ? Weekdays(only: 0) : .all, fields: fields, zone: zone)
            return
        }
        var reader = CalendarReader(body)
        do throws(ParseError) {
            try reader.read()
        } catch {
            throw Self.explanation(of: error, in: body, zones)
        }
        let fields = reader.fields.normalized()
        try fields.validate()
        let weekdays = reader.weekdays == .none ? .all : reader.weekdays
        self.init(weekdays: weekdays, fields: fields, zone: reader.isEpoch ? .utc : zone)
    }

    /// Takes the last word off when it names a zone.
    private static func splitZone(
        _ text: String, _ zones: ZoneDatabase
    ) throws(ParseError) -> (body: String, zone: TimeZoneRules?) {
        guard let space = text.lastIndex(of: " ") else { return (text, nil) }
        let word = String(text[text.index(after: space)...])
        let body = String(text[..<space])
        if word.lowercased() == "utc" { return (body, .utc) }
        guard let first = word.first, first.isLetter, first.isASCII else { return (text, nil) }
        do throws(ZoneError) {
            return (body, try zones.zone(named: word))
        } catch .unknownZone {
            return (text, nil)
        } catch {
            throw .zone(error)
        }
    }

    /// A better word on what is wrong, where a misspelt name or a stray space explains it.
    private static func explanation(
        of error: ParseError, in body: String, _ zones: ZoneDatabase
    ) -> ParseError {
        switch error {
        case .reversedWeekdays, .openWeekdays: return error
        default: break
        }
        if body.hasPrefix(" ") || body.hasSuffix(" ") { return .spacesAtEnd(body) }
        let words = body.split(separator: " ").map(String.init)
        if words.count > 1, let last = words.last, last.first?.isLetter == true,
            !Weekdays.isName(last)
        {
            if isAbbreviation(last) { return .zoneAbbreviation(last) }
            if case .unknownZone(_, let suggestion) = zoneError(last, zones) {
                return .unknownZone(last, suggestion: suggestion)
            }
        }
        guard let first = words.first, first.first?.isLetter == true else { return error }
        let names = first.split { !$0.isLetter && !"-".contains($0) }.map(String.init)
        guard let unknown = names.first(where: { !Weekdays.isName($0) }) else { return error }
        let known = shorthands.keys.sorted() + Weekdays.names + Weekdays.abbreviations
        return .unknownWord(unknown, suggestion: Spelling.nearest(to: unknown, among: known))
    }

    private static func zoneError(_ name: String, _ zones: ZoneDatabase) -> ZoneError? {
        do throws(ZoneError) {
            _ = try zones.zone(named: name)
            return nil
        } catch {
            return error
        }
    }

    /// Short names such as `CEST` say neither place nor rule.
    private static func isAbbreviation(_ word: String) -> Bool {
        (3...5).contains(word.count) && word.allSatisfy { $0.isUppercase }
    }

    /// The words that stand for a whole expression.
    static let shorthands: [String: Fields] = {
        let midnight = Fields()
        var minutely = midnight
        (minutely.hours, minutely.minutes) = (CalendarField(), CalendarField())
        var hourly = midnight
        hourly.hours = CalendarField()
        func firsts(of months: CalendarField) -> Fields {
            var fields = Fields()
            (fields.months, fields.days) = (months, .only(1))
            return fields
        }
        let yearly = firsts(of: .only(1))
        let halfYearly = firsts(of: .only(1, 7))
        return [
            "minutely": minutely, "hourly": hourly, "daily": midnight, "weekly": midnight,
            "monthly": firsts(of: CalendarField()), "quarterly": firsts(of: .only(1, 4, 7, 10)),
            "yearly": yearly, "annually": yearly, "anually": yearly,
            "semiannually": halfYearly, "semi-annually": halfYearly,
            "biannually": halfYearly, "bi-annually": halfYearly,
        ]
    }()
}

extension Weekdays {
    static let abbreviations = names.map { String($0.prefix(3)) }

    init(only day: Int) {
        self = .none
        insert(day)
    }

    static func isName(_ word: String) -> Bool { number(of: word) != nil }

    /// The weekday of a name, case aside.
    static func number(of word: String) -> Int? {
        let word = word.lowercased()
        return names.firstIndex { $0.lowercased() == word || $0.lowercased().prefix(3) == word }
    }
}
