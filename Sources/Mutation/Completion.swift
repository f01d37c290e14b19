/// Completes a few fixed values to an allowed variant, by backtracking.
///
/// Only factors that an exclusion names are tried: the others can take any value.
struct Completion: Sendable {
    private let factors: [Factor]
    private let exclusions: [Exclusion]
    private let constrained: [Int]

    init(factors: [Factor], exclusions: [Exclusion]) {
        self.factors = factors
        self.exclusions = exclusions
        constrained = factors.indices.filter { factor in
            exclusions.contains { $0.terms.contains { $0.factor == factor } }
        }
    }

    /// Whether an allowed variant contains all the values in `fixed`.
    func exists(fixing fixed: [FactorValue]) -> Bool {
        guard !exclusions.isEmpty else { return true }
        var values = Array(repeating: -1, count: factors.count)
        for term in fixed { values[term.factor] = term.value }
        guard !isForbidden(values) else { return false }
        let open = constrained.filter { values[$0] < 0 }
        return complete(&values, open: open[...]) { factors[$0].values.indices.map(\.self) }
    }

    /// An allowed variant with values drawn in random order; nil when there is none.
    func drawn(using random: inout SeededGenerator) -> Variant? {
        var values = Array(repeating: -1, count: factors.count)
        var orders: [[Int]] = []
        for factor in factors { orders.append(random.shuffle(Array(factor.values.indices))) }
        guard complete(&values, open: factors.indices.map(\.self)[...], order: { orders[$0] })
        else { return nil }
        return Variant(values: values)
    }

    /// The first allowed variant, in the order of values, for which `isWanted` holds.
    func first(where isWanted: (Variant) -> Bool) -> Variant? {
        var values = Array(repeating: -1, count: factors.count)
        return first(&values, from: 0, where: isWanted)
    }

    /// The pairs that no allowed variant contains.
    func infeasiblePairs(layout: SlotLayout) -> [ValuePair] {
        guard !exclusions.isEmpty else { return [] }
        var found: [ValuePair] = []
        for one in 0..<layout.count {
            for other in (layout.slots(of: layout.factors[one]).upperBound)..<layout.count {
                let pair = ValuePair(layout.value(one), layout.value(other))
                if !exists(fixing: [pair.first, pair.second]) { found.append(pair) }
            }
        }
        return found
    }

    private func isForbidden(_ values: [Int]) -> Bool {
        exclusions.contains { $0.forbids(values) }
    }

    private func complete(
        _ values: inout [Int], open: ArraySlice<Int>, order: (Int) -> [Int]
    ) -> Bool {
        guard let factor = open.first else { return true }
        for value in order(factor) {
            values[factor] = value
            if !isForbidden(values), complete(&values, open: open.dropFirst(), order: order) {
                return true
            }
        }
        values[factor] = -1
        return false
    }

    private func first(
        _ values: inout [Int], from factor: Int, where isWanted: (Variant) -> Bool
    ) -> Variant? {
        guard factor < factors.count else {
            let variant = Variant(values: values)
            return isWanted(variant) ? variant : nil
        }
        for value in factors[factor].values.indices {
            values[factor] = value
            if !isForbidden(values),
                let found = first(&values, from: factor + 1, where: isWanted)
            {
                return found
            }
        }
        values[factor] = -1
        return nil
    }
}
