import CalendarTime
import UnitFiles

/// Reads the values of one section and keeps what is wrong with them.
struct SectionReader {
    let settings: Settings
    private(set) var problems: [Problem] = []

    init(_ settings: Settings) {
        self.settings = settings
    }

    mutating func report(_ problem: Problem) {
        problems.append(problem)
    }

    mutating func report(
        _ message: String, remedy: String = "", at position: SourcePosition,
        severity: Problem.Severity = .error
    ) {
        problems.append(Problem(message, remedy: remedy, at: position, severity: severity))
    }
}

// Plain values.
extension SectionReader {
    /// The name in the header, checked.
    ///
    /// Names of drills and faults become parts of one unit name together, which sets their limits.
    mutating func name<Subject>(
        of subject: Subject.Type, limit: Int = 60
    ) -> Placed<Name<Subject>>? {
        let text = settings.name
        let position = settings.section.namePosition
        // A missing name and white space in a name are found when the section is checked.
        guard !text.isEmpty, !text.contains(where: \.isWhitespace) else { return nil }
        guard let name = Name<Subject>(checking: text) else {
            report(Self.badName(text, at: position))
            return nil
        }
        guard text.utf8.count <= limit else {
            report(
                "the name '\(text)' is too long", remedy: "write at most \(limit) characters",
                at: position)
            return nil
        }
        return Placed(name, at: position)
    }

    mutating func text(_ key: String) -> String? {
        settings.string(key, into: &problems)
    }

    mutating func word(_ key: String) -> Word? {
        settings.word(key, into: &problems)
    }

    mutating func words(_ key: String) -> [Word] {
        settings.words(key, into: &problems)
    }

    /// The words of a list of which none may stand twice.
    mutating func distinctWords(_ key: String) -> [Word] {
        distinct(words(key), key)
    }

    /// Each assignment as a whole.
    mutating func lines(_ key: String) -> [Word] {
        settings.values(key, into: &problems)
    }

    mutating func absolutePath(_ key: String) -> String? {
        guard let word = word(key) else { return nil }
        guard word.text.hasPrefix("/") else {
            report(
                "\(key)= is no absolute path: '\(word)'", remedy: "begin it with /",
                at: word.position)
            return nil
        }
        return word.text
    }

    mutating func integer(_ key: String) -> Int? {
        settings.int(key, into: &problems)
    }

    mutating func bool(_ key: String) -> Bool? {
        settings.bool(key, into: &problems)
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, of type: Choice.Type
    ) -> Choice? {
        settings.choice(key, of: type, into: &problems)
    }

    private mutating func distinct(_ words: [Word], _ key: String) -> [Word] {
        var seen: Set<String> = []
        return words.filter { word in
            if seen.insert(word.text).inserted { return true }
            report(
                "\(key)= has '\(word)' twice", remedy: "remove one of the two", at: word.position)
            return false
        }
    }

    private static func badName(_ text: String, at position: SourcePosition) -> Problem {
        Problem(
            "'\(text)' is no name",
            remedy: "write letters, digits, '-', '_' and '.', beginning with a letter or digit",
            at: position)
    }
}

// Spans of time.
extension SectionReader {
    /// No drill is longer; sums of a few such spans never overflow.
    static let longestSpan = TimeSpan.minutes(366 * 24 * 60)

    /// A span of at most a year; zero is allowed.
    mutating func span(_ key: String) -> TimeSpan? {
        guard let value = settings.value(key, into: &problems) else { return nil }
        guard let span = parse(value, as: { try TimeSpan(parsing: $0) }) else { return nil }
        guard span <= Self.longestSpan else {
            report(
                "\(key)=\(value) is longer than a year", remedy: "write for example '5min'",
                at: value.position)
            return nil
        }
        return span
    }

    /// A span of at most a year that is longer than nothing.
    mutating func positiveSpan(_ key: String) -> TimeSpan? {
        guard let span = span(key) else { return nil }
        guard span > .zero else {
            report(
                "\(key)= must be longer than 0", remedy: "write for example '5min'",
                at: settings.position(of: key))
            return nil
        }
        return span
    }

    /// What a parser makes of a word; its complaint becomes a problem at the word.
    mutating func parse<Value>(_ word: Word, as parser: (String) throws -> Value) -> Value? {
        do {
            return try parser(word.text)
        } catch {
            report(Problem(sentence: "\(error)", at: word.position))
            return nil
        }
    }
}

// Hooks, parameters and resources.
extension SectionReader {
    /// A hook with its arguments.
    mutating func command(_ key: String) -> Placed<HookCommand>? {
        command(words(key), key)
    }

    /// One hook with its arguments per assignment.
    mutating func commands(_ key: String) -> [Placed<HookCommand>] {
        settings.wordLists(key, into: &problems).compactMap { command($0, key) }
    }

    private mutating func command(_ words: [Word], _ key: String) -> Placed<HookCommand>? {
        guard let file = words.first else { return nil }
        guard HookCommand.isInside(file.text) else {
            report(
                "\(key)= names '\(file)', which is not below the scenarios folder",
                remedy: "write a path relative to that folder, such as hooks/NAME",
                at: file.position)
            return nil
        }
        for argument in words.dropFirst() {
            if let name = Parameter.secretName(inArgument: argument.text) {
                report(Self.secret(name, at: argument.position))
            }
        }
        let arguments = words.dropFirst().map(\.text)
        return Placed(HookCommand(hook: file.text, arguments: arguments), at: file.position)
    }

    /// `NAME=VALUE` and `NAME=@credential:CREDENTIAL`, each name once.
    mutating func parameters(_ key: String = "Parameters") -> [Parameter] {
        var seen: Set<String> = []
        return words(key).compactMap { word in
            guard let parameter = parse(word, as: { try Parameter(parsing: $0) }) else {
                return nil
            }
            guard seen.insert(parameter.variable).inserted else {
                report(
                    "\(key)= sets '\(parameter.name)' twice",
                    remedy: "remove one of the two, as hooks see both as \(parameter.variable)",
                    at: word.position)
                return nil
            }
            return parameter
        }
    }

    /// Combinations of values that must not occur together, one per assignment.
    ///
    /// Whether a factor takes the value shows only when the domains of all scenarios are joined.
    mutating func exclusions(_ key: String) -> [[Word]] {
        let factors = DrillFactor.Role.allCases.map(\.rawValue)
        return settings.wordLists(key, into: &problems).filter { words in
            let wrong = words.first { word in
                !factors.contains { word.text.hasPrefix("\($0)=") }
            }
            guard let wrong else { return true }
            let parts = wrong.text.split(separator: "=", omittingEmptySubsequences: false)
            let factor = String(parts.first ?? "")
            guard parts.count > 1 || !factors.contains(factor) else {
                report(
                    "\(key)= names factor '\(factor)' without a value",
                    remedy: "write \(factor)=VALUE", at: wrong.position)
                return false
            }
            report(
                "\(key)= names an unknown factor '\(factor)'",
                remedy: Suggestion.remedy(for: factor, among: factors), at: wrong.position)
            return false
        }
    }

    mutating func resources(_ key: String) -> [Placed<Resource>] {
        distinctWords(key).compactMap { word in
            parse(word, as: { try Resource(parsing: $0) }).map { Placed($0, at: word.position) }
        }
    }

    private static func secret(_ name: String, at position: SourcePosition) -> Problem {
        Problem(
            "argument '\(name)' looks like a secret, which everyone on the machine could read",
            remedy: "write Parameters=\(name)=@credential:NAME", at: position)
    }
}
