import CalendarTime
import Drills

/// What someone recommended, and when.
package struct Recommended: Hashable, Sendable {
    package let recommendation: Recommendation
    package let signed: Signed

    /// The branch, and the rung if it takes one, as it is named in texts.
    package var course: String {
        recommendation.branch.rawValue
            + (recommendation.rung.map { " by \($0.rawValue)" } ?? "")
    }
}

/// Recommendations at one checkpoint that cannot both be followed: one record with one winner.
///
/// Evidence goes before none; then the more reversible; then the smaller blast radius; then who spoke first.
package struct Conflict: Hashable, Sendable {
    package let checkpoint: Int
    /// The winner first.
    package let ranking: [Recommended]

    package var winner: Recommended { ranking[0] }

    /// The record of these recommendations; nil if they agree.
    init?(_ recommended: [Recommended], at checkpoint: Int) {
        guard Set(recommended.map(\.course)).count > 1 else { return nil }
        self.checkpoint = checkpoint
        // Sorted by a key that ends in the position, since sorting alone need not keep the order.
        ranking = recommended.enumerated().sorted { left, right in
            let (first, second) = (Self.key(left.element), Self.key(right.element))
            return first == second ? left.offset < right.offset : first > second
        }.map(\.element)
    }

    private static func key(_ recommended: Recommended) -> (Int, Int, Int) {
        let recommendation = recommended.recommendation
        return (
            recommendation.evidence == nil ? 0 : 1, recommendation.reversibility,
            -recommendation.blastRadius
        )
    }

    /// Which goes first, and why.
    package var sentence: String {
        guard let other = ranking.first(where: { $0.course != winner.course }) else { return "" }
        return "\(Self.phrase(winner)) goes before \(Self.phrase(other)): "
            + Self.ground(winner.recommendation, other.recommendation)
    }

    private static func ground(_ winner: Recommendation, _ other: Recommendation) -> String {
        if winner.reversibility > other.reversibility { return "the more reversible wins" }
        if let evidence = winner.evidence, other.evidence == nil {
            return "it rests on evidence \(evidence), the other on none"
        }
        return winner.blastRadius < other.blastRadius
            ? "equally reversible, the smaller blast radius wins"
            : "equal scores, the first recommended wins"
    }

    private static func phrase(_ recommended: Recommended) -> String {
        let recommendation = recommended.recommendation
        return "\(recommended.course) of \(recommended.signed.by) "
            + "(reversibility \(recommendation.reversibility), "
            + "blast radius \(recommendation.blastRadius))"
    }

    /// Whether a decision takes another course than the winner's.
    func isAgainst(_ decision: Decision) -> Bool {
        decision.branch != winner.recommendation.branch
            || decision.rung != winner.recommendation.rung
    }
}
