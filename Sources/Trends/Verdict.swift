/// What durations show.
package enum Verdict: String, Sendable, Hashable, Codable, CaseIterable, CustomStringConvertible {
    /// They fall.
    case improving
    /// Neither fall nor rise is shown.
    case flat
    /// They rise.
    case drifting
    /// Fewer than four.
    case insufficient = "not enough data"

    /// The verdict in words.
    package var description: String { rawValue }

    /// The fewest durations for which any verdict can be given.
    package static let fewest = 4

    /// An exact probability such as 1/10 comes out of its sums a little above or below.
    static let rounding = 1e-9
    private static let level = 0.10 + rounding

    /// The verdict of one look: one-sided, at 10 %.
    package init(_ test: MannKendall) {
        if test.count < Self.fewest {
            self = .insufficient
        } else if test.pDecline <= Self.level {
            self = .improving
        } else if test.pRise <= Self.level {
            self = .drifting
        } else {
            self = .flat
        }
    }
}

/// The verdict that stands in headlines and alerts: it changes slowly, because a look after each
/// drill would otherwise find a false trend in three of four flat years.
///
/// A trend is entered after two looks in a row that say the same, and left when its own
/// probability exceeds 20 %.
package struct TrendStatus: Sendable, Hashable {
    /// The verdict that stands.
    package private(set) var verdict: Verdict = .insufficient
    private var previousLook: Verdict = .insufficient

    /// The status before any drill.
    package init() {}

    /// The status after looking once after each drill, oldest first, at the last `window` ones.
    package init(_ observations: [Observation], window: Int) {
        for end in observations.indices {
            look(MannKendall(Array(observations[...end].suffix(window))))
        }
    }

    /// Takes one more look into account.
    package mutating func look(_ test: MannKendall) {
        let label = Verdict(test)
        defer { previousLook = label }
        guard label != .insufficient else {
            verdict = .insufficient
            return
        }
        let hasLeft =
            switch verdict {
            case .improving: test.pDecline > 0.20 + Verdict.rounding
            case .drifting: test.pRise > 0.20 + Verdict.rounding
            case .flat, .insufficient: true
            }
        if hasLeft { verdict = .flat }
        if label == previousLook, label != .flat { verdict = label }
    }
}
