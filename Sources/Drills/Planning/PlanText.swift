import CalendarTime

extension CampaignPlan {
    /// The plan as a table, the details of each run, and the warnings.
    package var text: String {
        var lines = ["Plan for \(window): \(counted(rows.count, "run"))", ""]
        if !rows.isEmpty { lines += table.lines + [""] + rows.flatMap(\.details) + [""] }
        if warnings.isEmpty {
            lines.append("No warnings.")
        } else {
            lines.append("\(counted(warnings.count, "warning")):")
            lines += warnings.map { "  \($0.text)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var table: TextTable {
        var table = TextTable(
            "DATE", "DRILL", "CYCLE", "KIND", "TIER", "SCENARIO", "COORDINATION", "COMMANDER")
        for row in rows {
            table.add(
                row.date, row.drill.name.text, "\(row.cycle)", row.drill.kind.rawValue,
                row.drill.tier.rawValue, row.coming.technical.text,
                row.coming.coordination?.text ?? "-",
                row.drill.commander(ofCycle: row.cycle).text)
        }
        return table
    }
}

extension CampaignPlan.Row {
    /// The run's name, and below it the mutation and the people.
    fileprivate var details: [String] {
        var lines = ["\(drill.name)-\(cycle) on \(drill.target)"]
        if !coming.mutation.isEmpty { lines.append("  mutation: \(coming.mutation)") }
        guard let roster else { return lines }
        var roles = ["commander \(roster.commander)"]
        if let deputy = roster.deputy { roles.append("deputy \(deputy)") }
        roles.append("score owner \(roster.scoreOwner)")
        if !roster.observers.isEmpty {
            roles.append("observers \(roster.observers.map(\.text).joined(separator: " "))")
        }
        roles += roster.onCall.map { "\($0.level.rawValue) \($0.person)" }
        roles += Lane.allCases.compactMap { lane in
            roster.lanes[lane].map { "\(lane.rawValue) \($0)" }
        }
        lines.append("  roles: \(roles.joined(separator: ", "))")
        if drill.response.isAttended { lines.append("  attended: \(promises)") }
        return lines
    }

    /// What is promised and expected of the people who take the steps.
    private var promises: String {
        let plan = drill.response
        var parts = [
            "timeline \(plan.timeline.rawValue)", "decisions within \(plan.decisionLimit)",
            "all clear within \(plan.allClear)",
        ]
        parts += plan.cadence.map { "\($0.kind.rawValue) update every \($0.every)" }
        return parts.joined(separator: ", ")
    }
}

/// `1 drill`, `2 drills`.
func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}
