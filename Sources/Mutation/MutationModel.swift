/// The factors of a scenario and what may not occur together: the space mutations are drawn from.
package struct MutationModel: Sendable, Hashable {
    /// The factors in the order of the scenario.
    package let factors: [Factor]
    /// The forbidden combinations.
    package let exclusions: [Exclusion]
    /// Pairs that no allowed variant contains, in the order of the factors.
    package let infeasiblePairs: [ValuePair]
    /// How many pairs some allowed variant contains.
    package let feasiblePairCount: Int

    let layout: SlotLayout
    /// For each slot, whether some allowed variant contains it.
    let isUsable: [Bool]

    /// Checks the factors and finds, by completing each pair, which pairs can occur.
    package init(factors: [Factor], exclusions: [Exclusion] = []) throws(LoadError) {
        try Self.check(factors)
        let known = exclusions.flatMap(\.terms).allSatisfy {
            factors.indices.contains($0.factor)
                && factors[$0.factor].values.indices.contains($0.value)
        }
        guard known else { throw .foreignExclusion }
        self.factors = factors
        self.exclusions = exclusions.filter { !$0.terms.isEmpty }
        layout = SlotLayout(factors)
        let completion = Completion(factors: factors, exclusions: self.exclusions)
        guard completion.exists(fixing: []) else { throw .nothingPossible }
        isUsable = (0..<layout.count).map { [layout] in
            completion.exists(fixing: [layout.value($0)])
        }
        infeasiblePairs = completion.infeasiblePairs(layout: layout)
        feasiblePairCount = Self.pairCount(of: factors) - infeasiblePairs.count
    }

    /// A hash of factors, values and exclusions; another signature means another model.
    package var signature: UInt64 {
        let factorLines = factors.map {
            "\($0.name) \($0.role.rawValue) \($0.values.joined(separator: " "))"
        }
        let exclusionLines = exclusions.map { exclusion in
            "!" + exclusion.terms.map { text(of: $0) }.joined(separator: " ")
        }
        return StableHash.fnv1a((factorLines + exclusionLines.sorted()).joined(separator: "\n"))
    }

    /// How many values of a factor some allowed variant contains.
    func usableValueCount(of factor: Int) -> Int {
        layout.slots(of: factor).count { isUsable[$0] }
    }

    /// The factors of a role that can change at all.
    func changeableFactors(where isWanted: (Factor.Role) -> Bool) -> [Int] {
        factors.indices.filter { isWanted(factors[$0].role) && usableValueCount(of: $0) > 1 }
    }

    private static func pairCount(of factors: [Factor]) -> Int {
        let sizes = factors.map(\.values.count)
        let total = sizes.reduce(0, +)
        return (total * total - sizes.reduce(0) { $0 + $1 * $1 }) / 2
    }
}

extension MutationModel {
    /// What people should be told when the model is loaded: rules it cannot keep, pairs and values
    /// that cannot occur.
    package var notices: [String] {
        var notices: [String] = []
        if changeableFactors(where: { $0 == .stress }).isEmpty {
            notices.append(
                "no stress factor has two values that can occur, so stress cannot change; "
                    + "give it a second value")
        }
        if changeableFactors(where: \.isFaultDimension).isEmpty {
            notices.append(
                "none of timing, dependency, owner and comms has two values that can occur; "
                    + "give one of them a second value")
        }
        for slot in 0..<layout.count where !isUsable[slot] {
            notices.append("\(text(of: layout.value(slot))) can never occur")
        }
        for pair in infeasiblePairs
        where isUsable[layout.slot(pair.first)] && isUsable[layout.slot(pair.second)] {
            notices.append(
                "\(text(of: pair.first)) and \(text(of: pair.second)) never occur together")
        }
        return notices
    }

    private static func check(_ factors: [Factor]) throws(LoadError) {
        guard !factors.isEmpty else { throw .noFactors }
        guard factors.count <= LoadError.mostFactors else { throw .tooManyFactors(factors.count) }
        let valueCount = factors.reduce(0) { $0 + $1.values.count }
        guard valueCount <= LoadError.mostValues else { throw .tooManyValues(valueCount) }
        for (index, factor) in factors.enumerated() {
            let name = factor.name.description
            guard isWord(name), !name.contains("=") else { throw .badName(name) }
            guard !factors[..<index].contains(where: { $0.name == factor.name }) else {
                throw .duplicateFactor(factor.name)
            }
            guard !factor.values.isEmpty else { throw .noValues(factor.name) }
            for (position, value) in factor.values.enumerated() {
                guard isWord(value) else { throw .badValue(value, factor: factor.name) }
                guard !factor.values[..<position].contains(value) else {
                    throw .duplicateValue(value, factor: factor.name)
                }
            }
        }
    }

    private static func isWord(_ text: String) -> Bool {
        !text.isEmpty && !text.contains(where: \.isWhitespace)
    }
}

extension MutationModel {
    /// Why factors and exclusions make no model.
    package enum LoadError: Error, Hashable, Sendable, CustomStringConvertible {
        case noFactors
        case tooManyFactors(Int)
        case tooManyValues(Int)
        case badName(String)
        case badValue(String, factor: FactorName)
        case duplicateFactor(FactorName)
        case duplicateValue(String, factor: FactorName)
        case noValues(FactorName)
        case foreignExclusion
        case nothingPossible

        static let mostFactors = 128
        static let mostValues = 2048

        package var description: String {
            switch self {
            case .noFactors:
                "nothing to mutate; name at least one factor with its values"
            case .tooManyFactors(let count):
                "\(count) factors are too many; use at most \(Self.mostFactors)"
            case .tooManyValues(let count):
                "\(count) values are too many; use at most \(Self.mostValues) in all factors"
            case .badName(let name):
                "'\(name)' cannot name a factor; use one word without '='"
            case .badValue(let value, let factor):
                "'\(value)' cannot be a value of \(factor); use one word"
            case .duplicateFactor(let factor):
                "\(factor) is declared twice; list all its values once"
            case .duplicateValue(let value, let factor):
                "\(factor) lists '\(value)' twice; list each value once"
            case .noValues(let factor):
                "\(factor) has no values; list at least one"
            case .foreignExclusion:
                "an exclusion names a factor or value of another model; parse it against this one"
            case .nothingPossible:
                "the exclusions forbid every variant; remove one of them"
            }
        }
    }
}

extension MutationModel: Codable {
    private enum CodingKeys: String, CodingKey {
        case factors, exclusions
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            factors: container.decode([Factor].self, forKey: .factors),
            exclusions: container.decode([Exclusion].self, forKey: .exclusions))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(factors, forKey: .factors)
        try container.encode(exclusions, forKey: .exclusions)
    }
}
