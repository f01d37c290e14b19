import UnitFiles

extension DirectiveTable {
    /// What may stand in `drilld.conf`.
    package static let daemon = DirectiveTable(
        suffix: "conf",
        help: "Settings of the daemon itself",
        sections: [SectionRule("Daemon", help: "Where things live, and the daemon's limits")],
        directives: [
            Directive(
                "Daemon", "StateDirectory", .path, default: "/var/lib/drilld",
                help: "The folder of the ledger and all that must survive a reboot"),
            Directive(
                "Daemon", "ArchiveDirectory", .path,
                help:
                    "The folder of the plain-text archive; archive in StateDirectory= if not given"
            ),
            Directive(
                "Daemon", "Socket", .path, default: "/run/drilld/api.sock",
                help: "The UNIX socket of the API"),
            Directive(
                "Daemon", "Agent", .path, default: "/run/drilld/agent.sock",
                help: "The UNIX socket of the agent that runs the hooks"),
            Directive(
                "Daemon", "WatchdogSec", .timeSpan, default: "30s",
                help: "How long the loop may be stuck; the supervisor's own limit wins"),
            Directive(
                "Daemon", "OperatorGroup", .word, default: "drilld",
                help: "The group whose members may start drills and arm targets"),
            Directive(
                "Daemon", "ConsoleUrl", .custom("URL"),
                help:
                    "Where people reach the console, for the ack links in pages; the address it "
                    + "listens at if not given"),
        ])
}

extension DirectiveTable {
    /// All tables, for help and manual.
    package static let all: [DirectiveTable] = [.calendar, .scenario, .daemon]
}
