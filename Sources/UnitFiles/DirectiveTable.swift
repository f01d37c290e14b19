/// All sections and keys of one kind of file; the only place that lists them.
///
/// The check of a file, its did-you-mean, `drillctl help directives` and the manual read it.
package struct DirectiveTable: Sendable {
    /// What such a file is called: `calendar`; also the suffix of its name.
    package let suffix: String
    /// One line for a reader; first letter upper case, no full stop.
    package let help: String
    package let sections: [SectionRule]
    package let directives: [Directive]
    private let rules: [String: SectionRule]
    private let directivesOfKind: [String: [Directive]]
    private let directiveOfKey: [String: [String: Directive]]

    /// A table; each directive belongs to one of the sections, each key stands in it once.
    package init(
        suffix: String, help: String, sections: [SectionRule], directives: [Directive]
    ) {
        self.suffix = suffix
        self.help = help
        self.sections = sections
        self.directives = directives
        rules = Dictionary(
            sections.map { ($0.kind, $0) },
            uniquingKeysWith: { first, _ in
                preconditionFailure("the section [\(first.kind)] is listed twice")
            })
        directivesOfKind = Dictionary(grouping: directives, by: \.section)
        directiveOfKey = directivesOfKind.mapValues { directives in
            Dictionary(
                directives.map { ($0.key, $0) },
                uniquingKeysWith: { first, _ in
                    preconditionFailure("\(first.key)= is listed twice in [\(first.section)]")
                })
        }
        for kind in directivesOfKind.keys {
            precondition(rules[kind] != nil, "the section [\(kind)] of a directive is not listed")
        }
    }

    /// The rule for sections of a kind.
    package func rule(for kind: String) -> SectionRule? { rules[kind] }

    /// The directive that a key means in sections of a kind.
    package func directive(_ key: String, in kind: String) -> Directive? {
        directiveOfKey[kind]?[key]
    }

    /// The directives of sections of a kind, in the order of the table.
    package func directives(in kind: String) -> [Directive] { directivesOfKind[kind] ?? [] }
}
