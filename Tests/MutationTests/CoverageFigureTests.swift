import Mutation
import Testing

@Suite("Pair coverage of the drill model")
struct CoverageFigureTests {
    @Test(
        "is complete within 37 cycles of at most four changes",
        arguments: 1...15 as ClosedRange<UInt64>)
    func completesTheDrillModel(seed: UInt64) throws {
        let model = try DrillModel.standard()
        #expect(model.feasiblePairCount == 410)
        let steps = try MutationPreview(of: model, cycles: 37, seed: seed).steps
        #expect(steps.last?.coverage.covered == 410)
        #expect(steps.allSatisfy { $0.changes.count <= 4 && !$0.isBudgetRaised })
        #expect(steps[11].coverage.fraction > 0.52)
        #expect(steps[23].coverage.fraction > 0.88)
        for (index, step) in steps.enumerated() {
            #expect(step.coverage.cycles == index + 1)
            #expect(step.coverage.covered <= step.coverage.bound)
        }
        for (index, step) in steps.dropFirst().enumerated() where index > 0 {
            let before = steps[index].coverage
            #expect(before.covered == before.feasible || !step.newPairs.isEmpty)
        }
    }

    @Test("meets the bound for twelve cycles when stress need not change", arguments: [1, 2, 3])
    func meetsTheBound(budget: Int) throws {
        let model = try DrillModel.standard()
        let rules = MutationRules(budget: budget, demandsStressChange: false)
        let steps = try MutationPreview(of: model, cycles: 12, seed: 3, rules: rules).steps
        for step in steps { #expect(step.coverage.covered == step.coverage.bound) }
        #expect(steps.last?.coverage.covered == [87, 142, 186][budget - 1])
    }

    @Test("loses only what four exclusions forbid", arguments: 1...3 as ClosedRange<UInt64>)
    func completesTheConstrainedModel(seed: UInt64) throws {
        let model = try DrillModel.constrained()
        #expect(model.feasiblePairCount == 407)
        #expect(
            model.infeasiblePairs.map { model.text(of: $0) } == [
                "technical=auth-token dependency=billing", "timing=+20min stress=audit-call",
                "owner=absent comms=channel-down",
            ])
        let steps = try MutationPreview(of: model, cycles: 40, seed: seed).steps
        #expect(steps.last?.coverage.covered == 407)
        #expect(steps.allSatisfy { model.contains($0.variant) && $0.changes.count <= 4 })
        #expect(Set(steps.map(\.variant)).count == steps.count)
    }

    @Test("has the theoretical bounds of the drill model")
    func bounds() throws {
        let model = try DrillModel.standard()
        #expect(model.pairsPerVariant == 21)
        #expect([1, 2, 3, 4, 7].map { model.pairsPerStep(budget: $0) } == [6, 11, 15, 18, 21])
        #expect(model.fewestCycles(budget: 4) == 30)
        #expect(model.fewestCycles(budget: 3) == 27 + 3)
        #expect(model.pairBound(after: 0, budget: 4) == 0)
        #expect(model.pairBound(after: 1, budget: 4) == 21)
        #expect(model.pairBound(after: 12, budget: 4) == 219)
        #expect(model.pairBound(after: 100, budget: 4) == 410)
    }
}
