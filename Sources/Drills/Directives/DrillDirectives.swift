import UnitFiles

/// The keys of `[Drill]`.
extension DirectiveTable {
    static let drillSchedule: [Directive] = [
        Directive(
            "Drill", "Kind", .choice(Kind.allCases.map(\.rawValue)), isRequired: true,
            help: "The response that is rehearsed"),
        Directive(
            "Drill", "Tier", .choice(Tier.allCases.map(\.rawValue)), isRequired: true,
            help: "The size of the drill; a tabletop injects nothing"),
        Directive(
            "Drill", "OnCalendar", .calendar, isRequired: true, isList: true,
            help: "When it is due; with several, whichever comes first"),
        Directive(
            "Drill", "EveryWeeks", .integer(1...520),
            help: "Only every so many weeks, counted from the week of Anchor="),
        Directive("Drill", "Anchor", .date, help: "A day in the week from which weeks are counted"),
        Directive(
            "Drill", "Scenario", .fileName("Scenario"), isRequired: true, isList: true,
            help: "The rotation pool of technical failures"),
        Directive(
            "Drill", "Coordination", .fileName("Scenario"), isList: true,
            help: "The rotation pool of coordination failures"),
        Directive(
            "Drill", "Target", .reference("Target"), isRequired: true, help: "What it runs on"),
    ]

    static let drillRoles: [Directive] = [
        Directive(
            "Drill", "Commander", .reference("Person"), isRequired: true, isList: true,
            help: "Who commands; several take turns, one cycle each"),
        Directive(
            "Drill", "Deputy", .reference("Person"), help: "Who takes over from the commander"),
        Directive(
            "Drill", "Observers", .reference("Person"), isList: true,
            help: "Who watches and scores"),
        Directive(
            "Drill", "OnCall", .custom("LEVEL:PERSON"), isRequired: true, isList: true,
            help: "Who is paged: primary:PERSON and secondary:PERSON"),
        Directive(
            "Drill", "Lanes", .custom("LANE:PERSON"), isList: true,
            help: "Who owns injection, response, verification and comms; never the commander"),
    ]

    static let drillPaging: [Directive] = [
        Directive(
            "Drill", "Channel", .reference("Channel"), isList: true,
            help: "How people are paged; a mutation may silence the first"),
        Directive(
            "Drill", "AckSec", .timeSpan, default: "30s",
            help: "How long the primary has to ack before the secondary is paged"),
        Directive(
            "Drill", "AckExpirySec", .timeSpan,
            help: "After how long an ack lapses whose holder does nothing; never if not given"),
    ]

    static let drillResponse: [Directive] = [
        Directive(
            "Drill", "Attended", .boolean, default: "no",
            help: "Whether people take the steps of the response, and scripts only on their word"),
        Directive(
            "Drill", "Updates", .custom("KIND:SPAN"), isList: true,
            help: "How often updates are promised, such as stakeholder:15min"),
        Directive(
            "Drill", "Timeline", .choice(SessionTimeline.allCases.map(\.rawValue)),
            help: "How the session is divided; the longest that fits DurationSec= if not given"),
        Directive(
            "Drill", "DecisionSec", .timeSpan, default: "5min",
            help: "How long a checkpoint may stay without a decision"),
        Directive(
            "Drill", "AllClearSec", .timeSpan, default: "15min",
            help: "How long after the injection everything has to be clear"),
        Directive(
            "Drill", "Evidence", .custom("URL|PATH"),
            help: "The one place of evidence besides the archive: an address or a folder"),
    ]

    static let drillLimits: [Directive] = [
        Directive(
            "Drill", "DurationSec", .timeSpan, default: "1h",
            help: "The longest a run may take before it is closed"),
        Directive(
            "Drill", "CatchUpSec", .timeSpan,
            help: "How late a missed drill may still start; without it a missed drill stays missed"),
        Directive(
            "Drill", "Exclude", .custom("FACTOR=VALUE FACTOR=VALUE"), isList: true,
            help: "Values that must not occur together; one combination per assignment"),
        Directive(
            "Drill", "PassScore", .integer(0...5), default: "4",
            help: "How many of the five score rows make a pass"),
        Directive(
            "Drill", "Seed", .word,
            help: "Mixed into the draws, so that two drills alike do not walk in step"),
    ]
}
