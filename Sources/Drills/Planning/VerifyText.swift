import UnitFiles

/// What `drillctl verify` says: every problem, then what was found.
package struct VerifyReport: Sendable {
    package let calendar: DrillCalendar?
    /// In the order of the files.
    package let problems: [Problem]

    /// What loading gave.
    package init(calendar: DrillCalendar?, problems: [Problem]) {
        self.calendar = calendar
        self.problems = problems
    }

    /// Whether the calendar may be used.
    package var isGood: Bool { calendar != nil && !problems.containsError }

    /// One line per problem and a line of counts.
    package var text: String {
        let errors = problems.count { $0.severity == .error }
        let warnings = counted(problems.count - errors, "warning")
        var lines = problems.map(\.description)
        if let calendar, isGood {
            lines.append("\(calendar.contents): good, \(warnings)")
        } else {
            lines.append("\(counted(errors, "error")), \(warnings): refused")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension DrillCalendar {
    /// `7 drills, 12 scenarios, 1 target, 6 people, 1 channel, 1 freeze`.
    package var contents: String {
        [
            counted(drills.count, "drill"), counted(scenarios.count, "scenario"),
            counted(targets.count, "target"),
            counted(people.count, "person", plural: "people"),
            counted(channels.count, "channel"),
            counted(Set(freezes.map(\.name)).count, "freeze"),
        ].joined(separator: ", ")
    }
}
