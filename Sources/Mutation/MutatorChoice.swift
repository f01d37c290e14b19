extension Mutator {
    /// Chooses the variant of the next cycle; see `docs/decisions/0003-mutation-rules.md` for the
    /// order in which bounds give way when nothing is left within them.
    package func next(seed: UInt64) throws(MutationError) -> MutationStep {
        let parents = searchParents
        guard !parents.isEmpty else { return step(try start(seed: seed), seed: seed) }
        let choice =
            openPairChoice(parents, seed: seed)
            ?? refreshChoice(parents, seed: seed)
            ?? relaxedChoice(parents, seed: seed)
        guard let choice else { throw .exhausted(variants: used.count { model.contains($0) }) }
        return step(choice, seed: seed)
    }

    /// A candidate with the bounds it was found in.
    struct Choice {
        let candidate: Candidate
        var budget: Int?
        var waivers: [MutationStep.Waiver] = []
    }

    /// The groups of factors of which each cycle must change one.
    var demands: ChangeDemands {
        guard rules.demandsStressChange else { return ChangeDemands(groups: []) }
        return ChangeDemands(groups: [stressGroup, dimensionGroup].filter { !$0.isEmpty })
    }

    private var stressGroup: [Int] { model.changeableFactors { $0 == .stress } }
    private var dimensionGroup: [Int] { model.changeableFactors(where: \.isFaultDimension) }

    private var fixedWaivers: [MutationStep.Waiver] {
        guard rules.demandsStressChange else { return [] }
        return (stressGroup.isEmpty ? [.stressFixed] : [])
            + (dimensionGroup.isEmpty ? [.dimensionsFixed] : [])
    }

    var budget: Int { max(rules.budget, demands.groups.count) }

    /// The scored cycles, newest first.
    private var searchParents: [SearchParent] {
        history.reversed().filter(\.isParent).map {
            SearchParent(cycle: $0.cycle, slots: model.layout.slots(of: $0.variant))
        }
    }

    // MARK: The rungs of the ladder

    private func start(seed: UInt64) throws(MutationError) -> Choice {
        let ground = ground(seed: seed, forOpenPairs: open.count > 0)
        let completion = Completion(factors: model.factors, exclusions: model.exclusions)
        var random = SeededGenerator(seed: ground.tieSeed)
        let root = SearchParent(cycle: 0, slots: Array(repeating: -1, count: model.factors.count))
        var best: Candidate?
        for _ in 0..<64 {
            guard let variant = completion.drawn(using: &random), ground.isAllowed(variant)
            else { continue }
            let candidate = ground.candidate(variant, child: root)
            if best.map({ $0 < candidate }) ?? true { best = candidate }
        }
        if best == nil, let variant = completion.first(where: { !used.contains($0) }) {
            best = ground.candidate(variant, child: root)
        }
        guard let best else { throw .exhausted(variants: used.count { model.contains($0) }) }
        return Choice(candidate: best)
    }

    private func openPairChoice(_ parents: [SearchParent], seed: UInt64) -> Choice? {
        guard open.count > 0 else { return nil }
        let ground = ground(seed: seed, forOpenPairs: true)
        let near = nearParents(parents)
        let found =
            search(near, ground: ground, minimumGain: 1)
            ?? (near.count < parents.count ? search(parents, ground: ground, minimumGain: 1) : nil)
        if let found { return Choice(candidate: found, budget: budget, waivers: fixedWaivers) }
        var widening = WideningSearch(ground: ground, demands: demands)
        let widened = widening.best(
            parents: Array(near.prefix(16)), wanted: openPairs, above: budget)
        return widened.map {
            Choice(candidate: $0, budget: $0.changeCount, waivers: fixedWaivers)
        }
    }

    private func refreshChoice(_ parents: [SearchParent], seed: UInt64) -> Choice? {
        let ground = ground(seed: seed, forOpenPairs: false)
        if let found = search(nearParents(parents), ground: ground, minimumGain: 0) {
            return Choice(candidate: found, budget: budget, waivers: fixedWaivers)
        }
        var widening = WideningSearch(ground: ground, demands: demands)
        // From one change on, because the search before this one looked at some parents only.
        let widened = widening.best(parents: parents, wanted: [[]], above: 0)
        return widened.map {
            Choice(
                candidate: $0, budget: max(budget, $0.changeCount), waivers: fixedWaivers)
        }
    }

    private func relaxedChoice(_ parents: [SearchParent], seed: UInt64) -> Choice? {
        let completion = Completion(factors: model.factors, exclusions: model.exclusions)
        guard let unplayed = completion.first(where: { !used.contains($0) }) else { return nil }
        let ground = ground(seed: seed, forOpenPairs: open.count > 0)
        var best: Candidate?
        for groups in [[dimensionGroup], [stressGroup], []] where best == nil {
            let demands = ChangeDemands(groups: groups.filter { !$0.isEmpty })
            var widening = WideningSearch(ground: ground, demands: demands)
            best = widening.best(parents: parents, wanted: [[]], above: 0)
        }
        // Only a search cut short by its step limit leaves nothing here.
        let candidate = best ?? ground.candidate(unplayed, child: parents[0])
        return Choice(
            candidate: candidate, budget: max(budget, candidate.changeCount),
            waivers: fixedWaivers + keptWaivers(candidate, parents: parents))
    }

    private func keptWaivers(
        _ candidate: Candidate, parents: [SearchParent]
    ) -> [MutationStep.Waiver] {
        guard rules.demandsStressChange,
            let parent = parents.first(where: { $0.cycle == candidate.parentCycle })
        else { return [] }
        let slots = model.layout.slots(of: candidate.variant)
        func keeps(_ group: [Int]) -> Bool {
            !group.isEmpty
                && !ChangeDemands(groups: [group]).areMet(from: parent.slots, to: slots)
        }
        return (keeps(stressGroup) ? [.stressKept] : [])
            + (keeps(dimensionGroup) ? [.dimensionsKept] : [])
    }
}

extension Mutator {
    private static let mostParents = 64
    /// The most candidates looked at in one cycle before parents are left out.
    private static let mostCandidates = 1_000_000

    private var openPairs: [[FactorValue]] {
        let layout = model.layout
        return (0..<layout.count).flatMap { one in
            open.partners(of: one).filter { $0 > one }.map {
                [layout.value(one), layout.value($0)]
            }
        }
    }

    /// The newest parents, and for each open pair of a technical and a coordination value the
    /// newest older one that has either of them.
    private func nearParents(_ parents: [SearchParent]) -> [SearchParent] {
        guard parents.count > Self.mostParents else { return parents }
        var near = Array(parents.prefix(Self.mostParents))
        let older = parents.dropFirst(Self.mostParents)
        var added: Set<Int> = []
        for pair in openPairs {
            let roles = Set(pair.map { model.factors[$0.factor].role })
            guard roles == [.technical, .coordination] else { continue }
            let root = older.first { parent in
                pair.contains { parent.slots[$0.factor] == model.layout.slot($0) }
            }
            if let root, added.insert(root.cycle).inserted { near.append(root) }
        }
        return near
    }

    private func search(
        _ parents: [SearchParent], ground: SearchGround, minimumGain: Int
    ) -> Candidate? {
        let size = NeighbourSearch.size(model: model, demands: demands, budget: budget)
        if model.factors.count > 14 || size > Self.mostCandidates / 4 {
            var search = ExchangeSearch(
                ground: ground, demands: demands, budget: budget, minimumGain: minimumGain)
            search.visit(parents, open: ground.triples == nil ? open : PairSet(slots: 0))
            return search.best
        }
        var search = NeighbourSearch(
            ground: ground, demands: demands, budget: budget, minimumGain: minimumGain)
        for parent in parents.prefix(max(4, Self.mostCandidates / max(1, size))) {
            search.visit(parent)
        }
        return search.best
    }
}
