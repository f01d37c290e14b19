extension CalendarExpression {
    /// The first instant strictly after one at which the expression elapses; nil when it never does.
    ///
    /// Each reading of the clocks elapses once: in a repeated hour the first time, and not at all
    /// where the clocks skip it. The work is bounded; nothing elapses after the year 2199.
    package func next(after instant: WallInstant, in zone: TimeZoneRules) -> WallInstant? {
        let rules = self.zone ?? zone
        var (reading, stretch) = rules.firstReading(after: instant)
        while let found = index.first(atOrAfter: reading) {
            switch rules.resolve(reading: found, near: stretch) {
            case .once(let instant), .twice(let instant, _): return instant
            case .missing(let gap): reading = gap.resumption
            }
            stretch = min(stretch + 1, rules.starts.count - 1)
        }
        return nil
    }

    /// Whether the expression elapses at all, at any time from 1970 on.
    package func firesEver(in zone: TimeZoneRules) -> Bool {
        next(after: WallInstant(microsecondsSinceEpoch: -1), in: zone) != nil
    }

    /// The instants at which the expression elapses, beginning after one and ending with a last.
    package func occurrences(
        after start: WallInstant, through end: WallInstant, in zone: TimeZoneRules
    ) -> some Sequence<WallInstant> {
        sequence(state: start) { last -> WallInstant? in
            guard let found = next(after: last, in: zone), found <= end else { return nil }
            last = found
            return found
        }
    }
}
