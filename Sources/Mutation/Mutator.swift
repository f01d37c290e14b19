/// Chooses the variant of each cycle from the history of the earlier ones.
///
/// A value over its history: recording the same cycles gives the same mutator, and asking it with
/// the same seed gives the same variant on any machine. Recording a cycle costs O(k²) for k
/// factors, so a long history is folded once and extended cycle by cycle.
package struct Mutator: Sendable {
    /// What is mutated.
    package let model: MutationModel
    /// Within which bounds.
    package let rules: MutationRules
    /// The cycles recorded so far.
    package private(set) var history: [ScoredCycle] = []

    private(set) var open: PairSet
    private(set) var used: Set<Variant> = []
    private(set) var weak: WeakValues
    private(set) var triples: TripleSet?
    /// For each pair of slots, one more than the position of the last cycle that contained it.
    private var lastSeen: [Int]
    private let slotHashes: [UInt64]

    /// A mutator without a history.
    package init(model: MutationModel, rules: MutationRules = .standard) {
        self.model = model
        self.rules = rules
        let layout = model.layout
        weak = WeakValues(slots: layout.count)
        triples = TripleSet(model)
        lastSeen = Array(repeating: 0, count: layout.count * layout.count)
        slotHashes = (0..<layout.count).map { slot in
            StableHash.fnv1a(model.text(of: layout.value(slot)))
        }
        open = PairSet(slots: layout.count)
        for one in 0..<layout.count {
            for other in layout.slots(of: layout.factors[one]).upperBound..<layout.count {
                open.insert(one, other)
            }
        }
        for pair in model.infeasiblePairs {
            open.remove(layout.slot(pair.first), layout.slot(pair.second))
        }
    }

    /// Adds a cycle that was played, or that a preview assumes.
    package mutating func record(_ cycle: ScoredCycle) throws(MutationError) {
        guard model.fits(cycle.variant) else { throw .foreignVariant(cycle: cycle.cycle) }
        if let last = history.last, last.cycle >= cycle.cycle {
            throw .unorderedCycle(cycle.cycle, after: last.cycle)
        }
        history.append(cycle)
        used.insert(cycle.variant)
        let slots = model.layout.slots(of: cycle.variant)
        triples?.close(slots)
        for one in slots {
            for other in slots where other != one {
                open.remove(one, other)
                lastSeen[one * model.layout.count + other] = history.count
            }
        }
        if case .scored(let score) = cycle.standing {
            weak.record(score, of: cycle.variant, in: model)
        }
    }

    /// The pairs played so far, beside the bound.
    package var coverage: PairCoverage {
        PairCoverage(
            cycles: history.count, covered: model.feasiblePairCount - open.count, model: model,
            budget: rules.budget)
    }
}

extension Mutator {
    /// What a search for the next variant needs; with open pairs their weights count, without
    /// them the time since a pair was seen.
    func ground(seed: UInt64, forOpenPairs: Bool) -> SearchGround {
        SearchGround(
            model: model, layout: model.layout,
            weights: forOpenPairs ? openWeights : ageWeights, used: used,
            triples: forOpenPairs ? nil : triples, slotHashes: slotHashes,
            tieSeed: StableHash.scrambled(seed ^ StableHash.scrambled(UInt64(history.count))))
    }

    private var openWeights: [Int] {
        weights { open.contains($0, $1) ? 1 : 0 }
    }

    private var ageWeights: [Int] {
        let count = model.layout.count
        // The cap keeps all sums far below the bonus of a new triple.
        return weights { one, other in
            let seen = lastSeen[one * count + other]
            return seen == 0 ? 0 : min(1000, history.count + 1 - seen)
        }
    }

    private func weights(_ factor: (Int, Int) -> Int) -> [Int] {
        let layout = model.layout
        var weights = Array(repeating: 0, count: layout.count * layout.count)
        for one in 0..<layout.count {
            for other in layout.slots(of: layout.factors[one]).upperBound..<layout.count {
                let share = factor(one, other)
                guard share > 0 else { continue }
                let loss = weak.losses[one] + weak.losses[other]
                let weight = share * (WeakValues.unit + rules.weakWeight * loss)
                weights[one * layout.count + other] = weight
                weights[other * layout.count + one] = weight
            }
        }
        return weights
    }
}

extension MutationModel {
    /// The variant of the cycle after a history: a pure function of model, history and seed.
    package func mutated(
        after history: [ScoredCycle], seed: UInt64, rules: MutationRules = .standard
    ) throws(MutationError) -> MutationStep {
        var mutator = Mutator(model: self, rules: rules)
        for cycle in history { try mutator.record(cycle) }
        return try mutator.next(seed: seed)
    }
}
