import CalendarTime
import UnitFiles

/// Everything the calendar and scenario files say, checked and with all references resolved.
package struct DrillCalendar: Sendable {
    /// Sorted by name.
    package let drills: [Drill]
    package let scenarios: [ScenarioName: Scenario]
    package let targets: [TargetName: Target]
    package let people: [PersonName: Person]
    package let channels: [ChannelName: Channel]
    /// Sorted by first day.
    package let freezes: [Freeze]
    /// Where each drill is written, for what is found out about it later.
    package let places: [DrillName: SourcePosition]

    /// A calendar whose references were checked.
    package init(
        drills: [Drill], scenarios: [ScenarioName: Scenario], targets: [TargetName: Target],
        people: [PersonName: Person], channels: [ChannelName: Channel], freezes: [Freeze],
        places: [DrillName: SourcePosition] = [:]
    ) {
        self.drills = drills
        self.scenarios = scenarios
        self.targets = targets
        self.people = people
        self.channels = channels
        self.freezes = freezes
        self.places = places
    }

    /// The drill of a name, if there is one.
    package func drill(named name: DrillName) -> Drill? {
        drills.first { $0.name == name }
    }
}

/// One planned entry: what is rehearsed, when, on what and by whom.
package struct Drill: Hashable, Sendable {
    package let name: DrillName
    package let calendar: CalendarHeader
    package let kind: Kind
    package let tier: Tier
    /// Never empty; the earliest occurrence of any of them counts.
    package let schedule: [CalendarExpression]
    /// Nil: every occurrence counts.
    package let everyWeeks: WeekCycle?
    /// The technical rotation pool; never empty.
    package let scenarios: [ScenarioName]
    /// The coordination rotation pool; empty for drills without one.
    package let coordination: [ScenarioName]
    package let target: TargetName
    /// Rotates by cycle; never empty.
    package let commanders: [PersonName]
    package let deputy: PersonName?
    package let observers: [PersonName]
    package let onCall: [OnCall]
    package let lanes: [Lane: PersonName]
    /// In order of importance; the first is the one that a mutation may silence.
    package let channels: [ChannelName]
    /// The longest a run may take before it is closed, censored.
    package let duration: TimeSpan
    /// How late a missed drill may still start; nil: it is recorded as missed.
    package let catchUp: TimeSpan?
    /// How long the primary has to ack before the secondary is paged.
    package let ackDeadline: TimeSpan
    /// Combinations that must not occur, beside those of the scenarios.
    package let exclude: [String]
    /// Score rows needed to pass, of five.
    package let passScore: Int
    /// Mixed into the seed, so that two drills alike do not walk in step.
    package let salt: String
    /// What is promised and expected of the people; the addresses are those of everyone on call.
    package let response: ResponsePlan

    /// A drill as its calendar describes it.
    package init(
        name: DrillName, calendar: CalendarHeader, kind: Kind, tier: Tier,
        schedule: [CalendarExpression], everyWeeks: WeekCycle?, scenarios: [ScenarioName],
        coordination: [ScenarioName], target: TargetName, commanders: [PersonName],
        deputy: PersonName?, observers: [PersonName], onCall: [OnCall],
        lanes: [Lane: PersonName], channels: [ChannelName], duration: TimeSpan,
        catchUp: TimeSpan?,
        ackDeadline: TimeSpan, exclude: [String], passScore: Int, salt: String,
        response: ResponsePlan = .scripted
    ) {
        self.name = name
        self.calendar = calendar
        self.kind = kind
        self.tier = tier
        self.schedule = schedule
        self.everyWeeks = everyWeeks
        self.scenarios = scenarios
        self.coordination = coordination
        self.target = target
        self.commanders = commanders
        self.deputy = deputy
        self.observers = observers
        self.onCall = onCall
        self.lanes = lanes
        self.channels = channels
        self.duration = duration
        self.catchUp = catchUp
        self.ackDeadline = ackDeadline
        self.exclude = exclude
        self.passScore = passScore
        self.salt = salt
        self.response = response
    }

    /// Who commands a cycle, counted from 1.
    package func commander(ofCycle cycle: Int) -> PersonName {
        commanders[(max(cycle, 1) - 1) % commanders.count]
    }
}

/// The `[Calendar]` section of the file a drill stands in.
package struct CalendarHeader: Hashable, Sendable {
    /// The file's name without folder, `2027-q1.calendar`.
    package let file: String
    package let title: String
    package let team: String
    package let campaign: String
    package let zone: TimeZoneRules
    package let firedBy: FiredBy

    /// The header of one calendar file.
    package init(
        file: String, title: String, team: String, campaign: String, zone: TimeZoneRules,
        firedBy: FiredBy
    ) {
        self.file = file
        self.title = title
        self.team = team
        self.campaign = campaign
        self.zone = zone
        self.firedBy = firedBy
    }
}

/// Days on which no drill starts.
package struct Freeze: Hashable, Sendable {
    package let name: FreezeName
    package let days: DateRange
    /// Days are days in this zone.
    package let zone: TimeZoneRules

    /// A freeze as its calendar describes it.
    package init(name: FreezeName, days: DateRange, zone: TimeZoneRules) {
        self.name = name
        self.days = days
        self.zone = zone
    }

    /// Whether an instant lies on one of the days.
    package func covers(_ instant: WallInstant) -> Bool {
        days.contains(instant, in: zone)
    }
}
