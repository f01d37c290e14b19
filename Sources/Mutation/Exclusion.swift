import UnitFiles

/// Values that may not occur together in one variant, from an `Exclude=` line.
///
/// One value alone excludes that value, two exclude a pair, and so on.
package struct Exclusion: Sendable, Hashable, Codable {
    /// The values, one for each factor named, in the order of the factors.
    package let terms: [FactorValue]

    /// An exclusion of values given by position; ``MutationModel`` checks that they exist.
    package init(terms: [FactorValue]) {
        self.terms = terms.sorted()
    }

    /// Reads the words of one line, such as `owner=absent comms=channel-down`.
    package init(parsing words: [String], factors: [Factor]) throws(ParseError) {
        guard !words.isEmpty else { throw ParseError(word: 0, problem: .noWords) }
        var terms: [FactorValue] = []
        for (index, word) in words.enumerated() {
            let term: FactorValue
            do throws(ParseError.Problem) {
                term = try FactorValue(parsing: word, factors: factors)
                if let earlier = terms.first(where: { $0.factor == term.factor }) {
                    let factor = factors[earlier.factor]
                    throw .factorTwice(factor.name, values: factor.values[earlier.value])
                }
            } catch {
                throw ParseError(word: index, problem: error)
            }
            terms.append(term)
        }
        self.init(terms: terms)
    }

    /// Reads one line whose words are separated by spaces or tabs.
    package init(parsing line: String, factors: [Factor]) throws(ParseError) {
        let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
        try self.init(parsing: words, factors: factors)
    }

    /// Whether a variant with these value positions is forbidden; a negative position is open.
    func forbids(_ values: [Int]) -> Bool {
        for term in terms where values[term.factor] != term.value { return false }
        return true
    }
}

extension FactorValue {
    /// Reads one `factor=value` word.
    init(parsing word: String, factors: [Factor]) throws(Exclusion.ParseError.Problem) {
        guard let equals = word.firstIndex(of: "="), equals != word.startIndex else {
            throw .expectedAssignment(word)
        }
        let name = String(word[..<equals])
        let value = String(word[word.index(after: equals)...])
        guard let factor = factors.firstIndex(where: { $0.name.description == name }) else {
            throw .unknownFactor(name, known: factors.map(\.name.description))
        }
        guard let position = factors[factor].values.firstIndex(of: value) else {
            throw .unknownValue(value, factor: factors[factor].name, known: factors[factor].values)
        }
        self.init(factor: factor, value: position)
    }
}

extension Exclusion {
    /// Why a line is no exclusion, and in which of its words.
    package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        /// The position of the word, counted from zero.
        package let word: Int
        /// What is wrong with it.
        package let problem: Problem

        package var description: String { problem.description }
    }
}

extension Exclusion.ParseError {
    /// What can be wrong with a word.
    package enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
        case noWords
        case expectedAssignment(String)
        case unknownFactor(String, known: [String])
        case unknownValue(String, factor: FactorName, known: [String])
        case factorTwice(FactorName, values: String)

        package var description: String {
            switch self {
            case .noWords:
                "an exclusion needs at least one 'factor=value', "
                    + "for example 'owner=absent comms=channel-down'"
            case .expectedAssignment(let word):
                "'\(word)' is no 'factor=value'; write for example 'owner=absent'"
            case .unknownFactor(let name, let known):
                "unknown factor '\(name)'; \(Self.remedy(for: name, known: known))"
            case .unknownValue(let value, let factor, let known):
                "'\(value)' is no value of \(factor); \(Self.remedy(for: value, known: known))"
            case .factorTwice(let factor, let earlier):
                "\(factor) already has the value '\(earlier)' here; "
                    + "write a second Exclude= line for the other value"
            }
        }

        private static func remedy(for word: String, known: [String]) -> String {
            if let meant = Suggestion.nearest(to: word, among: known) {
                return "did you mean '\(meant)'?"
            }
            return "use one of \(known.joined(separator: ", "))"
        }
    }
}
