/// How much score was lost lately when each value was played.
///
/// An exponentially weighted mean with factor 0.3 of the lost score of the value's dimension.
/// All numbers are whole millionths, so that sums come out alike in any order on any machine.
struct WeakValues: Sendable {
    /// The lost score of a value that has not been scored yet.
    static let start = 250_000
    /// One, in millionths.
    static let unit = 1_000_000

    /// The lost score of each slot, in millionths.
    private(set) var losses: [Int]
    /// Whether a scored cycle contained the slot.
    private(set) var isScored: [Bool]

    init(slots: Int) {
        losses = Array(repeating: Self.start, count: slots)
        isScored = Array(repeating: false, count: slots)
    }

    mutating func record(_ score: ScoredCycle.Score, of variant: Variant, in model: MutationModel) {
        for (factor, slot) in model.layout.slots(of: variant).enumerated() {
            let lost = score.lost(in: model.factors[factor].role)
            let loss = Int(lost * Double(Self.unit) + 0.5)
            losses[slot] = (7 * losses[slot] + 3 * loss + 5) / 10
            isScored[slot] = true
        }
    }
}
