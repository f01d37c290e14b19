import UnitFiles

/// What `Exclude=` may name: a value that a factor never takes is a slip of the pen.
struct ExclusionRules {
    private let calendar: DrillCalendar
    /// The values of each factor in all drills that may draw a scenario.
    private let values: [ScenarioName: [String: Set<String>]]

    /// The rules of a calendar whose references are resolved.
    init(_ calendar: DrillCalendar) {
        var values: [ScenarioName: [String: Set<String>]] = [:]
        for drill in calendar.drills {
            let factors = calendar.factors(of: drill).factors
            for scenario in drill.scenarios + drill.coordination {
                for factor in factors {
                    values[scenario, default: [:]][factor.name, default: []]
                        .formUnion(factor.values)
                }
            }
        }
        self.calendar = calendar
        self.values = values
    }

    /// What is wrong with the lines of drills and scenarios.
    func problems(_ calendars: [CalendarDraft], _ scenarios: [ScenarioDraft]) -> [Problem] {
        calendars.flatMap(\.drills).flatMap(problems)
            + scenarios.sorted { $0.position < $1.position }.flatMap(problems)
    }

    private func problems(of draft: DrillDraft) -> [Problem] {
        guard !draft.exclude.isEmpty, let drill = draft.drill() else { return [] }
        return calendar.factors(of: drill).factors.flatMap { factor in
            draft.exclude.joined().compactMap { word in
                guard word.text.hasPrefix("\(factor.name)=") else { return nil }
                let value = String(word.text.dropFirst(factor.name.count + 1))
                guard !factor.values.contains(value) else { return nil }
                return word.problem(
                    "factor \(factor.name) of drill '\(drill.name)' is never '\(value)'",
                    remedy: Suggestion.remedy(for: value, among: factor.values))
            }
        }
    }

    /// A scenario may be written for another calendar as well, so this is only worth a warning.
    private func problems(of draft: ScenarioDraft) -> [Problem] {
        guard let taken = values[draft.scenario.name] else { return [] }
        return draft.exclude.joined().compactMap { word in
            let parts = word.text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, !Self.pools.contains(parts[0]), let known = taken[parts[0]],
                !known.contains(parts[1])
            else { return nil }
            return word.problem(
                "factor \(parts[0]) is never '\(parts[1])' in a drill with this scenario, so the line "
                    + "excludes nothing",
                remedy: Suggestion.remedy(for: parts[1], among: known.sorted()),
                severity: .warning)
        }
    }

    /// The factors whose values are scenarios, of which a scenario does not know all.
    private static let pools = [
        DrillFactor.Role.technical.rawValue, DrillFactor.Role.coordination.rawValue,
    ]
}
