import UnitFiles

/// The keys of people, channels and what the services behind them do with pages.
extension DirectiveTable {
    static let personSection: [Directive] = [
        Directive("Person", "RealName", .text, help: "The name that people read"),
        Directive("Person", "Login", .word, help: "The login that may act for this person"),
        Directive(
            "Person", "Address", .custom("CHANNEL:ADDRESS"), isList: true,
            help: "Where a channel reaches them: a topic, a mail address, a member"),
    ]

    static let channelSection: [Directive] = [
        Directive(
            "Channel", "Type", .choice(ChannelType.allCases.map(\.rawValue)), default: "exec",
            help: "How pages are sent"),
        Directive(
            "Channel", "Command", .command,
            help: "exec: the hook that sends one page, relative to the scenarios folder"),
        Directive(
            "Channel", "Parameters", .assignment, isList: true,
            help: "Values for the hook; a secret is written NAME=@credential:CREDENTIAL"),
        Directive(
            "Channel", "Url", .word,
            help: "The service's address; pagerduty, slack and ntfy have one of their own"),
        Directive(
            "Channel", "Key", .custom("@credential:NAME|@file:PATH"),
            help: "Where the secret is that lets us post"),
        Directive(
            "Channel", "SigningKey", .custom("@credential:NAME|@file:PATH"),
            help: "Where the secret is that proves what comes back"),
        Directive(
            "Channel", "Sendmail", .path, default: "/usr/sbin/sendmail",
            help: "email: the program that takes a message as sendmail -t does"),
        Directive("Channel", "From", .word, help: "email: the sender's address"),
        Directive(
            "Channel", "TimeoutSec", .timeSpan, default: "10s",
            help: "How long one attempt to hand over one page may take"),
        Directive(
            "Channel", "PagesPerMinute", .integer(1...10_000), default: "100",
            help: "The most attempts to hand over a page in any minute"),
        Directive(
            "Channel", "Attempts", .integer(1...100),
            help: "How often a page is tried; 5 if not given, 1 for exec"),
    ]

    static let routeSection: [Directive] = [
        Directive(
            "Route", "Channel", .reference("Channel"), isRequired: true,
            help: "The channel whose service has the route; routes are tried in their order"),
        Directive(
            "Route", "Receiver", .word, isRequired: true,
            help: "The receiver as the service names it"),
        Directive(
            "Route", "Reaches", .custom("primary|secondary|team:NAME"), isRequired: true,
            help: "Whom the receiver reaches"),
        Directive(
            "Route", "Match", .custom("MATCHER"), isList: true,
            help: "Which pages it takes, such as severity=\"critical\"; all if not given"),
        Directive(
            "Route", "GroupBy", .custom("LABEL|..."), isList: true,
            help: "Pages that agree in these labels are one notification; ... for none of that"),
        Directive(
            "Route", "GroupWaitSec", .timeSpan, default: "30s",
            help: "How long the first notification of a group waits"),
        Directive(
            "Route", "GroupIntervalSec", .timeSpan, default: "5min",
            help: "How long a group waits before it tells of new pages"),
        Directive(
            "Route", "RepeatIntervalSec", .timeSpan, default: "4h",
            help: "How long until it tells the same again"),
        Directive(
            "Route", "Continue", .boolean, default: "no",
            help: "Whether later routes are tried as well"),
    ]

    static let inhibitSection: [Directive] = [
        Directive(
            "Inhibit", "Channel", .reference("Channel"), isRequired: true,
            help: "The channel whose service inhibits"),
        Directive(
            "Inhibit", "Source", .custom("MATCHER"), isRequired: true, isList: true,
            help: "The pages that silence others while they fire"),
        Directive(
            "Inhibit", "Target", .custom("MATCHER"), isRequired: true, isList: true,
            help: "The pages that are silenced"),
        Directive(
            "Inhibit", "Equal", .custom("LABEL"), isList: true,
            help: "Labels in which both must agree"),
    ]
}
