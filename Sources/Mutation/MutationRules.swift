/// The bounds within which a mutation is chosen; the standard ones are the promise to people.
package struct MutationRules: Sendable, Hashable, Codable {
    /// How many factors may differ from the parent.
    package let budget: Int
    /// How much heavier a pair of wholly lost values weighs than one of faultless values, halved.
    package let weakWeight: Int
    /// Whether stress and one of timing, dependency, owner and comms must change.
    package let demandsStressChange: Bool

    /// Four changes, weak values weighing up to seven times as much, stress always changing.
    package static let standard = MutationRules(budget: 4)

    /// Rules with another budget, for comparison with the figures of other methods.
    package init(budget: Int, weakWeight: Int = 3, demandsStressChange: Bool = true) {
        precondition(budget > 0, "a mutation changes at least one factor")
        precondition((0...100).contains(weakWeight), "the weak weight is 0 to 100")
        self.budget = budget
        self.weakWeight = weakWeight
        self.demandsStressChange = demandsStressChange
    }
}
