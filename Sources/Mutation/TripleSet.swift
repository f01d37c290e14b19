/// The triples of dependency, owner and comms values that were not played yet.
///
/// With several factors of a role the first stands for it. The bits of triples that exclusions
/// forbid stay set and do no harm: no candidate has them.
struct TripleSet: Sendable {
    private let factors: [Int]
    private let sizes: [Int]
    private var open: [Bool]

    /// Nil when the model lacks one of the three roles.
    init?(_ model: MutationModel) {
        let roles: [Factor.Role] = [.dependency, .owner, .comms]
        factors = roles.compactMap { role in model.factors.firstIndex { $0.role == role } }
        guard factors.count == roles.count else { return nil }
        sizes = factors.map { model.layout.slots(of: $0).count }
        offsets = factors.map { model.layout.offsets[$0] }
        open = Array(repeating: true, count: sizes.reduce(1, *))
    }

    private let offsets: [Int]

    func isOpen(_ slots: [Int]) -> Bool { open[index(slots)] }

    mutating func close(_ slots: [Int]) { open[index(slots)] = false }

    /// The values of the three factors in a variant.
    func values(of variant: Variant) -> [FactorValue] {
        factors.map { FactorValue(factor: $0, value: variant.values[$0]) }
    }

    private func index(_ slots: [Int]) -> Int {
        var index = 0
        for position in 0..<3 {
            index = index * sizes[position] + slots[factors[position]] - offsets[position]
        }
        return index
    }
}
