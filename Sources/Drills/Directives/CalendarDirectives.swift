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
                "Route", naming: .required,
                help: "To whom the service behind a channel sends some of the pages"),
            SectionRule(
                "Inhibit", naming: .required,
                help: "Pages that the service behind a channel keeps silent while others fire"),
            SectionRule(
                "Target", naming: .required, help: "A system under drill and its blast radius"),
            SectionRule("Drill", naming: .required, help: "One planned entry"),
        ],
        directives: calendarSection + personSection + channelSection + routeSection
            + inhibitSection + targetSection + drillSchedule + drillRoles + drillPaging
            + drillResponse + drillLimits)

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
            "Target", "Revision", .command,
            help: "A hook that prints the last known-good revision"),
        Directive(
            "Target", "Marker", .path,
            help: "A file on the target with the word staging in it; without it nothing is injected"
        ),
        Directive("Target", "Root", .path, help: "The folder of the target, for hooks"),
        Directive("Target", "Url", .word, help: "The address of the target, for hooks"),
    ]
}
