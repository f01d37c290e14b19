import ArgumentParser
import Drills

/// `drillctl scope`
struct ScopeVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scope", abstract: "Confirm how far the failure reaches.",
        usage: """
            drillctl scope [<run>] --users <extent> --routes <extent> --regions <extent>
                [<options>]
            """)

    /// One, or more than one.
    enum Extent: String, CaseIterable, ExpressibleByArgument {
        case one, many, all

        var extent: Scope.Extent { self == .one ? .one : .many }
    }

    @Option(help: ArgumentHelp("One user or many.", valueName: "extent")) var users: Extent?
    @Option(help: ArgumentHelp("One route or all.", valueName: "extent")) var routes: Extent?
    @Option(help: ArgumentHelp("One region or all.", valueName: "extent")) var regions: Extent?
    @OptionGroup var act: ActOptions

    func validate() throws { _ = try scope() }

    func run() async throws { try await act.take(.confirmScope(scope())) }

    private func scope() throws -> Scope {
        let values = try needed(
            Needed("users", users), Needed("routes", routes), Needed("regions", regions))
        return Scope(
            users: values.0.extent, routes: values.1.extent, regions: values.2.extent)
    }
}

/// `drillctl rollback`
struct Rollback: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Stop the bleed: fire the scenario's rollback.")

    @OptionGroup var order: OutOfTurnOption
    @OptionGroup var act: ActOptions

    func run() async throws { try await act.take(.rollBack(outOfTurn: order.reason)) }
}

/// `drillctl trace`
struct TraceVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Capture a trace, by the scenario's step if it has one.")

    @Option(help: "Where the trace is, or what it shows.") var note = ""
    @OptionGroup var order: OutOfTurnOption
    @OptionGroup var act: ActOptions

    func run() async throws {
        try await act.take(.captureTrace(note: note, outOfTurn: order.reason))
    }
}

/// `drillctl replay`
struct ReplayVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Replay the captured trace with one override.")

    @OptionGroup var act: ActOptions

    func run() async throws { try await act.take(.replay) }
}

/// `drillctl investigate`
struct Investigate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "investigate",
        abstract: "Say that the cause is looked for, and where.")

    @Option(help: "What is looked at, and why.") var note: String
    @OptionGroup var order: OutOfTurnOption
    @OptionGroup var act: ActOptions

    func run() async throws {
        try await act.take(.investigate(note: note, outOfTurn: order.reason))
    }
}

/// `drillctl clear`
struct Clear: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clear",
        abstract: "Declare all clear: the response is over.")

    @Option(help: "What shows that all is well again.") var reason: String
    @OptionGroup var act: ActOptions

    func run() async throws { try await act.take(.clear(reason: reason)) }
}

/// `drillctl status post`
struct StatusPost: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "post", abstract: "Post a status of the run for everyone who waits.")

    @Option(help: "What people should know.") var text: String
    @OptionGroup var order: OutOfTurnOption
    @OptionGroup var act: ActOptions

    func run() async throws {
        try await act.take(.postStatus(text: text, outOfTurn: order.reason))
    }
}
