/// The variant chosen for the next cycle, and why.
package struct MutationStep: Sendable, Hashable {
    /// The number of the cycle it is for.
    package let cycle: Int
    /// What is to be played.
    package let variant: Variant
    /// The scored cycle it is compared with; nil when there is none.
    package let parent: ScoredCycle?
    /// What differs from the parent, in the order of the factors.
    package let changes: [Change]
    /// The pairs that no earlier cycle contained.
    package let newPairs: [ValuePair]
    /// How many new pairs a step of this budget can cover.
    package let possiblePairs: Int
    /// The new triple of dependency, owner and comms, once all pairs were played.
    package let newTriple: [FactorValue]?
    /// The weakest value that gets new pairs or comes back; nil when none lost score.
    package let weakValue: WeakValue?
    /// How many changes were allowed; nil when there was no parent.
    package let budget: Int?
    /// Whether the budget had to be raised above that of the rules for this cycle.
    package let isBudgetRaised: Bool
    /// The rules that could not be kept.
    package let waivers: [Waiver]
    /// The coverage once this cycle is played.
    package let coverage: PairCoverage
    /// All of it in words.
    package let rationale: String
}

extension MutationStep {
    /// One factor that differs from the parent.
    package struct Change: Sendable, Hashable {
        /// Which factor.
        package let factor: FactorName
        /// Its value in the parent.
        package let old: String
        /// Its value now.
        package let new: String
    }

    /// A value that lost score when it was played.
    package struct WeakValue: Sendable, Hashable {
        /// Which value.
        package let value: FactorValue
        /// The weighted mean of the score lost with it, between 0 and 1.
        package let lostScore: Double
    }

    /// A rule that could not be kept.
    package enum Waiver: Sendable, Hashable, CaseIterable {
        /// No stress factor of the model has two values that can occur.
        case stressFixed
        /// No timing, dependency, owner or comms factor of the model has two such values.
        case dimensionsFixed
        /// All variants with other stress than a scored cycle were played.
        case stressKept
        /// All variants with another of the four dimensions than a scored cycle were played.
        case dimensionsKept
    }
}

/// Why there is no next variant.
package enum MutationError: Error, Hashable, Sendable, CustomStringConvertible {
    case exhausted(variants: Int)
    case foreignVariant(cycle: Int)
    case unorderedCycle(Int, after: Int)

    package var description: String {
        switch self {
        case .exhausted(let count):
            "all \(count) variants were played; add a value to a factor or remove an exclusion"
        case .foreignVariant(let cycle):
            "cycle \(cycle) played a variant of another model; leave it out of the history"
        case .unorderedCycle(let cycle, let previous):
            "cycle \(cycle) comes after cycle \(previous); sort the history by cycle"
        }
    }
}
