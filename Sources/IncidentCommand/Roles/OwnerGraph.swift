import Drills

/// Whether everything in a run has an owner before it begins.
package enum OwnerGraph {
    /// Judges the roster of a plan: every lane owned and none by the commander, every level on call, a deputy.
    package static func check(_ plan: RunPlan) -> (passed: Bool, detail: String) {
        let gaps = lanes(plan.roster) + levels(plan.roster) + leaders(plan.roster)
        guard gaps.isEmpty else { return (false, gaps.joined(separator: "; ")) }
        let owners = Lane.allCases.compactMap { lane in
            plan.roster.lanes[lane].map { "\(lane.rawValue) \($0)" }
        }
        return (true, "every lane has an owner: " + owners.joined(separator: ", "))
    }

    private static func lanes(_ roster: Roster) -> [String] {
        let unowned = Lane.allCases.filter { roster.lanes[$0] == nil }
        return unowned.map { "lane \($0.rawValue) has no owner" }
            + roster.lanesOfCommander.map {
                "commander \(roster.commander) owns lane \($0.rawValue)"
            }
    }

    private static func levels(_ roster: Roster) -> [String] {
        OnCallLevel.allCases.filter { level in !roster.onCall.contains { $0.level == level } }
            .map { "nobody is on call as \($0.rawValue)" }
    }

    private static func leaders(_ roster: Roster) -> [String] {
        let commander = roster.commander
        var gaps: [String] = []
        if roster.deputy == nil { gaps.append("no deputy is named") }
        if roster.deputy == commander { gaps.append("\(commander) commands and stands in") }
        if roster.scoreOwner == commander { gaps.append("\(commander) commands and scores") }
        return gaps
    }
}
