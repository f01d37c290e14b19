import CalendarTime
import Drills
import Ledger

/// A drill and its last runs as programs read them; instants are microseconds since 1970.
struct DrillRecord: Encodable {
    let drill: DrillName
    /// The file that plans it.
    let calendar: String
    let campaign: String
    let team: String
    let kind: Kind
    let tier: Tier
    /// Calendar expressions in their normal form.
    let schedule: [String]
    let zone: String
    /// When it is due; nil if it never is again.
    let next: WallInstant?
    let scenarios: [ScenarioName]
    let coordination: [ScenarioName]
    let target: TargetName
    let environment: String?
    /// What may be touched.
    let blastRadius: [String]
    let channels: [ChannelName]
    let commanders: [PersonName]
    let deputy: PersonName?
    let observers: [PersonName]
    let onCall: [OnCall]
    /// Owners by the name of their lane.
    let lanes: [String: PersonName]
    let isAttended: Bool
    let durationMicroseconds: TimeSpan
    let ackDeadlineMicroseconds: TimeSpan
    let passScore: Int
    /// How late it may begin; nil: a missed drill is missed.
    let catchUpMicroseconds: TimeSpan?
    /// The newest first.
    let lastRuns: [RunRecord]

    init(_ drill: Drill, in calendar: DrillCalendar, runs: [RunSummary], next: WallInstant?) {
        let header = drill.calendar
        let target = calendar.targets[drill.target]
        self.drill = drill.name
        self.calendar = header.file
        campaign = header.campaign
        team = header.team
        kind = drill.kind
        tier = drill.tier
        schedule = drill.schedule.map(\.description)
        zone = header.zone.name
        self.next = next
        scenarios = drill.scenarios
        coordination = drill.coordination
        self.target = drill.target
        environment = target?.environment
        blastRadius = (target?.allow ?? []).map(\.description)
        channels = drill.channels
        commanders = drill.commanders
        deputy = drill.deputy
        observers = drill.observers
        onCall = drill.onCall
        lanes = Dictionary(drill.lanes.map { ($0.key.rawValue, $0.value) }) { first, _ in first }
        isAttended = drill.response.isAttended
        durationMicroseconds = drill.duration
        ackDeadlineMicroseconds = drill.ackDeadline
        passScore = drill.passScore
        catchUpMicroseconds = drill.catchUp
        lastRuns = runs.map { RunRecord($0) }
    }
}
