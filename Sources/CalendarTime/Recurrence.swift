/// Every n-th week, counted from the week (Monday to Sunday) of an anchor date: `2 from 2027-01-04`.
package struct WeekCycle: Hashable, Sendable, CustomStringConvertible {
    /// From one admitted week to the next.
    package let weeks: Int
    /// Some day of an admitted week.
    package let anchor: CivilDate

    /// Every `weeks`-th week from the anchor's, both ways; at least 1 and at most 520 weeks.
    package init(weeks: Int, anchor: CivilDate) throws(DateError) {
        guard (1...520).contains(weeks) else { throw .notAWeekCycle("\(weeks) from \(anchor)") }
        self.weeks = weeks
        self.anchor = anchor
    }

    /// Reads `2 from 2027-01-04`.
    package init(parsing text: some StringProtocol) throws(DateError) {
        let words = text.split(separator: " ")
        guard words.count == 3, words[1].lowercased() == "from", let weeks = Int(words[0]),
            words[0].utf8.allSatisfy(isDigit)
        else { throw .notAWeekCycle(String(text)) }
        try self.init(weeks: weeks, anchor: CivilDate(parsing: words[2]))
    }

    /// Whether the day lies in an admitted week.
    package func contains(_ day: CivilDate) -> Bool {
        weeksPastAdmitted(day.daysSinceEpoch) == 0
    }

    /// The cycle as it is written.
    package var description: String { "\(weeks) from \(anchor)" }

    /// The Monday of the first admitted week after the day's own.
    func nextMonday(after day: Int64) -> Int64 {
        let monday = day - (day + 3).flooredRemainder(7)
        return monday + Int64(weeks - weeksPastAdmitted(day)) * 7
    }

    private func weeksPastAdmitted(_ day: Int64) -> Int {
        let week = (day + 3).flooredQuotient(7)
        let first = (anchor.daysSinceEpoch + 3).flooredQuotient(7)
        return Int((week - first).flooredRemainder(Int64(weeks)))
    }
}

/// An expression, kept to every n-th week where a cycle says so.
package struct Recurrence: Hashable, Sendable, CustomStringConvertible {
    /// When it elapses.
    package let expression: CalendarExpression
    /// The weeks to which it is kept; nil for all.
    package let cycle: WeekCycle?

    /// The expression, kept to the weeks of a cycle.
    package init(_ expression: CalendarExpression, cycle: WeekCycle? = nil) {
        self.expression = expression
        self.cycle = cycle
    }

    /// The first instant strictly after one at which it elapses; nil when it never does.
    ///
    /// Looks at each week once at most, up to the year 2199.
    package func next(after instant: WallInstant, in zone: TimeZoneRules) -> WallInstant? {
        guard let cycle else { return expression.next(after: instant, in: zone) }
        let rules = expression.zone ?? zone
        var reading = rules.firstReading(after: instant).reading
        while let found = expression.index.first(atOrAfter: reading) {
            let day = found.flooredQuotient(microsecondsPerDay)
            guard cycle.contains(CivilDate(daysSinceEpoch: day)) else {
                reading = cycle.nextMonday(after: day) * microsecondsPerDay
                continue
            }
            switch rules.resolve(reading: found) {
            case .once(let instant), .twice(let instant, _): return instant
            case .missing(let gap): reading = gap.resumption
            }
        }
        return nil
    }

    /// What it says, in systemd's normal form and with the weeks it is kept to.
    package var description: String {
        guard let cycle else { return expression.description }
        return "\(expression), every \(cycle.weeks) weeks from \(cycle.anchor)"
    }
}
