/// How many of the pairs that can occur were played, beside what any method could have reached.
package struct PairCoverage: Sendable, Hashable {
    /// How many cycles were played.
    package let cycles: Int
    /// How many pairs they contained.
    package let covered: Int
    /// How many pairs can occur.
    package let feasible: Int
    /// How many pairs that many cycles can contain, when each differs from an earlier one in at
    /// most the budget.
    package let bound: Int

    /// The covered part of the pairs, 1 when there are none.
    package var fraction: Double { feasible == 0 ? 1 : Double(covered) / Double(feasible) }
    /// The part of the pairs that can have been covered.
    package var boundFraction: Double { feasible == 0 ? 1 : Double(bound) / Double(feasible) }

    init(cycles: Int, covered: Int, model: MutationModel, budget: Int) {
        self.cycles = cycles
        self.covered = covered
        feasible = model.feasiblePairCount
        bound = model.pairBound(after: cycles, budget: budget)
    }
}

extension MutationModel {
    /// How many pairs one variant contains.
    package var pairsPerVariant: Int { factors.count * (factors.count - 1) / 2 }

    /// How many new pairs a step that changes up to `budget` factors can cover.
    package func pairsPerStep(budget: Int) -> Int {
        let kept = max(0, factors.count - budget)
        return pairsPerVariant - kept * (kept - 1) / 2
    }

    /// How many pairs any method can have covered after some cycles.
    package func pairBound(after cycles: Int, budget: Int) -> Int {
        guard cycles > 0 else { return 0 }
        // More steps than pairs cannot help; the minimum also keeps the product small.
        let steps = min(cycles - 1, feasiblePairCount)
        return min(feasiblePairCount, pairsPerVariant + steps * pairsPerStep(budget: budget))
    }

    /// The fewest cycles in which any method can cover all pairs within the budget.
    package func fewestCycles(budget: Int) -> Int {
        let rest = max(0, feasiblePairCount - pairsPerVariant)
        let step = max(1, pairsPerStep(budget: budget))
        let byStep = 1 + (rest + step - 1) / step
        var byProduct = 1
        for pair in factors.indices {
            for later in factors.indices.dropFirst(pair + 1) {
                let missing = infeasiblePairs.count {
                    $0.first.factor == pair && $0.second.factor == later
                }
                let count = factors[pair].values.count * factors[later].values.count - missing
                byProduct = max(byProduct, count)
            }
        }
        return max(byStep, byProduct)
    }
}
