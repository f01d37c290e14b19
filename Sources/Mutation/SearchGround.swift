/// All that one search for the next variant needs to know, frozen for one cycle.
struct SearchGround: Sendable {
    let model: MutationModel
    let layout: SlotLayout
    /// The weight of each pair of slots, row by row; 0 where nothing is to be gained.
    let weights: [Int]
    /// Variants that were played.
    let used: Set<Variant>
    /// Triples of dependency, owner and comms still to be played; nil while pairs are open.
    let triples: TripleSet?
    /// A number for each slot; their sum, scrambled, breaks ties.
    let slotHashes: [UInt64]
    let tieSeed: UInt64

    func weight(_ one: Int, _ other: Int) -> Int {
        weights[one * layout.count + other]
    }

    /// The sum of the weights of the pairs of a variant, counted directly.
    func pairGain(of slots: [Int]) -> Int {
        var sum = 0
        for index in slots.indices {
            for later in (index + 1)..<max(index + 1, slots.count) {
                sum += weight(slots[index], slots[later])
            }
        }
        return sum
    }

    /// What a new triple adds: more than any sum of pair weights.
    func bonus(of slots: [Int]) -> Int {
        guard let triples, triples.isOpen(slots) else { return 0 }
        return 1 << 52
    }

    func candidate(_ slots: [Int], gain: Int, changes: Int, parent: Int) -> Candidate {
        var sum = tieSeed
        for slot in slots { sum = sum &+ slotHashes[slot] }
        return Candidate(
            gain: gain, changeCount: changes, parentCycle: parent,
            tieBreak: StableHash.scrambled(sum),
            variant: Variant(values: slots.indices.map { slots[$0] - layout.offsets[$0] }))
    }

    /// The candidate that a variant is as a child of a parent.
    func candidate(_ variant: Variant, child parent: SearchParent) -> Candidate {
        let slots = layout.slots(of: variant)
        return candidate(
            slots, gain: pairGain(of: slots) + bonus(of: slots),
            changes: zip(slots, parent.slots).count { $0 != $1 }, parent: parent.cycle)
    }

    func isAllowed(_ variant: Variant) -> Bool {
        !used.contains(variant) && !model.exclusions.contains { $0.forbids(variant.values) }
    }
}

/// A scored cycle from which the next variant may differ in a few factors.
struct SearchParent: Sendable {
    let cycle: Int
    let slots: [Int]
}

/// Which changes a search must make.
struct ChangeDemands: Sendable, Hashable {
    /// Of each group at least one factor must change; no factor is in two groups.
    let groups: [[Int]]

    func areMet(from parent: [Int], to slots: [Int]) -> Bool {
        groups.allSatisfy { group in group.contains { parent[$0] != slots[$0] } }
    }
}

/// A variant that may become the next one; the greatest is chosen.
struct Candidate: Sendable, Comparable {
    let gain: Int
    let changeCount: Int
    let parentCycle: Int
    let tieBreak: UInt64
    let variant: Variant

    static func < (left: Candidate, right: Candidate) -> Bool {
        if left.gain != right.gain { return left.gain < right.gain }
        if left.changeCount != right.changeCount { return left.changeCount > right.changeCount }
        if left.parentCycle != right.parentCycle { return left.parentCycle < right.parentCycle }
        if left.tieBreak != right.tieBreak { return left.tieBreak < right.tieBreak }
        // Equal hashes of different variants: the positions of the values decide.
        return left.variant.values.lexicographicallyPrecedes(right.variant.values)
    }
}
