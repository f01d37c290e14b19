/// One earlier cycle as the choice of the next one sees it.
package struct ScoredCycle: Sendable, Hashable, Codable {
    /// The number of the cycle; numbers grow through a history.
    package let cycle: Int
    /// What was played.
    package let variant: Variant
    /// What is known of how it went.
    package let standing: Standing

    /// A cycle with what is known of it.
    package init(cycle: Int, variant: Variant, standing: Standing) {
        self.cycle = cycle
        self.variant = variant
        self.standing = standing
    }

    /// Whether the cycle may be a parent: a change is explained by comparing with it.
    package var isParent: Bool { standing != .unscored }
}

extension ScoredCycle {
    /// What is known of how a cycle went.
    package enum Standing: Sendable, Hashable, Codable {
        /// Played and scored.
        case scored(Score)
        /// Played without a score, for instance aborted: never repeated, never a parent.
        case unscored
        /// Not yet played: stands in a preview as if scored, and leaves the weak values alone.
        case planned
    }

    /// How well a cycle went, as fractions between 0 and 1.
    package struct Score: Sendable, Hashable, Codable {
        /// The score of the whole cycle.
        package let total: Double
        /// The score of single dimensions; the total stands in for those left out.
        package let dimensions: [Factor.Role: Double]

        /// A score; numbers outside 0...1 are brought to the nearer end.
        package init(total: Double, dimensions: [Factor.Role: Double] = [:]) {
            self.total = Self.clamped(total)
            self.dimensions = dimensions.mapValues(Self.clamped)
        }

        /// The part of the score that was lost in a dimension.
        package func lost(in role: Factor.Role) -> Double {
            1 - (dimensions[role] ?? total)
        }

        private static func clamped(_ fraction: Double) -> Double {
            fraction.isNaN ? 0 : min(1, max(0, fraction))
        }
    }
}
