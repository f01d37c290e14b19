/// What changing one more factor to each slot gains, after each of a stack of changes.
///
/// The level of a change is derived from the one below in O(slots), so that a candidate costs one
/// addition and going back costs nothing.
struct Marginals {
    private let slotCount: Int
    private var gains: [Int]
    private var level = 0

    /// Room for the gains after up to `changes` changes.
    init(slotCount: Int, changes: Int) {
        self.slotCount = slotCount
        gains = Array(repeating: 0, count: slotCount * (changes + 1))
    }

    subscript(slot: Int) -> Int { gains[level * slotCount + slot] }

    /// Starts anew from a variant.
    mutating func reset(_ ground: SearchGround, _ slots: [Int]) {
        level = 0
        for slot in 0..<slotCount {
            let factor = ground.layout.factors[slot]
            var gain = 0
            for other in slots.indices where other != factor {
                gain +=
                    ground.weight(slot, slots[other]) - ground.weight(slots[factor], slots[other])
            }
            gains[slot] = gain
        }
    }

    /// Adds the level after one factor went from slot `old` to the one it has in `slots`; only the
    /// gains of `factors` are valid on it.
    mutating func push(
        _ ground: SearchGround, _ slots: [Int], old: Int, factors: some Sequence<Int>
    ) {
        let changed = ground.layout.factors[old]
        let here = level * slotCount
        let above = here + slotCount
        let weights = ground.weights
        let newRow = slots[changed] * slotCount
        let oldRow = old * slotCount
        for factor in factors {
            let current = slots[factor]
            let range = ground.layout.slots(of: factor)
            if factor == changed {
                let gain = gains[here + current]
                for slot in range { gains[above + slot] = gains[here + slot] - gain }
                continue
            }
            let loss = weights[newRow + current] - weights[oldRow + current]
            for slot in range {
                gains[above + slot] =
                    gains[here + slot] + weights[newRow + slot] - weights[oldRow + slot] - loss
            }
        }
        level += 1
    }

    /// Goes back to the level before the last change.
    mutating func pop() {
        level -= 1
    }
}
