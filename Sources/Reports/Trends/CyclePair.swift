import Drills

/// A drill beside the earlier cycle it was made from: few factors differ, so a change of duration
/// has few explanations.
package struct CyclePair: Hashable, Sendable {
    package let parent: TrendPoint
    package let child: TrendPoint

    /// The factors that differ, as `stress none → audit-call`.
    package var changes: [String] {
        child.factors.compactMap { factor in
            let before = parent.factors.first { $0.factor == factor.factor }
            guard let before, before.value != factor.value else { return nil }
            return "\(factor.factor) \(before.value) → \(factor.value)"
        }
    }

    /// What the two durations say about each other.
    package var comparison: Comparison {
        switch (parent.isCensored, child.isCensored) {
        case (false, false) where child.seconds < parent.seconds: .shorter
        case (false, false) where child.seconds > parent.seconds: .longer
        case (false, false): .same
        case (false, true) where child.seconds >= parent.seconds: .longer
        case (true, false) where child.seconds <= parent.seconds: .shorter
        default: .unknown
        }
    }

    /// A censored duration is only known to be longer than its bound.
    package enum Comparison: String, Hashable, Sendable {
        case shorter, longer, same
        case unknown = "cannot be told"
    }

    /// Later minus earlier; nil unless both ends were reached.
    package var changeInSeconds: Double? {
        parent.isCensored || child.isCensored ? nil : child.seconds - parent.seconds
    }

    /// The pairs whose child is among `shown`; parents may be older.
    static func all(in history: [TrendPoint], shown: [TrendPoint]) -> [CyclePair] {
        shown.compactMap { child in
            let parent = history.first { $0.drill == child.drill && $0.cycle == child.parentCycle }
            return parent.map { CyclePair(parent: $0, child: child) }
        }
    }
}
