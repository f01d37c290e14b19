/// Looks at every variant within a few changes of each parent.
///
/// The gain of a set of changes is the sum of the gains of its single changes plus a correction
/// for each pair of them; ``Marginals`` keeps both.
struct NeighbourSearch {
    private let ground: SearchGround
    private let hasTriples: Bool
    private let budget: Int
    private let groupCount: Int
    /// The factors, those of the demanded groups first.
    private let order: [Int]
    /// The group of each position of `order`; the others have the number after the last group.
    private let groupOf: [Int]
    /// Where the next group begins in `order`, for each group.
    private let groupEnds: [Int]
    private(set) var best: Candidate?

    private var parent = SearchParent(cycle: 0, slots: [])
    private var slots: [Int] = []
    private var marginals: Marginals
    private var threshold: Int

    /// - Parameter minimumGain: Candidates that gain less are passed over.
    init(ground: SearchGround, demands: ChangeDemands, budget: Int, minimumGain: Int) {
        self.ground = ground
        hasTriples = ground.triples != nil
        self.budget = budget
        threshold = minimumGain
        groupCount = demands.groups.count
        let demanded = demands.groups.flatMap(\.self)
        order = demanded + ground.model.factors.indices.filter { !demanded.contains($0) }
        groupOf =
            demands.groups.indices.flatMap { group in
                demands.groups[group].map { _ in group }
            } + Array(repeating: demands.groups.count, count: order.count - demanded.count)
        groupEnds = demands.groups.indices.map { demands.groups[...$0].joined().count }
        marginals = Marginals(slotCount: ground.layout.count, changes: budget)
    }

    mutating func visit(_ parent: SearchParent) {
        self.parent = parent
        slots = parent.slots
        marginals.reset(ground, slots)
        extend(from: 0, changes: 0, met: 0, gain: ground.pairGain(of: slots))
    }

    /// Tries every further change at or after `position`, with `met` groups already changed.
    private mutating func extend(from position: Int, changes: Int, met: Int, gain: Int) {
        let end = met < groupCount ? groupEnds[met] : order.count
        guard position < end, budget - changes >= max(1, groupCount - met) else { return }
        for next in position..<end {
            let factor = order[next]
            let metNow = groupOf[next] == met && met < groupCount ? met + 1 : met
            let kept = slots[factor]
            for slot in ground.layout.slots(of: factor)
            where slot != kept && ground.model.isUsable[slot] {
                let total = gain + marginals[slot]
                slots[factor] = slot
                if metNow == groupCount { consider(pairGain: total, changes: changes + 1) }
                if changes + 1 < budget {
                    marginals.push(ground, slots, old: kept, factors: order[(next + 1)...])
                    extend(from: next + 1, changes: changes + 1, met: metNow, gain: total)
                    marginals.pop()
                }
                slots[factor] = kept
            }
        }
    }

    private mutating func consider(pairGain: Int, changes: Int) {
        let gain = hasTriples ? pairGain + ground.bonus(of: slots) : pairGain
        guard gain >= threshold else { return }
        if let best, gain == best.gain {
            if changes > best.changeCount { return }
            if changes == best.changeCount, parent.cycle < best.parentCycle { return }
        }
        let candidate = ground.candidate(
            slots, gain: gain, changes: changes, parent: parent.cycle)
        if let best, !(best < candidate) { return }
        guard ground.isAllowed(candidate.variant) else { return }
        best = candidate
        threshold = gain
    }
}

extension NeighbourSearch {
    /// How many variants one parent leads to; `Int.max` when they are too many to count.
    static func size(model: MutationModel, demands: ChangeDemands, budget: Int) -> Int {
        // ways[c][g]: sets of c changes that meet the groups whose bits are set in g.
        let all = 1 << demands.groups.count
        var ways = Array(repeating: Array(repeating: 0, count: all), count: budget + 1)
        ways[0][0] = 1
        for factor in model.factors.indices {
            let others = max(0, model.usableValueCount(of: factor) - 1)
            var bits = 0
            for (bit, group) in demands.groups.enumerated() where group.contains(factor) {
                bits |= 1 << bit
            }
            for changes in stride(from: budget - 1, through: 0, by: -1) {
                for state in 0..<all {
                    let more = ways[changes][state].multipliedReportingOverflow(by: others)
                    guard !more.overflow, more.partialValue < 1 << 48 else { return .max }
                    ways[changes + 1][state | bits] += more.partialValue
                }
            }
        }
        return ways.dropFirst().reduce(0) { $0 + $1[all - 1] }
    }
}
