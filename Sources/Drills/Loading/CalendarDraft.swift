import CalendarTime
import UnitFiles

/// What one calendar file says, its references not yet resolved.
struct CalendarDraft: Sendable {
    var header: CalendarHeader
    var freezes: [Placed<Freeze>] = []
    /// The name of each `[Freeze]` section once, whatever number of ranges it has.
    var freezeNames: [Placed<FreezeName>] = []
    var people: [Placed<PersonDraft>] = []
    var channels: [Placed<ChannelDraft>] = []
    var routes: [RouteDraft] = []
    var inhibitions: [InhibitionDraft] = []
    var targets: [Placed<TargetDraft>] = []
    var drills: [DrillDraft] = []
}

/// A channel without its routes, and where its hook is named if it has one.
struct ChannelDraft: Sendable {
    let channel: Channel
    let command: Placed<HookCommand>?
}

/// A target and where its hooks are named.
struct TargetDraft: Sendable {
    let target: Target
    let steady: Placed<HookCommand>
    /// Prints the last known-good revision.
    let revision: Placed<HookCommand>?
}

/// A `[Drill]` section with the words that name other things; nil where something is missing.
struct DrillDraft: Sendable {
    let name: Placed<DrillName>
    let header: CalendarHeader
    let position: SourcePosition
    var kind: Kind?
    var tier: Tier?
    var schedule: [Placed<CalendarExpression>] = []
    var everyWeeks: WeekCycle?
    var scenarios: [Word] = []
    var coordination: [Word] = []
    var target: Word?
    var commanders: [Word] = []
    var deputy: Word?
    var observers: [Word] = []
    var onCall: [(level: OnCallLevel, person: Word)] = []
    var lanes: [(lane: Lane, person: Word)] = []
    var channels: [Word] = []
    var duration: Placed<TimeSpan>?
    var catchUp: TimeSpan?
    var acknowledgement: Placed<TimeSpan>?
    var exclude: [[Word]] = []
    var passScore: Int?
    var salt = ""
    var response = ResponseDraft()
}

/// What one scenario file says, and the places that later checks point at.
struct ScenarioDraft: Sendable {
    let scenario: Scenario
    /// Where the file begins.
    let position: SourcePosition
    let scoreOwner: SourcePosition
    /// One for each follow-up.
    let followUpOwners: [SourcePosition]
    /// The places of the resources of each fault.
    let touches: [FaultName: [Placed<Resource>]]
    /// Where each fault is named.
    let faultPositions: [FaultName: SourcePosition]
    let hooks: [Placed<HookCommand>]
    /// The combinations that must not occur, as they are written.
    let exclude: [[Word]]
}
