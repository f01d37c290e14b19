/// Finds good variants within a few changes when there are too many to look at all.
///
/// From seeded starts it makes the best change again and again, then exchanges single changes for
/// better ones until none is found.
struct ExchangeSearch {
    private static let starts = 40
    private static let rounds = 8

    private let ground: SearchGround
    private let demands: ChangeDemands
    private let budget: Int
    private let minimumGain: Int
    private var random: SeededGenerator
    private(set) var best: Candidate?

    init(
        ground: SearchGround, demands: ChangeDemands, budget: Int, minimumGain: Int
    ) {
        self.ground = ground
        self.demands = demands
        self.budget = budget
        self.minimumGain = minimumGain
        random = SeededGenerator(seed: ground.tieSeed)
    }

    /// Makes all starts; `open` are the pairs that one change set should cover.
    mutating func visit(_ parents: [SearchParent], open: PairSet) {
        guard !parents.isEmpty else { return }
        for start in 0..<Self.starts {
            let parent = parents[start == 0 ? 0 : random.draw(below: parents.count)]
            var slots = parent.slots
            if start.isMultiple(of: 2), let pair = drawnPair(from: open) {
                for slot in pair { apply(slot, to: &slots, parent: parent) }
            }
            fill(&slots, parent: parent)
            exchange(&slots, parent: parent)
            consider(slots, parent: parent)
        }
    }

    private mutating func drawnPair(from open: PairSet) -> [Int]? {
        guard open.count > 0 else { return nil }
        let offset = random.draw(below: ground.layout.count)
        for step in 0..<ground.layout.count {
            let slot = (offset + step) % ground.layout.count
            let partners = open.partners(of: slot)
            if !partners.isEmpty { return [slot, partners[random.draw(below: partners.count)]] }
        }
        return nil
    }

    private func apply(_ slot: Int, to slots: inout [Int], parent: SearchParent) {
        guard canApply(slot, to: slots, parent: parent) else { return }
        slots[ground.layout.factors[slot]] = slot
    }

    /// Whether a change keeps to the exclusions and leaves room for the changes still demanded.
    private func canApply(_ slot: Int, to slots: [Int], parent: SearchParent) -> Bool {
        let factor = ground.layout.factors[slot]
        guard slot != parent.slots[factor], slots[factor] != slot, ground.model.isUsable[slot]
        else { return false }
        var changed = slots
        changed[factor] = slot
        let missing = demands.groups.count { group in
            !group.contains { changed[$0] != parent.slots[$0] }
        }
        guard changeCount(changed, parent) + missing <= budget else { return false }
        guard !ground.model.exclusions.isEmpty else { return true }
        let values = changed.indices.map { changed[$0] - ground.layout.offsets[$0] }
        return !ground.model.exclusions.contains { $0.forbids(values) }
    }

    private func changeCount(_ slots: [Int], _ parent: SearchParent) -> Int {
        zip(slots, parent.slots).count { $0 != $1 }
    }

    /// Makes the best change that is left until the budget is spent or nothing more is gained.
    private func fill(_ slots: inout [Int], parent: SearchParent) {
        var marginals = Marginals(slotCount: ground.layout.count, changes: budget)
        marginals.reset(ground, slots)
        while changeCount(slots, parent) < budget {
            let isComplete = demands.areMet(from: parent.slots, to: slots)
            guard let slot = bestSlot(slots, parent: parent, marginals: marginals),
                !isComplete || marginals[slot] > 0
            else { return }
            let old = slots[ground.layout.factors[slot]]
            slots[ground.layout.factors[slot]] = slot
            marginals.push(ground, slots, old: old, factors: slots.indices)
        }
    }

    /// The unchanged factor's slot that gains most; ties go to the greater hash.
    private func bestSlot(
        _ slots: [Int], parent: SearchParent, marginals: Marginals
    ) -> Int? {
        var best: Int?
        for slot in 0..<ground.layout.count {
            let factor = ground.layout.factors[slot]
            guard slots[factor] == parent.slots[factor] else { continue }
            if let best {
                if marginals[slot] < marginals[best] { continue }
                if marginals[slot] == marginals[best], tie(slot) <= tie(best) { continue }
            }
            if canApply(slot, to: slots, parent: parent) { best = slot }
        }
        return best
    }

    private func tie(_ slot: Int) -> UInt64 {
        StableHash.scrambled(ground.slotHashes[slot] ^ ground.tieSeed)
    }

    /// Takes each change back in turn and makes the best one instead, while that gains.
    private func exchange(_ slots: inout [Int], parent: SearchParent) {
        var gain = ground.pairGain(of: slots)
        for _ in 0..<Self.rounds {
            var isBetter = false
            for factor in slots.indices where slots[factor] != parent.slots[factor] {
                var other = slots
                other[factor] = parent.slots[factor]
                fill(&other, parent: parent)
                let otherGain = ground.pairGain(of: other)
                guard otherGain > gain, demands.areMet(from: parent.slots, to: other) else {
                    continue
                }
                (slots, gain, isBetter) = (other, otherGain, true)
            }
            if !isBetter { return }
        }
    }

    private mutating func consider(_ slots: [Int], parent: SearchParent) {
        guard demands.areMet(from: parent.slots, to: slots), slots != parent.slots else { return }
        let candidate = ground.candidate(
            slots, gain: ground.pairGain(of: slots) + ground.bonus(of: slots),
            changes: changeCount(slots, parent), parent: parent.cycle)
        guard candidate.gain >= minimumGain, ground.isAllowed(candidate.variant) else { return }
        if let best, !(best < candidate) { return }
        best = candidate
    }
}
