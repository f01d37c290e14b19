/// What a change of the clocks does to an expression: readings that are skipped, or that occur twice
/// and elapse the first time only.
package struct ClockChangeNote: Hashable, Sendable, CustomStringConvertible {
    /// What becomes of the readings.
    package enum Effect: Hashable, Sendable {
        /// The clocks are put forward over them.
        case skipped
        /// The clocks are put back over them.
        case repeated
    }

    /// What becomes of the readings.
    package let effect: Effect
    /// When the clocks change.
    package let change: WallInstant
    /// The name of the zone.
    package let zoneName: String
    /// How many readings the expression has there, up to ``limit``.
    package let count: Int
    let first: ClockFace
    let last: ClockFace
    /// What the clocks show on either side of the change.
    let shownBefore: ClockFace
    let shownAfter: ClockFace

    /// No more readings than this are counted at one change.
    package static let limit = 10_000

    /// A sentence for people, without its full stop.
    package var description: String {
        switch effect {
        case .skipped:
            "\(subject) \(count == 1 ? "is" : "are") skipped in \(zoneName): "
                + "the clocks go forward from \(clocks)"
        case .repeated:
            "\(subject) \(count == 1 ? "occurs" : "occur") twice in \(zoneName) and "
                + "\(count == 1 ? "elapses" : "elapse") the first time only: "
                + "the clocks go back from \(clocks)"
        }
    }

    private var subject: String {
        switch count {
        case 1: "\(first)"
        case Self.limit: "\(first) and at least \(count - 1) more"
        default: "\(count) occurrences from \(first) to \(last.time(precision: .automatic))"
        }
    }

    private var clocks: String {
        "\(shownBefore.time(precision: .automatic)) to \(shownAfter.time(precision: .automatic))"
    }
}

extension CalendarExpression {
    /// What the changes of the clocks after one instant and up to another do to the expression.
    package func dstNotes(
        from start: WallInstant, through end: WallInstant, in zone: TimeZoneRules
    ) -> [ClockChangeNote] {
        let rules = self.zone ?? zone
        return rules.changes(after: start, through: end).compactMap { note($0, rules) }
    }

    private func note(_ change: TimeZoneRules.Change, _ rules: TimeZoneRules) -> ClockChangeNote? {
        let readings =
            min(change.shownBefore, change.shownAfter)..<max(change.shownBefore, change.shownAfter)
        guard let first = index.first(atOrAfter: readings.lowerBound), first < readings.upperBound
        else { return nil }
        var last = first
        var count = 1
        while count < ClockChangeNote.limit, let next = index.first(atOrAfter: last + 1),
            next < readings.upperBound
        {
            last = next
            count += 1
        }
        return ClockChangeNote(
            effect: change.shownBefore < change.shownAfter ? .skipped : .repeated,
            change: change.instant, zoneName: rules.name, count: count,
            first: ClockFace(reading: first), last: ClockFace(reading: last),
            shownBefore: ClockFace(reading: change.shownBefore),
            shownAfter: ClockFace(reading: change.shownAfter))
    }
}

extension TimeZoneRules {
    /// A change of the clocks.
    struct Change: Hashable {
        let instant: WallInstant
        /// What the clocks would show without the change.
        let shownBefore: Int64
        /// What they show.
        let shownAfter: Int64
    }

    /// The changes that move the hands, after one instant and up to another.
    func changes(after start: WallInstant, through end: WallInstant) -> [Change] {
        let first = stretch(at: start.microsecondsSinceEpoch.flooredQuotient(1_000_000)) + 1
        guard first < starts.count else { return [] }
        return (first..<starts.count).lazy
            .map { index -> Change in
                let instant = WallInstant(microsecondsSinceEpoch: self.starts[index] * 1_000_000)
                let moment = instant.microsecondsSinceEpoch
                return Change(
                    instant: instant,
                    shownBefore: moment + self.offsets[index - 1].microseconds,
                    shownAfter: moment + self.offsets[index].microseconds)
            }
            .prefix { $0.instant <= end }
            .filter { $0.shownBefore != $0.shownAfter }
    }
}
