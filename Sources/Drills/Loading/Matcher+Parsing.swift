extension Matcher {
    /// Reads `severity=critical` or `severity=~warning|info`; quotes around the value are gone by now.
    package init(parsing text: String) throws(ParseError) {
        guard let sign = text.firstIndex(where: { "=!".contains($0) }) else { throw .form(text) }
        let label = String(text[..<sign])
        guard PagePlan.Label.isName(label) else { throw .label(label) }
        let rest = text[sign...]
        // The longer comparisons first, as one of them begins with a shorter one.
        let comparison = Comparison.allCases.sorted { $0.rawValue.count > $1.rawValue.count }
            .first { rest.hasPrefix($0.rawValue) }
        guard let comparison else { throw .form(text) }
        let value = String(rest.dropFirst(comparison.rawValue.count))
        let isPattern = comparison == .matches || comparison == .doesNotMatch
        guard !isPattern || Self.areWords(value) else { throw .pattern(value) }
        self.init(label: label, comparison: comparison, value: value)
    }

    /// Whether a pattern is nothing but words and `|`, so that what it matches is beyond doubt.
    private static func areWords(_ pattern: String) -> Bool {
        pattern.split(separator: "|", omittingEmptySubsequences: false).allSatisfy { word in
            !word.isEmpty
                && word.allSatisfy {
                    $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0))
                }
        }
    }

    /// Why a text is no matcher.
    package enum ParseError: Error, Hashable, CustomStringConvertible {
        case form(String)
        case label(String)
        case pattern(String)

        /// What is wrong, and what to write instead.
        package var description: String {
            switch self {
            case .form(let text):
                "'\(text)' is no matcher; write for example severity=\"critical\", with "
                    + "=, !=, =~ or !~"
            case .label(let label): PagePlan.Label.complaint(about: label)
            case .pattern(let pattern):
                "'\(pattern)' is more than alternatives of words; write for example "
                    + "severity=~\"warning|info\", or one route for each"
            }
        }
    }
}

extension PagePlan.Label {
    /// The labels that every page carries as the run knows them.
    static let reserved = ["drill", "drill_id", "env", "page", "escalated"]

    /// Whether a text is the name of a label: `[a-zA-Z_][a-zA-Z0-9_]*`.
    static func isName(_ text: String) -> Bool {
        guard let first = text.first, first == "_" || (first.isASCII && first.isLetter) else {
            return false
        }
        return text.allSatisfy { $0 == "_" || ($0.isASCII && ($0.isLetter || $0.isNumber)) }
    }

    /// What is wrong with the name of a label, and what to write instead.
    static func complaint(about name: String) -> String {
        "'\(name)' is no name of a label; write letters, digits and '_', not beginning with a digit"
    }

    /// Reads `NAME=VALUE`.
    package init(parsing text: String) throws(ParseError) {
        guard let equals = text.firstIndex(of: "=") else { throw .form(text) }
        let name = String(text[..<equals])
        let value = String(text[text.index(after: equals)...])
        guard Self.isName(name) else { throw .name(name) }
        guard !Self.reserved.contains(name) else { throw .reserved(name) }
        guard !value.isEmpty else { throw .empty(name) }
        self.init(name: name, value: value)
    }

    /// Why a text is no label.
    package enum ParseError: Error, Hashable, CustomStringConvertible {
        case form(String)
        case name(String)
        case reserved(String)
        case empty(String)

        /// What is wrong, and what to write instead.
        package var description: String {
            switch self {
            case .form(let text): "label '\(text)' has no value; write NAME=VALUE"
            case .name(let name): PagePlan.Label.complaint(about: name)
            case .reserved(let name):
                "label '\(name)' is set by drilld on every page; remove it or give it another name"
            case .empty(let name):
                "label '\(name)' is empty, which is as good as none; remove it or give it a value"
            }
        }
    }
}
