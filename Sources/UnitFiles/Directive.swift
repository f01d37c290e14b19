/// One key that a section may contain, with all that parser, help and manual say about it.
package struct Directive: Hashable, Sendable {
    /// The kind of the section in which it stands.
    package let section: String
    package let key: String
    package let type: ValueType
    /// The value taken when the key is not assigned.
    package let defaultValue: String?
    package let isRequired: Bool
    /// Whether assignments append; an empty one resets.
    package let isList: Bool
    /// One line for a reader; first letter upper case, no full stop.
    package let help: String

    /// A directive; optional, without default, a scalar unless said otherwise.
    package init(
        _ section: String, _ key: String, _ type: ValueType, default defaultValue: String? = nil,
        isRequired: Bool = false, isList: Bool = false, help: String
    ) {
        self.section = section
        self.key = key
        self.type = type
        self.defaultValue = defaultValue
        self.isRequired = isRequired
        self.isList = isList
        self.help = help
    }
}

/// How often a kind of section may stand in a file, and whether it has a name.
package struct SectionRule: Hashable, Sendable {
    package let kind: String
    package let naming: Naming
    /// Whether a file without it is incomplete.
    package let isRequired: Bool
    /// Whether several sections of this kind may stand in a file, each with a name of its own.
    package let isRepeatable: Bool
    /// One line for a reader; first letter upper case, no full stop.
    package let help: String

    /// A rule; by default a section with a name repeats, one without stands once.
    package init(
        _ kind: String, naming: Naming = .none, isRequired: Bool = false,
        isRepeatable: Bool? = nil, help: String
    ) {
        self.kind = kind
        self.naming = naming
        self.isRequired = isRequired
        self.isRepeatable = isRepeatable ?? (naming != .none)
        self.help = help
    }

    /// Whether a name follows the kind in the header.
    package enum Naming: String, Hashable, Sendable {
        case none
        case optional
        case required
    }
}
