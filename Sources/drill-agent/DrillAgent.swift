import ArgumentParser

/// The only program that runs hooks.
@main
struct DrillAgent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill-agent",
        abstract: "Inject and revert the faults of drills",
        discussion: """
            It takes identifiers only: what they stand for lies in the state folder, and is checked \
            again before a hook is run. Exit status 5 means that a fault may still be in place.
            """,
        subcommands: [
            Serve.self, Inject.self, Revert.self, Recover.self, List.self, Hold.self, Call.self,
        ])
}
