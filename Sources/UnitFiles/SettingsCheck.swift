extension DirectiveTable {
    /// Checks a file against the table and gives the values of each section that the table knows.
    ///
    /// Reported are unknown sections and keys, wrong or missing names, and what is required but
    /// missing. Values are checked when they are read. Sections and keys whose names begin with `X-`
    /// are left to others.
    package func settings(
        of file: UnitFile, specifiers: Specifiers, into problems: inout [Problem]
    ) -> [Settings] {
        let specifiers = specifiers.adding(file)
        var firstOfKind: [String: Section] = [:]
        var result: [Settings] = []
        for section in file.sections where !section.isExtension {
            guard let rule = rule(for: section.kind) else {
                problems.append(unknown(section))
                continue
            }
            checkName(of: section, rule, into: &problems)
            // The same header twice in one file is already reported by the parser.
            if let first = firstOfKind[section.kind], !rule.isRepeatable,
                first.header != section.header
            {
                problems.append(repeated(section, first))
            }
            firstOfKind[section.kind] = firstOfKind[section.kind] ?? section
            checkKeys(of: section, into: &problems)
            let settings = Settings(section, table: self, specifiers: specifiers)
            checkRequired(settings, rule, into: &problems)
            result.append(settings)
        }
        for rule in sections where rule.isRequired && firstOfKind[rule.kind] == nil {
            problems.append(missing(rule, in: file))
        }
        return result
    }
}

// Headers.
extension DirectiveTable {
    private func unknown(_ section: Section) -> Problem {
        let kinds = sections.map(\.kind)
        let near = Suggestion.nearest(to: section.kind, among: kinds)
        let remedy = near.flatMap(rule(for:)).map { "did you mean \($0.header)?" }
        return Problem(
            "unknown section [\(section.kind)]",
            remedy: remedy ?? "write \(Suggestion.list(sections.map(\.header)))",
            at: section.position)
    }

    private func checkName(
        of section: Section, _ rule: SectionRule, into problems: inout [Problem]
    ) {
        guard let name = section.name else {
            guard rule.naming == .required else { return }
            problems.append(
                Problem(
                    "[\(rule.kind)] needs a name", remedy: "write \(rule.header)",
                    at: section.position))
            return
        }
        if rule.naming == .none {
            problems.append(
                Problem(
                    "[\(rule.kind)] takes no name, but has '\(name)'",
                    remedy: "write \(rule.header)", at: section.namePosition))
        } else if name.utf8.contains(where: ASCII.isBlank) {
            let words = name.split(whereSeparator: { $0 == " " || $0 == "\t" })
            problems.append(
                Problem(
                    "the name '\(name)' has white space in it",
                    remedy: "write [\(rule.kind) \(words.joined(separator: "-"))]",
                    at: section.namePosition))
        }
    }

    private func repeated(_ section: Section, _ first: Section) -> Problem {
        Problem(
            "there may be only one [\(section.kind)] section; the first is \(first.header) "
                + "at \(first.position)",
            remedy: "remove this one", at: section.position)
    }

    private func missing(_ rule: SectionRule, in file: UnitFile) -> Problem {
        let keys = directives(in: rule.kind).filter(\.isRequired).map { "\($0.key)=" }
        let with = keys.isEmpty ? "" : " with \(keys.joined(separator: ", "))"
        return Problem(
            "there is no \(rule.header) section", remedy: "add one\(with)",
            at: SourcePosition(file: file.path))
    }
}

// Keys.
extension DirectiveTable {
    private func checkKeys(of section: Section, into problems: inout [Problem]) {
        for entry in section.entries where !entry.isExtension {
            guard directive(entry.key, in: section.kind) == nil else { continue }
            problems.append(
                Problem(
                    "unknown key \(entry.key)= in [\(section.kind)]",
                    remedy: remedy(for: entry.key, in: section.kind), at: entry.position))
        }
    }

    private func remedy(for key: String, in kind: String) -> String {
        let homes = sections.filter { directive(key, in: $0.kind) != nil }.map(\.header)
        if !homes.isEmpty { return "it belongs in \(Suggestion.list(homes))" }
        let own = directives(in: kind).map(\.key)
        if let near = Suggestion.nearest(to: key, among: own) { return "did you mean \(near)=?" }
        let all = directives.map(\.key)
        if let near = Suggestion.nearest(to: key, among: all),
            let home = sections.first(where: { directive(near, in: $0.kind) != nil })
        {
            return "did you mean \(near)= in \(home.header)?"
        }
        return "'drillctl help directives \(kind)' lists the known ones"
    }

    private func checkRequired(
        _ settings: Settings, _ rule: SectionRule, into problems: inout [Problem]
    ) {
        for directive in directives(in: rule.kind) where directive.isRequired {
            guard !settings.isSet(directive.key) else { continue }
            problems.append(
                Problem(
                    "\(settings.section.header) has no \(directive.key)=",
                    remedy: "add \(directive.key)=\(directive.type.placeholder)",
                    at: settings.position))
        }
    }
}

extension SectionRule {
    /// The header as it is to be written: `[Drill NAME]`.
    package var header: String { naming == .required ? "[\(kind) NAME]" : "[\(kind)]" }
}
