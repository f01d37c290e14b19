import ArgumentParser

/// The demo target of drilld: a small shop on loopback with real ways to fail.
@main
struct StagingShopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staging-shop",
        abstract: "A small shop on loopback, made to be drilled.",
        subcommands: [Init.self, Serve.self, Load.self, Replay.self])
}

/// The folder every subcommand works in.
struct RootOption: ParsableArguments {
    @Option(name: .customLong("root"), help: "The folder of the shop.")
    var path: String
}
