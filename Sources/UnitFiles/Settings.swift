/// The values of one section, read through the table of directives.
///
/// A getter returns nil for a key that is unset or wrong; what is wrong goes to the problems.
/// Asking for a key that the table does not list is a programmer's mistake.
package struct Settings: Sendable {
    /// The section with all its entries; kind, name and positions are there.
    package let section: Section
    let table: DirectiveTable
    let specifiers: Specifiers

    init(_ section: Section, table: DirectiveTable, specifiers: Specifiers) {
        self.section = section
        self.table = table
        self.specifiers = specifiers.adding(section)
    }

    /// The kind of the section.
    package var kind: String { section.kind }
    /// The name of the section; empty if it has none.
    package var name: String { section.name ?? "" }
    /// Where the section begins.
    package var position: SourcePosition { section.position }

    /// Whether the key has a value of its own and not only a default.
    package func isSet(_ key: String) -> Bool {
        !assignments(of: directive(key)).isEmpty
    }

    /// Where the value of a key stands; the section for one that is not set.
    package func position(of key: String) -> SourcePosition {
        assignments(of: directive(key)).last?.valuePosition ?? section.position
    }

    /// The text of a value as it stands, with specifiers expanded; quotes are part of it.
    package func string(_ key: String, into problems: inout [Problem]) -> String? {
        value(key, into: &problems)?.text
    }

    /// The whole value as one word, with specifiers expanded; quotes are part of it.
    package func value(_ key: String, into problems: inout [Problem]) -> Word? {
        values(key, into: &problems).last
    }

    /// The whole value of each assignment to a list, as ``value(_:into:)`` reads it.
    package func values(_ key: String, into problems: inout [Problem]) -> [Word] {
        effectiveEntries(of: key).map { entry in
            var reader = ValueReader(entry, specifiers)
            return reader.wholeValue(into: &problems)
        }
    }

    /// All words of all assignments to a list, unquoted.
    package func words(_ key: String, into problems: inout [Problem]) -> [Word] {
        effectiveEntries(of: key).flatMap { entry in
            var reader = ValueReader(entry, specifiers)
            return reader.words(into: &problems)
        }
    }

    /// The words of each assignment to a list of their own, unquoted: one command line each.
    package func wordLists(_ key: String, into problems: inout [Problem]) -> [[Word]] {
        effectiveEntries(of: key).map { entry in
            var reader = ValueReader(entry, specifiers)
            return reader.words(into: &problems)
        }
    }

    /// The only word of a value, unquoted; a second word is a problem.
    package func word(_ key: String, into problems: inout [Problem]) -> Word? {
        let words = words(key, into: &problems)
        if words.count > 1 {
            problems.append(
                words[1].problem(
                    "\(key)= takes one word, but '\(words[1])' follows",
                    remedy: "remove it, or put the whole value in double quotes"))
            return nil
        }
        return words.first
    }

    /// A boolean of `systemd.syntax(7)`, upper or lower case.
    package func bool(_ key: String, into problems: inout [Problem]) -> Bool? {
        guard let word = word(key, into: &problems) else { return nil }
        if let value = Self.booleans[word.text.lowercased()] { return value }
        problems.append(
            word.problem("\(key)= is no boolean: '\(word)'", remedy: "write yes or no"))
        return nil
    }

    /// A whole number; without a range the one that the table gives is checked.
    package func int(
        _ key: String, in range: ClosedRange<Int>? = nil, into problems: inout [Problem]
    ) -> Int? {
        guard let word = word(key, into: &problems) else { return nil }
        let range = range ?? directive(key).integerRange
        guard let value = Int(word.text) else {
            problems.append(
                word.problem(
                    "\(key)= is no whole number: '\(word)'", remedy: "write \(range.advice)"))
            return nil
        }
        guard range.contains(value) else {
            problems.append(
                word.problem("\(key)= is out of range: \(value)", remedy: "write \(range.advice)"))
            return nil
        }
        return value
    }

    /// One of the cases of an enumeration; a near miss is named in the remedy.
    package func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, of type: Choice.Type, into problems: inout [Problem]
    ) -> Choice? {
        guard let word = word(key, into: &problems) else { return nil }
        if let choice = Choice(rawValue: word.text) { return choice }
        problems.append(
            word.problem(
                "\(key)= cannot be '\(word)'",
                remedy: Suggestion.remedy(for: word.text, among: Choice.allCases.map(\.rawValue))))
        return nil
    }

    private static let booleans: [String: Bool] = [
        "1": true, "yes": true, "y": true, "true": true, "t": true, "on": true,
        "0": false, "no": false, "n": false, "false": false, "f": false, "off": false,
    ]
}

// Which assignments count.
extension Settings {
    private func directive(_ key: String) -> Directive {
        guard let directive = table.directive(key, in: section.kind) else {
            preconditionFailure("the table of \(table.suffix) has no \(key)= in [\(section.kind)]")
        }
        return directive
    }

    /// The assignments after the last reset; of a scalar only the last one.
    private func assignments(of directive: Directive) -> [Entry] {
        var result: [Entry] = []
        for entry in section.entries where entry.key == directive.key {
            if entry.value.isEmpty || !directive.isList { result.removeAll() }
            if !entry.value.isEmpty { result.append(entry) }
        }
        return result
    }

    /// The assignments that count, or else the default as if it stood at the section.
    private func effectiveEntries(of key: String) -> [Entry] {
        let directive = directive(key)
        let own = assignments(of: directive)
        guard own.isEmpty, let value = directive.defaultValue, !value.isEmpty else { return own }
        let place = section.position
        return [Entry(key: key, value: value, position: place, valuePosition: place)]
    }
}

extension Directive {
    /// The range that the table gives; any number when it gives none.
    fileprivate var integerRange: ClosedRange<Int> {
        if case .integer(let range) = type { return range }
        return .min ... .max
    }
}

extension ClosedRange<Int> {
    /// What to write for a number in this range.
    fileprivate var advice: String {
        switch (lowerBound, upperBound) {
        case (.min, .max): "a whole number"
        case (let low, .max): "a whole number of at least \(low)"
        case (.min, let high): "a whole number of at most \(high)"
        case (let low, let high): "a whole number from \(low) to \(high)"
        }
    }
}
