import Mutation
import Testing

@Suite("A mutation keeps its rules")
struct RuleTests {
    private static let sizes: [(Factor.Role, Int)] = [
        (.technical, 2), (.coordination, 2), (.timing, 2), (.owner, 3), (.stress, 2),
    ]

    @Test("until every variant was played once", arguments: 0..<6 as Range<UInt64>)
    func playsEveryVariantOnce(seed: UInt64) throws {
        let model = try DrillModel.small(Self.sizes, excluding: ["technical0=v0 owner3=v1"])
        var random = SeededGenerator(seed: seed)
        var mutator = Mutator(model: model)
        for _ in 0..<40 {
            let step = try mutator.next(seed: seed)
            #expect(model.contains(step.variant))
            #expect(!mutator.history.contains { $0.variant == step.variant })
            checkParent(step, in: mutator.history, model: model)
            try mutator.record(randomlyScored(step, using: &random))
        }
        #expect(throws: MutationError.exhausted(variants: 40)) { try mutator.next(seed: seed) }
    }

    private func randomlyScored(
        _ step: MutationStep, using random: inout SeededGenerator
    ) -> ScoredCycle {
        let total = Double(random.draw(below: 101)) / 100
        let isScored = random.draw(below: 5) > 0
        return ScoredCycle(
            cycle: step.cycle, variant: step.variant,
            standing: isScored ? .scored(.init(total: total)) : .unscored)
    }

    private func checkParent(_ step: MutationStep, in history: [ScoredCycle], model: MutationModel)
    {
        guard let parent = step.parent else {
            #expect(!history.contains { $0.isParent })
            return
        }
        #expect(history.contains(parent) && parent.isParent)
        #expect(step.changes == model.changes(from: parent.variant, to: step.variant))
        #expect(step.changes.count <= 4 || step.isBudgetRaised)
        let changed = step.changes.map(\.factor.description)
        #expect(changed.contains("stress4") || step.waivers.contains(.stressKept))
        let hasDimension = changed.contains("timing2") || changed.contains("owner3")
        #expect(hasDimension || step.waivers.contains(.dimensionsKept))
    }

    @Test("and takes the greatest gain of all neighbours", arguments: 0..<8 as Range<UInt64>)
    func gainsMost(seed: UInt64) throws {
        let model = try DrillModel.small(Self.sizes + [(.comms, 2)])
        var mutator = Mutator(model: model, rules: MutationRules(budget: 3))
        for _ in 0..<7 {
            let step = try mutator.next(seed: seed)
            if step.parent != nil, step.coverage.covered > mutator.coverage.covered {
                let best = bestNewPairCount(after: mutator.history, model: model, budget: 3)
                #expect(step.newPairs.count == best)
            }
            try mutator.record(
                ScoredCycle(cycle: step.cycle, variant: step.variant, standing: .planned))
            let seen = pairs(of: mutator.history.map(\.variant), model: model)
            #expect(mutator.coverage.covered == seen.count)
        }
    }

    /// Counts directly what the tables of the search add up.
    private func bestNewPairCount(
        after history: [ScoredCycle], model: MutationModel, budget: Int
    ) -> Int {
        let seen = pairs(of: history.map(\.variant), model: model)
        var best = 0
        for variant in allVariants(model) where !history.contains(where: { $0.variant == variant })
        {
            let isNear = history.contains { parent in
                let changed = model.changes(from: parent.variant, to: variant).map(\.factor)
                return changed.count <= budget && changed.contains("stress4")
                    && changed.contains { ["timing2", "owner3", "comms5"].contains($0) }
            }
            guard isNear else { continue }
            best = max(best, pairs(of: [variant], model: model).subtracting(seen).count)
        }
        return best
    }

    private func allVariants(_ model: MutationModel) -> [Variant] {
        var all: [[Int]] = [[]]
        for factor in model.factors {
            all = all.flatMap { start in factor.values.indices.map { start + [$0] } }
        }
        return all.map(Variant.init(values:))
    }

    private func pairs(of variants: [Variant], model: MutationModel) -> Set<ValuePair> {
        var pairs: Set<ValuePair> = []
        for variant in variants {
            let values = variant.values.enumerated().map { FactorValue(factor: $0, value: $1) }
            for one in values {
                for other in values where other.factor > one.factor {
                    pairs.insert(ValuePair(one, other))
                }
            }
        }
        return pairs
    }

    @Test("says that stress is fixed when it has one value")
    func waivesStress() throws {
        let model = try DrillModel.small([(.technical, 2), (.owner, 2), (.stress, 1)])
        #expect(
            model.notices == [
                "no stress factor has two values that can occur, so stress cannot change; "
                    + "give it a second value"
            ])
        let steps = try MutationPreview(of: model, cycles: 9, seed: 1)
        #expect(steps.steps.count == 4 && steps.isExhausted)
        #expect(steps.steps[1].waivers == [.stressFixed])
        #expect(
            steps.steps[1].rationale.hasSuffix(
                "; stress rule waived: no stress factor has two values that can occur"))
    }

    @Test("raises the budget when an exclusion leaves no other way, and says so")
    func raisesTheBudget() throws {
        let model = try DrillModel.small(
            [(.technical, 2), (.owner, 2), (.stress, 2)],
            excluding: [
                "technical0=v0 owner1=v1", "technical0=v1 owner1=v0", "owner1=v0 stress2=v1",
                "owner1=v1 stress2=v0",
            ])
        let rules = MutationRules(budget: 2)
        let steps = try MutationPreview(of: model, cycles: 3, seed: 1, rules: rules)
        #expect(steps.steps.count == 2 && steps.isExhausted)
        #expect(steps.steps[1].isBudgetRaised && steps.steps[1].changes.count == 3)
        #expect(steps.steps[1].rationale.hasSuffix("; budget raised to 3 changes for this cycle"))
    }

    @Test("never starts from an unscored cycle")
    func skipsUnscoredParents() throws {
        let model = try DrillModel.standard()
        let first = try model.mutated(after: [], seed: 5)
        let unscored = ScoredCycle(cycle: 1, variant: first.variant, standing: .unscored)
        let second = try model.mutated(after: [unscored], seed: 5)
        #expect(second.parent == nil && second.variant != first.variant)
        #expect(
            second.rationale
                == "no scored cycle to start from: new start drawn with seed 5 (technical=auth-token "
                + "coordination=double-command timing=0 dependency=messaging owner=on-call "
                + "comms=normal stress=delayed-signal); covers \(second.newPairs.count) new pairs (of 21 possible)"
        )
    }

    @Test("covers a new pair in each cycle of a model too large to look at all variants")
    func coversLargeModels() throws {
        let model = try DrillModel.small(
            (0..<16).map { index in
                (index == 0 ? .stress : index < 3 ? .owner : .other, 2)
            })
        let steps = try MutationPreview(of: model, cycles: 8, seed: 2).steps
        #expect(steps.allSatisfy { $0.changes.count <= 4 && !$0.newPairs.isEmpty })
        #expect(steps[7].coverage.fraction > 0.6)
    }

    @Test("refuses a history that is not its own")
    func refusesForeignHistory() throws {
        let model = try DrillModel.standard()
        let foreign = ScoredCycle(cycle: 3, variant: Variant(values: [9]), standing: .planned)
        #expect(throws: MutationError.foreignVariant(cycle: 3)) {
            try model.mutated(after: [foreign], seed: 1)
        }
        let variant = Variant(values: [0, 0, 0, 0, 0, 0, 0])
        let cycles = [2, 2].map { ScoredCycle(cycle: $0, variant: variant, standing: .planned) }
        #expect(throws: MutationError.unorderedCycle(2, after: 2)) {
            try model.mutated(after: cycles, seed: 1)
        }
    }

    @Test(
        "explains why there is no next variant",
        arguments: [
            (
                MutationError.exhausted(variants: 4),
                "all 4 variants were played; add a value to a factor or remove an exclusion"
            ),
            (
                .foreignVariant(cycle: 3),
                "cycle 3 played a variant of another model; leave it out of the history"
            ),
            (
                .unorderedCycle(2, after: 7),
                "cycle 2 comes after cycle 7; sort the history by cycle"
            ),
        ])
    func describesErrors(error: MutationError, text: String) {
        #expect(error.description == text)
    }
}
