/// One thing about a scenario that may differ from cycle to cycle, with the values it may take.
package struct Factor: Sendable, Hashable, Codable {
    /// What the factor is called in `Exclude=` words and in rationales.
    package let name: FactorName
    /// Which dimension of a drill the factor belongs to.
    package let role: Role
    /// The values in the order of the scenario file.
    package let values: [String]

    /// A factor as declared; ``MutationModel`` checks it.
    package init(name: FactorName, role: Role, values: [String]) {
        self.name = name
        self.role = role
        self.values = values
    }
}

/// The name of a factor, such as `owner`.
package struct FactorName: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The name as written.
    package let description: String

    /// A name as written; ``MutationModel`` refuses an empty one and one with spaces or `=`.
    package init(_ description: String) {
        self.description = description
    }

    package init(from decoder: any Decoder) throws {
        description = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension FactorName: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) {
        self.init(text)
    }
}

extension Factor {
    /// The dimension of a drill that a factor changes, and that its scores are given for.
    package enum Role: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
        case technical, coordination, timing, dependency, owner, comms, stress, other

        /// Whether the factor is one of the four of which at least one changes in every cycle.
        var isFaultDimension: Bool {
            switch self {
            case .timing, .dependency, .owner, .comms: true
            case .technical, .coordination, .stress, .other: false
            }
        }
    }
}

/// One value of one factor, by position in the model.
package struct FactorValue: Sendable, Hashable, Codable, Comparable {
    /// The position of the factor in the model.
    package let factor: Int
    /// The position of the value in the factor.
    package let value: Int

    /// The value at `value` of the factor at `factor`.
    package init(factor: Int, value: Int) {
        self.factor = factor
        self.value = value
    }

    package static func < (left: FactorValue, right: FactorValue) -> Bool {
        (left.factor, left.value) < (right.factor, right.value)
    }
}

/// Two values of two different factors, the earlier factor first.
package struct ValuePair: Sendable, Hashable, Codable {
    /// The value of the factor that comes first in the model.
    package let first: FactorValue
    /// The value of the later factor.
    package let second: FactorValue

    /// The pair of two values, put into the order of their factors.
    package init(_ one: FactorValue, _ other: FactorValue) {
        first = min(one, other)
        second = max(one, other)
    }
}
