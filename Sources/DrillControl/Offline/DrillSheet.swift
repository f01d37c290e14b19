import CalendarTime
import Drills
import Ledger

/// A drill as its calendar plans it, with its last runs.
struct DrillSheet {
    private let drill: Drill
    private let calendar: DrillCalendar
    private let runs: [RunSummary]
    private let now: WallInstant

    init(_ drill: Drill, in calendar: DrillCalendar, runs: [RunSummary], now: WallInstant) {
        self.drill = drill
        self.calendar = calendar
        self.runs = runs
        self.now = now
    }

    /// One labelled line for each fact.
    var text: String {
        let width = (facts.map(\.label.count).max() ?? 0) + 2
        var last = ""
        return facts.map { label, value in
            defer { last = label }
            let shown = label == last ? "" : label
            return shown + String(repeating: " ", count: width - shown.count) + value + "\n"
        }.joined()
    }

    /// The same facts as programs read them.
    var record: DrillRecord { DrillRecord(drill, in: calendar, runs: runs, next: nextStart) }

    private var facts: [(label: String, value: String)] {
        let header = drill.calendar
        var facts = [
            ("Drill", drill.name.text), ("Calendar", "\(header.file): \(header.title)"),
            ("Campaign", header.campaign), ("Team", header.team),
            ("Kind", "\(drill.kind.rawValue), tier \(drill.tier.rawValue)"),
        ]
        facts += drill.schedule.map { ("Schedule", $0.description) }
        facts += [("Zone", header.zone.name), ("Next", next)]
        facts += drill.scenarios.map { ("Scenario", story($0)) }
        facts += drill.coordination.map { ("Coordination", story($0)) }
        facts += target + people
        if drill.response.isAttended {
            facts.append(("Response", "attended: people take the steps, no script does"))
        }
        facts += [
            ("Duration", "at most \(drill.duration)"),
            ("Pass score", "\(drill.passScore) of 5"),
            ("Late start", drill.catchUp.map { "up to \($0)" } ?? "none, a missed drill is missed"),
        ]
        return (facts + history).filter { !$0.1.isEmpty }
    }

    private var next: String {
        guard let next = nextStart else { return "never" }
        let date = next.formatted(in: drill.calendar.zone, precision: .seconds)
        return "\(date), \(next.relativeText(to: now))"
    }

    private var nextStart: WallInstant? {
        drill.nextStart(after: now, frozen: FrozenTimes(calendar.freezes))
    }

    private func story(_ name: ScenarioName) -> String {
        guard let scenario = calendar.scenarios[name] else { return name.text }
        return "\(name): \(scenario.title) (\(scenario.severity.rawValue))"
    }

    private var target: [(String, String)] {
        guard let target = calendar.targets[drill.target] else { return [] }
        let allow = target.allow.map(\.description).joined(separator: " ")
        return [("Target", "\(target.name) (\(target.environment))"), ("Blast radius", allow)]
    }

    private var people: [(String, String)] {
        [
            ("Commander", drill.commanders.map(\.text).joined(separator: " ")),
            ("Deputy", drill.deputy?.text ?? ""),
            ("Observers", drill.observers.map(\.text).joined(separator: " ")),
            (
                "On call",
                drill.onCall.map { "\($0.level.rawValue) \($0.person)" }.joined(separator: ", ")
            ),
            (
                "Lanes",
                Lane.allCases.compactMap { lane in
                    drill.lanes[lane].map { "\(lane.rawValue) \($0)" }
                }.joined(separator: ", ")
            ),
        ]
    }

    private var history: [(String, String)] {
        guard !runs.isEmpty else { return [("Last runs", "none")] }
        return runs.map { run in
            let date = run.scheduled.formatted(in: drill.calendar.zone, precision: .seconds)
            return ("Last runs", "\(run.run), \(date), \(run.outcome?.sentence ?? "open")")
        }
    }
}
