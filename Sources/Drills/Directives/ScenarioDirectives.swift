import UnitFiles

extension DirectiveTable {
    /// What may stand in a scenario file.
    package static let scenario = DirectiveTable(
        suffix: "scenario",
        help: "A failure story: what breaks, how one sees it, how one answers",
        sections: [
            SectionRule("Scenario", isRequired: true, help: "The story in short"),
            SectionRule(
                "Packet", isRequired: true, help: "What must be settled before anything is injected"
            ),
            SectionRule("Fault", naming: .required, help: "One failure to inject"),
            SectionRule("Probe", naming: .required, help: "A steady-state check"),
            SectionRule("Respond", naming: .required, help: "One scripted step of the response"),
            SectionRule("Page", naming: .required, help: "One synthetic page"),
            SectionRule("Mutate", help: "The values that cycles draw from"),
        ],
        directives: storySection + packetSection + faultSection + probeSection + respondSection
            + pageSection + mutateSection)

    private static let storySection: [Directive] = [
        Directive("Scenario", "Description", .text, isRequired: true, help: "What goes wrong"),
        Directive(
            "Scenario", "Class", .choice(ScenarioClass.allCases.map(\.rawValue)), isRequired: true,
            help: "The rotation pool to which it belongs"),
        Directive(
            "Scenario", "Severity", .choice(Severity.allCases.map(\.rawValue)), isRequired: true,
            help: "How bad the incident would be"),
        Directive(
            "Scenario", "Boundary", .text, isRequired: true, help: "Between which parts it breaks"),
        Directive("Scenario", "Signal", .text, isRequired: true, help: "How one sees it"),
        Directive(
            "Scenario", "UsersAffectedPerMinute", .integer(0...1_000_000_000),
            help: "Users harmed per minute while the fault bites"),
        Directive(
            "Scenario", "DetectSec", .timeSpan, default: "1min",
            help: "Target from the injection until it is detected"),
        Directive(
            "Scenario", "MitigateSec", .timeSpan, default: "10min",
            help: "Target from the injection until it is mitigated"),
        Directive(
            "Scenario", "ResolveSec", .timeSpan, default: "15min",
            help: "Target from the injection until it is resolved"),
    ]

    private static let packetSection: [Directive] = [
        Directive(
            "Packet", "Hypothesis", .text, isRequired: true, help: "What the drill should show"),
        Directive("Packet", "Trigger", .text, isRequired: true, help: "What sets the failure off"),
        Directive(
            "Packet", "BlastRadius", .text, isRequired: true,
            help: "What it may harm, and how long at most"),
        Directive(
            "Packet", "Abort", .command, isRequired: true, isList: true,
            help: "A hook that exits 0 when the run must stop; one command per assignment"),
        Directive(
            "Packet", "ScoreOwner", .reference("Person"), isRequired: true,
            help: "Who owns the scorecard"),
        Directive(
            "Packet", "FollowUp", .custom("PERSON YYYY-MM-DD TEXT"), isList: true,
            help: "Work agreed beforehand: owner, last day, what; one per assignment"),
    ]

    private static let faultSection: [Directive] = [
        Directive(
            "Fault", "Hook", .command, isRequired: true,
            help:
                "The file with inject, revert, check and describe, relative to the scenarios folder"
        ),
        Directive(
            "Fault", "Parameters", .assignment, isList: true,
            help: "Values for the hook; a secret is written NAME=@credential:CREDENTIAL"),
        Directive(
            "Fault", "StartSec", .timeSpan, default: "0",
            help: "When it is injected, from the beginning of the inject phase"),
        Directive(
            "Fault", "DurationSec", .timeSpan, isRequired: true,
            help: "The longest it may live; then it is reverted whatever happens"),
        Directive(
            "Fault", "Touches", .custom("SCHEME:PATTERN"), isList: true,
            help: "What it touches; each must be allowed by the target"),
        Directive(
            "Fault", "OutliveDaemon", .boolean, default: "no",
            help: "Whether it may go on, up to its duration, while the daemon is down"),
    ]

    private static let probeSection: [Directive] = [
        Directive(
            "Probe", "Command", .command, isRequired: true,
            help: "A hook that exits 0 when all is well"
        ),
        Directive("Probe", "EverySec", .timeSpan, default: "1s", help: "How often it is asked"),
        Directive(
            "Probe", "HoldSec", .timeSpan, default: "30s",
            help: "How long it must pass without a break before the steady state counts as held"),
        Directive(
            "Probe", "TimeoutSec", .timeSpan, default: "5s", help: "How long one answer may take"),
    ]

    private static let respondSection: [Directive] = [
        Directive(
            "Respond", "Step", .choice(Response.Step.allCases.map(\.rawValue)),
            help: "What the step does for the drill; the section's name if not given"),
        Directive("Respond", "Command", .command, isRequired: true, help: "The hook that does it"),
        Directive(
            "Respond", "Parameters", .assignment, isList: true,
            help: "Values for the hook; a secret is written NAME=@credential:CREDENTIAL"),
        Directive("Respond", "TargetSec", .timeSpan, help: "The time target of the step"),
        Directive(
            "Respond", "TimeoutSec", .timeSpan, default: "5min", help: "How long the hook may take"),
    ]

    private static let pageSection: [Directive] = [
        Directive("Page", "Summary", .text, isRequired: true, help: "What the page says"),
        Directive(
            "Page", "AfterSec", .timeSpan, default: "0", help: "When it is sent, from the injection"
        ),
        Directive(
            "Page", "To", .choice(OnCallLevel.allCases.map(\.rawValue)), default: "primary",
            help: "Who gets it first"),
        Directive(
            "Page", "Severity", .choice(Severity.allCases.map(\.rawValue)),
            help: "Its severity; the scenario's if not given"),
        Directive(
            "Page", "Labels", .assignment, isList: true,
            help: "Labels that routes go by, such as service=checkout"),
        Directive(
            "Page", "Duplicates", .integer(0...20), default: "0",
            help: "How often the same page is posted again"),
        Directive(
            "Page", "RepeatEverySec", .timeSpan, default: "10s",
            help: "How long after each other the duplicates come"),
        Directive(
            "Page", "Noise", .boolean, default: "no",
            help: "Whether nobody has to do anything about it"),
        Directive(
            "Page", "ResolveSec", .timeSpan,
            help: "After how long it resolves by itself; at the end of the run if not given"),
        Directive(
            "Page", "Team", .word,
            help: "The team it belongs to when that is not the one under drill"),
    ]

    private static let mutateSection: [Directive] = [
        Directive(
            "Mutate", "FaultTiming", .custom("[+-]SPAN"), isList: true,
            help: "By how much the start of the faults may shift"),
        Directive(
            "Mutate", "DependencyClass", .word, isList: true,
            help: "Dependencies that may be hit; given to hooks as DEPENDENCY_CLASS"),
        Directive(
            "Mutate", "OwnerAvailability", .custom("present|late:SPAN|absent"), isList: true,
            help: "Whether the owner on call can act"),
        Directive(
            "Mutate", "Comms", .custom("normal|delayed:SPAN|channel-down"), isList: true,
            help: "Whether pages get through"),
        Directive(
            "Mutate", "Stress", .word, isList: true,
            help: "What makes it harder; given to hooks as STRESS"),
        Directive(
            "Mutate", "Exclude", .custom("FACTOR=VALUE FACTOR=VALUE"), isList: true,
            help: "Values that must not occur together; one combination per assignment"),
    ]
}
