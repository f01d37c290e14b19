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
    private let ruleIndex: [String: Int]
    private let directiveIndex: [String: [String: Int]]

    /// A table; each directive belongs to one of the sections, each key stands in it once.
    package init(
        suffix: String, help: String, sections: [SectionRule], directives: [Directive]
    ) {
        self.suffix = suffix
        self.help = help
        self.sections = sections
        self.directives = directives
        var rules: [String: Int] = [:]
        for (index, rule) in sections.enumerated() {
            precondition(rules.updateValue(index, forKey: rule.kind) == nil, "a section listed twice")
        }
        var keys: [String: [String: Int]] = [:]
        for (index, directive) in directives.enumerated() {
            precondition(rules[directive.section] != nil, "a directive of a section not listed")
            let earlier = keys[directive.section, default: [:]].updateValue(
                index, forKey: directive.key)
            precondition(earlier == nil, "a directive listed twice")
        }
        ruleIndex = rules
        directiveIndex = keys
    }

    /// The rule for sections of a kind.
    package func rule(for kind: String) -> SectionRule? {
        ruleIndex[kind].map { sections[$0] }
    }

    /// The directive that a key means in sections of a kind.
    package func directive(_ key: String, in kind: String) -> Directive? {
        directiveIndex[kind]?[key].map { directives[$0] }
    }

    /// The directives of sections of a kind, in the order of the table.
    package func directives(in kind: String) -> [Directive] {
        directives.filter { $0.section == kind }
    }
}
