import CalendarTime

/// A plan as programs read it (`drillctl plan --json`).
package struct PlanRecord: Hashable, Sendable, Codable {
    package let window: String
    package let runs: [Run]
    package let warnings: [Warning]

    /// One planned run; instants are microseconds since 1970.
    package struct Run: Hashable, Sendable, Codable {
        package let drill: DrillName
        package let cycle: Int
        package let start: WallInstant
        /// The start as people read it, in `zone`.
        package let date: String
        package let zone: String
        package let durationMicroseconds: TimeSpan
        package let kind: Kind
        package let tier: Tier
        package let target: TargetName
        package let scenario: ScenarioName
        package let coordination: ScenarioName?
        package let mutation: String
        /// The value of each factor by its name; empty if nobody drew it.
        package let values: [String: String]
        package let commander: PersonName
        package let deputy: PersonName?
        package let scoreOwner: PersonName?
        package let observers: [PersonName]
        package let onCall: [OnCall]
        /// Owners by the name of their lane.
        package let lanes: [String: PersonName]
    }

    /// Something that a planner should look at.
    package struct Warning: Hashable, Sendable, Codable {
        package let topic: String
        package let text: String
    }
}

extension CampaignPlan {
    /// The plan as programs read it.
    package var record: PlanRecord {
        PlanRecord(
            window: "\(window)", runs: rows.map(\.record),
            warnings: warnings.map {
                PlanRecord.Warning(topic: $0.topic.rawValue, text: $0.text)
            })
    }
}

extension CampaignPlan.Row {
    fileprivate var record: PlanRecord.Run {
        let lanes = drill.lanes.map { ($0.key.rawValue, $0.value) }
        return PlanRecord.Run(
            drill: drill.name, cycle: cycle, start: start, date: date,
            zone: drill.calendar.zone.name, durationMicroseconds: drill.duration, kind: drill.kind,
            tier: drill.tier, target: drill.target, scenario: coming.technical,
            coordination: coming.coordination, mutation: coming.mutation,
            values: coming.values,
            commander: drill.commander(ofCycle: cycle), deputy: drill.deputy,
            scoreOwner: roster?.scoreOwner, observers: drill.observers, onCall: drill.onCall,
            lanes: Dictionary(lanes) { first, _ in first })
    }
}
