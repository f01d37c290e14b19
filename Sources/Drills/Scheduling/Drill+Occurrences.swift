import CalendarTime

extension Drill {
    /// The first instant after one at which the drill is due, freezes left aside; nil for never.
    package func nextOccurrence(after instant: WallInstant) -> WallInstant? {
        schedule.compactMap {
            Recurrence($0, cycle: everyWeeks).next(after: instant, in: calendar.zone)
        }.min()
    }

    /// The first instant after one at which the drill may start; occurrences in freezes are skipped.
    package func nextStart(after instant: WallInstant, frozen: FrozenTimes) -> WallInstant? {
        var start = instant
        while let found = nextOccurrence(after: start) {
            guard let end = frozen.end(covering: found) else { return found }
            start = end.advanced(byMicroseconds: -1)
        }
        return nil
    }

    /// The last start of a stretch of time; nil when there is none.
    ///
    /// Halves the stretch, so that a drill due each second is no more work than a yearly one.
    package func lastStart(
        after start: WallInstant, through end: WallInstant, frozen: FrozenTimes
    ) -> WallInstant? {
        guard let first = nextStart(after: start, frozen: frozen), first <= end else { return nil }
        var found = first
        var limit = end
        while found < limit {
            let half = (limit - found) / 2
            let middle = found.advanced(byMicroseconds: half)
            if let next = nextStart(after: middle, frozen: frozen), next <= limit {
                found = next
            } else {
                limit = middle
            }
        }
        return found
    }
}

extension Drill {
    /// What changes of the clocks do to one of its expressions, in the weeks that count.
    func clockNotes(
        of expression: CalendarExpression, from start: WallInstant, through end: WallInstant
    ) -> [ClockChangeNote] {
        let zone = expression.zone ?? calendar.zone
        return expression.dstNotes(from: start, through: end, in: zone).filter { note in
            everyWeeks?.contains(CivilDate(of: note.change, in: zone)) ?? true
        }
    }
}

extension WallInstant {
    /// Before anything that a calendar can name.
    static let beforeCalendars = WallInstant(microsecondsSinceEpoch: -1)
}
