/// Numbers all values of all factors through, so that tables can be plain arrays.
///
/// A *slot* is the number of one value: the values of the first factor come first.
struct SlotLayout: Sendable, Hashable {
    /// The first slot of each factor.
    let offsets: [Int]
    /// The factor of each slot.
    let factors: [Int]
    /// How many slots there are.
    let count: Int

    init(_ factors: [Factor]) {
        var offsets: [Int] = []
        var owners: [Int] = []
        for (index, factor) in factors.enumerated() {
            offsets.append(owners.count)
            owners += Array(repeating: index, count: factor.values.count)
        }
        self.offsets = offsets
        self.factors = owners
        count = owners.count
    }

    func slot(_ value: FactorValue) -> Int {
        offsets[value.factor] + value.value
    }

    func value(_ slot: Int) -> FactorValue {
        FactorValue(factor: factors[slot], value: slot - offsets[factors[slot]])
    }

    func slots(of factor: Int) -> Range<Int> {
        offsets[factor]..<(factor + 1 < offsets.count ? offsets[factor + 1] : count)
    }

    func slots(of variant: Variant) -> [Int] {
        variant.values.indices.map { offsets[$0] + variant.values[$0] }
    }
}
