import CalendarTime

/// The table of drills with their next and last runs, as `systemctl list-timers` prints timers.
package struct DrillList: Hashable, Sendable {
    package let rows: [Row]

    /// One drill in the table.
    package struct Row: Hashable, Sendable {
        package let drill: Drill
        /// Nil when it will never be due again.
        package let next: WallInstant?
        /// Nil when it never ran.
        package let last: WallInstant?

        /// A drill with its next and last run.
        package init(drill: Drill, next: WallInstant?, last: WallInstant?) {
            self.drill = drill
            self.next = next
            self.last = last
        }
    }

    /// The rows, the next due first; drills that are never due again come last.
    package init(_ rows: [Row]) {
        self.rows = rows.sorted { left, right in
            switch (left.next, right.next) {
            case (let first?, let second?) where first != second: first < second
            case (.some, nil): true
            case (nil, .some): false
            default: left.drill.name < right.drill.name
            }
        }
    }

    /// All drills of a calendar as they stand at an instant.
    package init(
        _ calendar: DrillCalendar, at now: WallInstant, lastRun: (DrillName) -> WallInstant?
    ) {
        let frozen = FrozenTimes(calendar.freezes)
        self.init(
            calendar.drills.map { drill in
                Row(
                    drill: drill, next: drill.nextStart(after: now, frozen: frozen),
                    last: lastRun(drill.name))
            })
    }

    /// The table; times are in each drill's zone.
    package func text(at now: WallInstant) -> String {
        var table = TextTable("NEXT", "LEFT", "LAST", "PASSED", "DRILL", "KIND", "TARGET")
        for row in rows {
            let zone = row.drill.calendar.zone
            let date = { (instant: WallInstant) in instant.formatted(in: zone, precision: .seconds)
            }
            table.add(
                row.next.map(date) ?? "-", row.next?.relativeText(to: now) ?? "-",
                row.last.map(date) ?? "-", row.last?.relativeText(to: now) ?? "-",
                row.drill.name.text, row.drill.kind.rawValue, row.drill.target.text)
        }
        let footer = ["", "\(counted(rows.count, "drill")) listed."]
        return (table.lines + footer).joined(separator: "\n") + "\n"
    }
}
