import UnitFiles

extension DirectiveTable {
    /// What may stand in a calendar file.
    package static let calendar = DirectiveTable(
        suffix: "calendar",
        help: "Planned drills, and the people, targets and channels they need",
        sections: [
            SectionRule("Calendar", help: "What holds for all drills of the file"),
            SectionRule("Freeze", naming: .required, help: "Days on which no drill starts"),
            SectionRule("Person", naming: .required, help: "Someone who takes part in drills"),
            SectionRule("Channel", naming: .required, help: "A way to page people"),
            SectionRule(
                "Target", naming: .required, help: "A system under drill and its blast radius"),
            SectionRule("Drill", naming: .required, help: "One planned entry"),
        ],
        directives: calendarSection + peopleSections + targetSection + drillSchedule + drillRoles
            + drillLimits)

    private static let calendarSection: [Directive] = [
        Directive("Calendar", "Description", .text, help: "What the file plans, in one line"),
        Directive("Calendar", "Team", .text, help: "The team whose drills these are"),
        Directive(
            "Calendar", "TimeZone", .timeZone, default: "UTC",
            help: "The zone of times that name none and of freeze days"),
        Directive(
            "Calendar", "Campaign", .text,
            help: "The campaign, usually a quarter; the file's name if not given"),
        Directive(
            "Calendar", "FiredBy", .choice(FiredBy.allCases.map(\.rawValue)), default: "daemon",
            help: "Whether the daemon's agenda or one systemd timer per drill starts the drills"),
        Directive(
            "Freeze", "Between", .dateRange, isRequired: true, isList: true,
            help: "First and last day, both frozen; one range per assignment"),
    ]

    private static let peopleSections: [Directive] = [
        Directive("Person", "RealName", .text, help: "The name that people read"),
        Directive("Person", "Login", .word, help: "The login that may act for this person"),
        Directive(
            "Channel", "Type", .choice(["exec"]), default: "exec", help: "How pages are sent"),
        Directive(
            "Channel", "Command", .command, isRequired: true,
            help: "The hook that sends one page, relative to the scenarios folder"),
        Directive(
            "Channel", "Parameters", .assignment, isList: true,
            help: "Values for the hook; a secret is written NAME=@credential:CREDENTIAL"),
        Directive(
            "Channel", "TimeoutSec", .timeSpan, default: "10s",
            help: "How long handing over one page may take"),
    ]

    private static let targetSection: [Directive] = [
        Directive(
            "Target", "Environment", .word, isRequired: true,
            help: "staging, or another word that needs the production guard"),
        Directive(
            "Target", "Allow", .custom("SCHEME:PATTERN"), isList: true,
            help: "What faults may touch: unit:GLOB, port:tcp/NUMBER or path:FOLDER"),
        Directive(
            "Target", "Steady", .command, isRequired: true,
            help: "The steady-state check run before and after each drill"),
        Directive(
            "Target", "Marker", .path,
            help: "A file on the target with the word staging in it; without it nothing is injected"
        ),
        Directive("Target", "Root", .path, help: "The folder of the target, for hooks"),
        Directive("Target", "Url", .word, help: "The address of the target, for hooks"),
    ]

    private static let drillSchedule: [Directive] = [
        Directive(
            "Drill", "Kind", .choice(Kind.allCases.map(\.rawValue)), isRequired: true,
            help: "The response that is rehearsed"),
        Directive(
            "Drill", "Tier", .choice(Tier.allCases.map(\.rawValue)), isRequired: true,
            help: "The size of the drill"),
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

    private static let drillRoles: [Directive] = [
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

    private static let drillLimits: [Directive] = [
        Directive(
            "Drill", "DurationSec", .timeSpan, default: "1h",
            help: "The longest a run may take before it is closed"),
        Directive(
            "Drill", "CatchUpSec", .timeSpan,
            help: "How late a missed drill may still start; without it a missed drill stays missed"),
        Directive(
            "Drill", "Channel", .reference("Channel"), isList: true,
            help: "How people are paged; a mutation may silence the first"),
        Directive(
            "Drill", "AckSec", .timeSpan, default: "30s",
            help: "How long the primary has to ack before the secondary is paged"),
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
