/// The tables of directives as plain text, for `drillctl help directives`.
package enum HelpText {
    /// All sections and keys, or only what is asked for.
    ///
    /// - Parameter topic: a section or key, such as `Drill`, `[Drill]` or `OnCalendar=`; letters may
    ///   be of either case.
    /// - Returns: nil if the topic is in none of the tables.
    package static func text(for tables: [DirectiveTable], about topic: String? = nil) -> String? {
        let wanted = topic.map { $0.trimmingTopic.lowercased() }
        let parts = tables.compactMap { table(of: $0, about: wanted) }
        return parts.isEmpty ? nil : parts.joined(separator: "\n")
    }

    private static func table(of table: DirectiveTable, about topic: String?) -> String? {
        let sections = table.sections.compactMap { section(of: table, $0, about: topic) }
        guard !sections.isEmpty else { return nil }
        let title = "\(table.suffix) files, NAME.\(table.suffix): \(table.help)\n\n"
        return title + sections.joined(separator: "\n")
    }

    private static func section(
        of table: DirectiveTable, _ rule: SectionRule, about topic: String?
    ) -> String? {
        let all = table.directives(in: rule.kind)
        let isWanted = topic == nil || topic == rule.kind.lowercased()
        let wanted = isWanted ? all : all.filter { $0.key.lowercased() == topic }
        guard isWanted || !wanted.isEmpty else { return nil }
        let title = "  \(rule.header)\n" + wrapped(rule.helpWithFacts, indentation: 6)
        return wanted.reduce(into: title) { text, directive in
            text += "\n    \(directive.synopsis)\n"
            text += wrapped(directive.helpWithFacts, indentation: 10)
        }
    }

    private static func wrapped(_ text: String, indentation: Int, width: Int = 80) -> String {
        let margin = String(repeating: " ", count: indentation)
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let line = lines.last, line.count + 1 + word.count <= width {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(margin + word)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Directive {
    /// The key with what stands for its value: `Observers=PERSON ...`.
    package var synopsis: String { "\(key)=\(type.placeholder)\(isList ? " ..." : "")" }

    /// The line of help, then what else the table knows.
    package var helpWithFacts: String {
        var facts: [String] = []
        if isRequired { facts.append("required") }
        if isList { facts.append("a list") }
        if let defaultValue { facts.append("default: \(defaultValue)") }
        return facts.isEmpty ? help : "\(help) (\(facts.joined(separator: "; ")))"
    }
}

extension SectionRule {
    /// The line of help, then how often the section may stand.
    package var helpWithFacts: String {
        let times =
            switch (isRequired, isRepeatable) {
            case (true, true): "one or more"
            case (true, false): "required"
            case (false, true): "any number"
            case (false, false): "optional"
            }
        return "\(help) (\(times))"
    }
}

extension String {
    /// `Drill` of `[Drill]`, `[Drill NAME]` and `Drill=`.
    fileprivate var trimmingTopic: String {
        let word = split(separator: " ").first ?? ""
        return String(word.filter { $0 != "[" && $0 != "]" && $0 != "=" })
    }
}
