/// Completes wanted values from a parent with as few changes as exclusions and rules allow.
///
/// Used for the rare cycle whose budget must be raised. Work is bounded by counting steps, never
/// by a clock, so that the answer is the same on any machine.
struct WideningSearch {
    private static let mostSteps = 20_000

    private let ground: SearchGround
    private let demands: ChangeDemands
    private var steps = 0

    init(ground: SearchGround, demands: ChangeDemands) {
        self.ground = ground
        self.demands = demands
    }

    /// The best of the completions with the fewest changes above `budget`; one for each parent
    /// and each list of wanted values.
    mutating func best(
        parents: [SearchParent], wanted: [[FactorValue]], above budget: Int
    ) -> Candidate? {
        let most = ground.model.factors.count
        guard budget < most else { return nil }
        for raised in (budget + 1)...most {
            var best: Candidate?
            for parent in parents {
                for values in wanted {
                    guard
                        let variant = completion(
                            of: parent, wanted: values, budget: raised)
                    else { continue }
                    let candidate = ground.candidate(variant, child: parent)
                    if best.map({ $0 < candidate }) ?? true { best = candidate }
                }
            }
            if let best { return best }
        }
        return nil
    }

    private mutating func completion(
        of parent: SearchParent, wanted: [FactorValue], budget: Int
    ) -> Variant? {
        var values = Array(repeating: -1, count: parent.slots.count)
        var changes = 0
        for term in wanted {
            values[term.factor] = term.value
            if ground.layout.slot(term) != parent.slots[term.factor] { changes += 1 }
        }
        steps = 0
        let open = values.indices.filter { values[$0] < 0 }
        return complete(&values, open: open[...], changes: changes, parent: parent, budget: budget)
    }

    private mutating func complete(
        _ values: inout [Int], open: ArraySlice<Int>, changes: Int, parent: SearchParent,
        budget: Int
    ) -> Variant? {
        steps += 1
        guard steps <= Self.mostSteps, changes <= budget else { return nil }
        guard !ground.model.exclusions.contains(where: { $0.forbids(values) }) else { return nil }
        guard let factor = open.first else {
            let variant = Variant(values: values)
            let slots = ground.layout.slots(of: variant)
            let isNext =
                demands.areMet(from: parent.slots, to: slots) && !ground.used.contains(variant)
            return isNext ? variant : nil
        }
        let kept = parent.slots[factor] - ground.layout.offsets[factor]
        let others = ground.model.factors[factor].values.indices.filter { $0 != kept }
        for value in [kept] + others {
            values[factor] = value
            let found = complete(
                &values, open: open.dropFirst(), changes: changes + (value == kept ? 0 : 1),
                parent: parent, budget: budget)
            if let found { return found }
        }
        values[factor] = -1
        return nil
    }
}
