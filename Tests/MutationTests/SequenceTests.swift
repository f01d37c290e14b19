import Foundation
import Mutation
import Testing

@Suite("A sequence of mutations")
struct SequenceTests {
    @Test("prints as a table with coverage and bound")
    func printsTable() throws {
        let preview = try MutationPreview(of: DrillModel.standard(), cycles: 12, seed: 42)
        try expectGolden(preview.table, "table.txt")
    }

    @Test("is explained in words, and the same on every machine")
    func explainsScoredCycles() throws {
        let model = try DrillModel.constrained()
        var mutator = Mutator(model: model)
        var text = ""
        for cycle in 1...10 {
            let step = try mutator.next(seed: 7)
            let again = try model.mutated(after: mutator.history, seed: 7)
            #expect(again == step)
            text += "\(step.cycle) \(model.text(of: step.variant))\n  \(step.rationale)\n"
            let isAbsent = model.text(of: step.variant).contains("owner=absent")
            let score = ScoredCycle.Score(
                total: isAbsent ? 0.4 : 0.9, dimensions: [.owner: isAbsent ? 0.1 : 0.95])
            try mutator.record(
                ScoredCycle(
                    cycle: step.cycle, variant: step.variant,
                    standing: cycle == 4 ? .unscored : .scored(score)))
        }
        try expectGolden(text, "rationales.txt")
    }

    @Test("plays triples of dependency, owner and comms once all pairs were played")
    func continuesWithTriples() throws {
        let model = try DrillModel.small([
            (.dependency, 2), (.owner, 2), (.comms, 2), (.stress, 2), (.technical, 2),
        ])
        let steps = try MutationPreview(of: model, cycles: 12, seed: 3).steps
        let done = try #require(steps.firstIndex { $0.coverage.fraction == 1 })
        #expect(done < 11)
        var triples = Set(steps[...done].map { Array($0.variant.values[..<3]) })
        for step in steps[(done + 1)...] {
            let isNew = triples.insert(Array(step.variant.values[..<3])).inserted
            #expect(isNew == (step.newTriple != nil))
        }
        #expect(triples.count == 8)
    }

    @Test("brings values back sooner after they lost score")
    func bringsWeakValuesBack() throws {
        let model = try DrillModel.small([
            (.technical, 3), (.timing, 3), (.owner, 3), (.comms, 3), (.stress, 4),
        ])
        // Six cycles with each of ten seeds: later on all pairs of the weak value were played.
        func plays(losing: Bool) throws -> Int {
            var mutator = Mutator(model: model)
            var plays = 0
            for (seed, cycle) in (0..<60).map({ (UInt64($0 / 6), $0 % 6) }) {
                if cycle == 0 { mutator = Mutator(model: model) }
                let step = try mutator.next(seed: seed)
                let isWeak = step.variant.values[2] == 0
                plays += isWeak ? 1 : 0
                let score = ScoredCycle.Score(
                    total: 1, dimensions: [.owner: isWeak && losing ? 0 : 1])
                try mutator.record(
                    ScoredCycle(cycle: step.cycle, variant: step.variant, standing: .scored(score)))
            }
            return plays
        }
        let (whenLosing, otherwise) = (try plays(losing: true), try plays(losing: false))
        #expect(whenLosing > otherwise)
    }

    @Test("survives being stored: models, histories and variants read back alike")
    func roundTrips() throws {
        let model = try DrillModel.constrained()
        let copy = try JSONDecoder().decode(
            MutationModel.self, from: JSONEncoder().encode(model))
        #expect(copy == model && copy.signature == model.signature)
        let standard = try DrillModel.standard()
        #expect(standard.signature != model.signature)
        let variant = try model.mutated(after: [], seed: 1).variant
        #expect(model.variant(parsing: model.text(of: variant)) == variant)
        #expect(model.variant(parsing: "owner=absent") == nil)
        let cycle = ScoredCycle(
            cycle: 1, variant: variant,
            standing: .scored(.init(total: 2, dimensions: [.owner: 0.5])))
        let read = try JSONDecoder().decode(ScoredCycle.self, from: JSONEncoder().encode(cycle))
        #expect(
            read == cycle && read.standing == .scored(.init(total: 1, dimensions: [.owner: 0.5])))
    }

    @Test("rests on hashes and draws with known values")
    func knownDraws() {
        #expect(StableHash.fnv1a("") == 0xcbf2_9ce4_8422_2325)
        #expect(StableHash.fnv1a("a") == 0xaf63_dc4c_8601_ec8c)
        #expect(StableHash.fnv1a("foobar") == 0x8594_4171_f739_67e8)
        var random = SeededGenerator(seed: 1_234_567)
        #expect(random.next() == 6_457_827_717_110_365_317)
        #expect(random.next() == 3_203_168_211_198_807_973)
        #expect((0..<200).allSatisfy { _ in (0..<7).contains(random.draw(below: 7)) })
        #expect(random.shuffle(Array(0..<20)).sorted() == Array(0..<20))
    }
}
