import UnitFiles

/// A small table with every kind of directive in it.
let sampleTable = DirectiveTable(
    suffix: "calendar", help: "Drills planned for a campaign",
    sections: [
        SectionRule("Calendar", isRequired: true, help: "What holds for the whole file"),
        SectionRule("Target", naming: .required, help: "A system that drills may touch"),
        SectionRule("Drill", naming: .required, help: "One planned drill"),
        SectionRule(
            "Respond", naming: .optional, isRepeatable: false, help: "How a script responds"),
    ],
    directives: [
        Directive("Calendar", "Description", .text, help: "What the campaign is for"),
        Directive("Calendar", "Team", .word, isRequired: true, help: "Who it belongs to"),
        Directive("Calendar", "TimeZone", .timeZone, default: "UTC", help: "Zone of all dates"),
        Directive("Target", "Armed", .boolean, default: "no", help: "Whether faults are allowed"),
        Directive(
            "Target", "Allow", .custom("KIND:PATTERN"), isRequired: true, isList: true,
            help: "What a fault may touch"),
        Directive("Target", "Variables", .assignment, isList: true, help: "Given to each hook"),
        Directive("Drill", "Kind", .choice(["rollback", "replay"]), help: "What is practised"),
        Directive("Drill", "OnCalendar", .calendar, isList: true, help: "When it is due"),
        Directive("Drill", "Target", .reference("Target"), help: "Where it happens"),
        Directive("Drill", "DurationSec", .timeSpan, default: "45min", help: "How long it lasts"),
        Directive("Drill", "Pages", .integer(1...10), default: "5", help: "How many pages"),
        Directive("Drill", "Weight", .integer(0 ... .max), help: "Share in the \"total\" - a\\b"),
        Directive("Drill", "Since", .date, help: ".First day on which it may be due"),
        Directive("Drill", "Between", .dateRange, isList: true, help: "Days on which it rests"),
        Directive("Drill", "Scenario", .fileName("scenario"), help: "What breaks"),
        Directive("Respond", "Command", .command, isRequired: true, help: "What it runs"),
        Directive("Respond", "Folder", .path, help: "Where it runs"),
    ])

let sampleSpecifiers = Specifiers(
    host: "db 1", runtimeFolder: "/run", stateFolder: "/var/lib", configurationFolder: "/etc",
    kernelRelease: "6.1.0")

/// What the kinds of a drill are in the sample table.
enum SampleKind: String, CaseIterable {
    case rollback
    case replay
}
