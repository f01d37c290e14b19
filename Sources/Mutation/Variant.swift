/// One value for each factor of a model: what a cycle plays.
package struct Variant: Sendable, Hashable, Codable {
    /// The position of the value chosen for each factor, in the order of the factors.
    package let values: [Int]

    /// A variant by positions; ``MutationModel/contains(_:)`` tells whether a model has it.
    package init(values: [Int]) {
        self.values = values
    }
}

extension MutationModel {
    /// Whether the variant has a value of this model for each factor and breaks no exclusion.
    package func contains(_ variant: Variant) -> Bool {
        fits(variant) && !exclusions.contains { $0.forbids(variant.values) }
    }

    /// Whether the variant has a value of this model for each factor, allowed or not.
    package func fits(_ variant: Variant) -> Bool {
        variant.values.count == factors.count
            && zip(variant.values, factors).allSatisfy { $1.values.indices.contains($0) }
    }

    /// The canonical text of a variant: `factor=value` words in the order of the factors.
    ///
    /// - Precondition: The variant fits the model.
    package func text(of variant: Variant) -> String {
        precondition(fits(variant), "the variant is not of this model")
        return zip(factors, variant.values).map { "\($0.name)=\($0.values[$1])" }
            .joined(separator: " ")
    }

    /// The FNV-1a hash of the canonical text.
    package func stableHash(of variant: Variant) -> UInt64 {
        StableHash.fnv1a(text(of: variant))
    }

    /// Reads a canonical text back; nil when a factor is missing, unknown or repeated, or a value
    /// does not exist in this model.
    package func variant(parsing text: String) -> Variant? {
        var values = Array(repeating: -1, count: factors.count)
        for word in text.split(separator: " ") {
            // Any problem means the text is of another model, which is the answer.
            guard let term = try? FactorValue(parsing: String(word), factors: factors),
                values[term.factor] < 0
            else { return nil }
            values[term.factor] = term.value
        }
        return values.contains(-1) ? nil : Variant(values: values)
    }

    /// One value as a `factor=value` word.
    package func text(of value: FactorValue) -> String {
        "\(factors[value.factor].name)=\(factors[value.factor].values[value.value])"
    }

    /// A pair as two `factor=value` words.
    package func text(of pair: ValuePair) -> String {
        "\(text(of: pair.first)) \(text(of: pair.second))"
    }
}
