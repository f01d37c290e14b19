/// Puts the reasons for a mutation into words.
struct Rationale {
    let model: MutationModel
    let seed: UInt64
    let variant: Variant
    let parent: ScoredCycle?
    let isFirst: Bool
    let changes: [MutationStep.Change]
    let newPairCount: Int
    let possiblePairs: Int
    let coverage: PairCoverage
    let newTriple: [FactorValue]?
    let weakValue: MutationStep.WeakValue?
    let raisedBudget: Int?
    let waivers: [MutationStep.Waiver]

    var text: String {
        var parts = [origin, gain]
        if let weakValue {
            let loss = Decimals.text(weakValue.lostScore, places: 2)
            let value = model.text(of: weakValue.value)
            parts.append("weak value targeted: \(value) (lost score \(loss))")
        }
        if let raisedBudget {
            parts.append("budget raised to \(raisedBudget) changes for this cycle")
        }
        parts += waivers.map(\.text)
        return parts.joined(separator: "; ")
    }

    private var origin: String {
        guard let parent else {
            let start = "start drawn with seed \(seed) (\(values))"
            return isFirst
                ? "first cycle: \(start)" : "no scored cycle to start from: new \(start)"
        }
        let words = changes.map { "\($0.factor) \($0.old)→\($0.new)" }
        return "parent \(Self.label(parent.cycle)) (\(Self.standing(parent.standing))): "
            + words.joined(separator: ", ")
    }

    /// Every value of a variant that nothing else explains.
    private var values: String {
        variant.values.enumerated()
            .map { model.text(of: FactorValue(factor: $0.offset, value: $0.element)) }
            .joined(separator: " ")
    }

    private var gain: String {
        if newPairCount == 0 {
            let done =
                coverage.covered == coverage.feasible
                ? "all \(coverage.feasible) pairs were played" : "no new pair can be reached"
            guard let newTriple else { return "\(done), those longest unseen come back" }
            let triple = newTriple.map { model.text(of: $0) }.joined(separator: " ")
            return "\(done), new triple \(triple)"
        }
        let pairs = newPairCount == 1 ? "1 new pair" : "\(newPairCount) new pairs"
        return "covers \(pairs) (of \(possiblePairs) possible)"
    }

    /// The short name of a cycle, such as `D-014`.
    static func label(_ cycle: Int) -> String {
        let digits = String(cycle)
        return "D-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    private static func standing(_ standing: ScoredCycle.Standing) -> String {
        switch standing {
        case .scored(let score): "score \(Int(score.total * 100 + 0.5))"
        case .planned: "planned"
        case .unscored: "not scored"
        }
    }
}

extension MutationStep.Waiver {
    /// The rule that was not kept, and why.
    package var text: String {
        switch self {
        case .stressFixed: "stress rule waived: no stress factor has two values that can occur"
        case .dimensionsFixed:
            "dimension rule waived: none of timing, dependency, owner and comms has two values "
                + "that can occur"
        case .stressKept:
            "stress rule waived for this cycle: no unplayed variant changes stress as well"
        case .dimensionsKept:
            "dimension rule waived for this cycle: no unplayed variant changes timing, "
                + "dependency, owner or comms as well"
        }
    }
}

/// Writes fractions without help from the C library, so that no locale can interfere.
enum Decimals {
    /// A number between -1e9 and 1e9 with a fixed count of decimal places, halves rounded up.
    static func text(_ number: Double, places: Int) -> String {
        let scale = (0..<places).reduce(1) { power, _ in power * 10 }
        let whole = Int(abs(number) * Double(scale) + 0.5)
        let sign = number < 0 && whole != 0 ? "-" : ""
        guard places > 0 else { return "\(sign)\(whole)" }
        let digits = String(whole % scale)
        let zeros = String(repeating: "0", count: places - digits.count)
        return "\(sign)\(whole / scale).\(zeros)\(digits)"
    }
}
