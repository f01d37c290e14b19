import ArgumentParser
import StagingShop

/// Runs a stored trace again.
struct Replay: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a stored trace again, as it was or with one part swapped.",
        discussion: "Exits 0 if the failure reproduces, 3 if it does not.")

    @OptionGroup var root: RootOption
    @Option(help: "The trace, as /traces lists it.")
    var trace: String
    @Option(name: .customLong("override"), help: "model=…, prompt=…, schema=… or downstream=…")
    var part: String?

    func run() throws {
        let stored = try TraceStore(in: ShopFolder(root.path)).trace(trace)
        let override = try part.map { text in try ReplayOverride(parsing: text) }
        let replay = TraceReplay(of: stored, override: override)
        print(replay.lines.joined(separator: "\n"))
        if !replay.reproduces { throw ExitCode(3) }
    }
}
