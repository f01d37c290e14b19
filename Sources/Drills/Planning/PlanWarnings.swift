import CalendarTime

/// Finds what a planner should look at in the rows of a plan.
struct PlanWarnings {
    typealias Warning = CampaignPlan.Warning
    typealias Row = CampaignPlan.Row

    let calendar: DrillCalendar
    let window: PlanWindow
    /// In the order of their starts.
    let rows: [Row]
    let isTruncated: Bool

    var all: [Warning] {
        overlaps + freezes + clocks + roles + coverage + length
    }

    /// Each pair of runs of which the second starts before the first must be over.
    private var pairs: [(first: Row, second: Row)] {
        var open: [Row] = []
        var pairs: [(Row, Row)] = []
        for row in rows {
            open.removeAll { $0.end <= row.start }
            pairs += open.map { ($0, row) }
            open.append(row)
            if pairs.count > CampaignPlan.rowLimit { break }
        }
        return pairs
    }

    private var overlaps: [Warning] {
        pairs.filter { $0.first.drill.target == $0.second.drill.target }.map { first, second in
            Warning(
                topic: .overlap,
                text: "\(second.drill.name) on \(second.date) starts while \(first.drill.name) of "
                    + "\(first.date) may still run on target \(first.drill.target), and would be "
                    + "refused")
        }
    }

    private var freezes: [Warning] {
        calendar.drills.flatMap { drill in
            calendar.freezes.compactMap { freezeHit(drill, $0) }
        }
    }

    /// The first occurrence of a drill that a freeze takes away, and how many more there are.
    private func freezeHit(_ drill: Drill, _ freeze: Freeze) -> Warning? {
        let inside = window.instants(in: drill.calendar.zone)
        let days = freeze.days.instants(in: freeze.zone)
        let end = min(inside.upperBound, days.upperBound)
        let start = max(inside.lowerBound, days.lowerBound).advanced(byMicroseconds: -1)
        guard let first = drill.nextOccurrence(after: start), first < end else { return nil }
        let date = first.formatted(in: drill.calendar.zone, precision: .seconds)
        let hasMore = drill.nextOccurrence(after: first).map { $0 < end } ?? false
        return Warning(
            topic: .freeze,
            text: "\(drill.name) on \(date)\(hasMore ? " and later" : "") falls into freeze "
                + "\(freeze.name) and does not start")
    }

    private var clocks: [Warning] {
        calendar.drills.flatMap { drill in
            let inside = window.instants(in: drill.calendar.zone)
            return drill.schedule.flatMap { expression in
                drill.clockNotes(
                    of: expression, from: inside.lowerBound, through: inside.upperBound)
            }.map { Warning(topic: .clocks, text: "\(drill.name): \($0)") }
        }
    }

    private var coverage: [Warning] {
        let kinds = Set(rows.map(\.drill.kind))
        var warnings = Kind.allCases.filter { !kinds.contains($0) }.map { kind in
            Warning(topic: .coverage, text: "no \(kind.rawValue) drill in \(window)")
        }
        if !rows.contains(where: { $0.drill.tier == .fullFidelity }) {
            warnings.append(Warning(topic: .coverage, text: "no full-fidelity drill in \(window)"))
        }
        return warnings
    }

    private var length: [Warning] {
        guard isTruncated else { return [] }
        return [
            Warning(
                topic: .length,
                text: "more than \(CampaignPlan.rowLimit) runs; the plan lists the first of them")
        ]
    }
}

// People with two jobs.
extension PlanWarnings {
    private var roles: [Warning] {
        var texts = rows.flatMap { ownConflicts(of: $0) }
        for (first, second) in pairs {
            texts += conflicts(commander: first, onCall: second)
            texts += conflicts(commander: second, onCall: first)
        }
        texts += calendar.drills.filter { drill in
            rows.contains { $0.drill.name == drill.name }
                && !drill.onCall.contains { $0.level == .secondary }
        }.map { "\($0.name) has nobody as secondary, so that no page can escalate" }
        texts += calendar.drills.filter { drill in
            drill.response.isAttended && rows.contains { $0.drill.name == drill.name }
        }.flatMap(unownedLanes)
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }.map { Warning(topic: .roles, text: $0) }
    }

    /// People who take the steps have to know whose turn it is.
    private func unownedLanes(of drill: Drill) -> [String] {
        Lane.allCases.filter { drill.lanes[$0] == nil }.map { lane in
            "\(drill.name) is attended, but nobody owns its lane \(lane.rawValue)"
        }
    }

    private func ownConflicts(of row: Row) -> [String] {
        guard let roster = row.roster else { return [] }
        var texts = roster.lanesOfCommander.map { lane in
            "\(roster.commander) commands \(row.drill.name) and owns its lane \(lane.rawValue)"
        }
        if roster.onCall.contains(where: { $0.person == roster.commander }) {
            texts.append("\(roster.commander) commands \(row.drill.name) and is on call for it")
        }
        return texts
    }

    private func conflicts(commander: Row, onCall: Row) -> [String] {
        guard let person = commander.roster?.commander,
            onCall.drill.onCall.contains(where: { $0.person == person })
        else { return [] }
        return [
            "\(person) commands \(commander.drill.name) on \(commander.date) and is on call for "
                + "\(onCall.drill.name) at the same time"
        ]
    }
}
