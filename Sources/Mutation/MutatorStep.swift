extension Mutator {
    /// Fills in what is to be told about a choice.
    func step(_ choice: Choice, seed: UInt64) -> MutationStep {
        let variant = choice.candidate.variant
        let parent =
            choice.budget == nil
            ? nil : history.last { $0.cycle == choice.candidate.parentCycle && $0.isParent }
        let newPairs = newPairs(in: variant)
        let changes = parent.map { model.changes(from: $0.variant, to: variant) } ?? []
        let weakValue = weakValue(in: variant, newPairs: newPairs, parent: parent?.variant)
        let slots = model.layout.slots(of: variant)
        let isTripleNew = newPairs.isEmpty && triples?.isOpen(slots) == true
        let possible =
            choice.budget.map { model.pairsPerStep(budget: $0) } ?? model.pairsPerVariant
        let isRaised = (choice.budget ?? 0) > budget
        let coverage = PairCoverage(
            cycles: history.count + 1,
            covered: model.feasiblePairCount - open.count + newPairs.count, model: model,
            budget: rules.budget)
        let rationale = Rationale(
            model: model, seed: seed, variant: variant, parent: parent, isFirst: history.isEmpty,
            changes: changes,
            newPairCount: newPairs.count, possiblePairs: possible, coverage: coverage,
            newTriple: isTripleNew ? triples?.values(of: variant) : nil, weakValue: weakValue,
            raisedBudget: isRaised ? choice.budget : nil, waivers: choice.waivers)
        return MutationStep(
            cycle: (history.last?.cycle ?? 0) + 1, variant: variant, parent: parent,
            changes: changes, newPairs: newPairs, possiblePairs: possible,
            newTriple: rationale.newTriple, weakValue: weakValue, budget: choice.budget,
            isBudgetRaised: isRaised, waivers: choice.waivers, coverage: coverage,
            rationale: rationale.text)
    }

    private func newPairs(in variant: Variant) -> [ValuePair] {
        let slots = model.layout.slots(of: variant)
        return slots.indices.flatMap { index in
            slots[(index + 1)...].filter { open.contains(slots[index], $0) }.map {
                ValuePair(model.layout.value(slots[index]), model.layout.value($0))
            }
        }
    }

    private func weakValue(
        in variant: Variant, newPairs: [ValuePair], parent: Variant?
    ) -> MutationStep.WeakValue? {
        var values = newPairs.flatMap { [$0.first, $0.second] }
        if values.isEmpty, let parent {
            values = variant.values.indices.filter { variant.values[$0] != parent.values[$0] }
                .map { FactorValue(factor: $0, value: variant.values[$0]) }
        }
        var weakest: (slot: Int, loss: Int)?
        for slot in values.map(model.layout.slot).sorted() where weak.isScored[slot] {
            let loss = weak.losses[slot]
            if loss > WeakValues.start, loss > weakest?.loss ?? 0 { weakest = (slot, loss) }
        }
        return weakest.map {
            MutationStep.WeakValue(
                value: model.layout.value($0.slot),
                lostScore: Double($0.loss) / Double(WeakValues.unit))
        }
    }
}

extension MutationModel {
    /// What differs between two variants, in the order of the factors.
    package func changes(from old: Variant, to new: Variant) -> [MutationStep.Change] {
        factors.indices.filter { old.values[$0] != new.values[$0] }.map {
            MutationStep.Change(
                factor: factors[$0].name, old: factors[$0].values[old.values[$0]],
                new: factors[$0].values[new.values[$0]])
        }
    }
}
