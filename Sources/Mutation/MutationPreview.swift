/// The coming mutations when every cycle is scored and nothing is learned from it.
package struct MutationPreview: Sendable {
    /// What is mutated.
    package let model: MutationModel
    /// The coming cycles in order.
    package let steps: [MutationStep]
    /// Whether fewer cycles than asked for came out, because all variants are used.
    package let isExhausted: Bool
    private let rules: MutationRules

    /// Chooses up to `cycles` variants after a history.
    ///
    /// - Parameter chosen: is told after each one how many there are; thousands take minutes.
    package init(
        of model: MutationModel, cycles: Int, after history: [ScoredCycle] = [], seed: UInt64,
        rules: MutationRules = .standard, chosen: (Int) -> Void = { _ in }
    ) throws(MutationError) {
        var mutator = Mutator(model: model, rules: rules)
        for cycle in history { try mutator.record(cycle) }
        var steps: [MutationStep] = []
        var isExhausted = false
        for _ in 0..<max(0, cycles) {
            do throws(MutationError) {
                let step = try mutator.next(seed: seed)
                try mutator.record(
                    ScoredCycle(cycle: step.cycle, variant: step.variant, standing: .planned))
                steps.append(step)
                chosen(steps.count)
            } catch {
                guard case .exhausted = error else { throw error }
                isExhausted = true
                break
            }
        }
        self.model = model
        self.steps = steps
        self.isExhausted = isExhausted
        self.rules = rules
    }
}

extension MutationPreview {
    /// The sequence as a table: the values of each cycle with a `*` at those that changed, the new
    /// pairs, and the coverage beside its theoretical bound.
    package var table: String {
        let header =
            ["CYCLE", "PARENT"] + model.factors.map { $0.name.description.uppercased() }
            + ["CHANGES", "NEW", "PAIRS", "COVERED", "BOUND"]
        let rows = [header] + steps.map(row)
        let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let isNumber = header.indices.map { $0 == 0 || $0 > model.factors.count + 1 }
        let lines = rows.map { row in
            let cells = row.indices.map { column in
                let gap = String(repeating: " ", count: widths[column] - row[column].count)
                return isNumber[column] ? gap + row[column] : row[column] + gap
            }
            return cells.joined(separator: "  ")
        }
        return (lines + footer).joined(separator: "\n") + "\n"
    }

    private func row(_ step: MutationStep) -> [String] {
        let values = model.factors.indices.map { index in
            let value = model.factors[index].values[step.variant.values[index]]
            let hasChanged = step.changes.contains { $0.factor == model.factors[index].name }
            return hasChanged ? value + "*" : value
        }
        let coverage = step.coverage
        return [String(step.cycle), step.parent.map { Rationale.label($0.cycle) } ?? "-"] + values
            + [
                step.parent == nil ? "-" : String(step.changes.count),
                String(step.newPairs.count), "\(coverage.covered)/\(coverage.feasible)",
                Decimals.text(coverage.fraction, places: 3),
                Decimals.text(coverage.boundFraction, places: 3),
            ]
    }

    private var footer: [String] {
        var lines = ["", "no method covers all pairs in fewer than \(fewest) cycles"]
        if isExhausted { lines.append("all variants were played") }
        let raised = steps.filter(\.isBudgetRaised).map { Rationale.label($0.cycle) }
        if !raised.isEmpty { lines.append("budget raised: \(raised.joined(separator: ", "))") }
        let waivers = MutationStep.Waiver.allCases.filter { waiver in
            steps.contains { $0.waivers.contains(waiver) }
        }
        return lines + waivers.map(\.text)
    }

    private var fewest: Int { model.fewestCycles(budget: rules.budget) }
}
