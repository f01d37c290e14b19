import ArgumentParser
import Console
import ControlAPI
import Drills
import Reports

/// `drillctl halt`
struct HaltVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "halt",
        abstract: "Pull the HALT lever: stop and revert everything, start nothing more.",
        discussion: "It holds across reboots until 'drillctl release'. Anyone may pull it.")

    @Option(help: "Why, for the record.") var reason: String
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        do {
            try await options.order(.halt(reason: reason))
        } catch let unreachable as Unreachable {
            let lever = OfflineLever(state: options.stateFolder, cause: unreachable)
            try options.say(try await lever.pull(reason: reason))
        }
    }
}

/// `drillctl release`
struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Release the HALT lever.")

    @Option(help: "Why it is safe again, for the record.") var reason: String
    @OptionGroup var options: GlobalOptions

    func run() async throws { try await options.order(.release(reason: reason)) }
}

/// `drillctl arm`
struct Arm: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "arm",
        abstract: "Allow faults to be injected into a target.")

    @Argument(help: "The target.", transform: readName) var target: TargetName
    @OptionGroup var options: GlobalOptions

    func run() async throws { try await options.order(.arm(target)) }
}

/// `drillctl disarm`
struct Disarm: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disarm",
        abstract: "Forbid faults to be injected into a target.")

    @Argument(help: "The target.", transform: readName) var target: TargetName
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        do {
            try await options.order(.disarm(target))
        } catch let unreachable as Unreachable {
            let lever = OfflineLever(state: options.stateFolder, cause: unreachable)
            try options.say(try lever.disarm(target))
        }
    }
}

/// `drillctl faults`
struct Faults: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "faults",
        abstract: "List the faults that are live, owed or leaked; exit status 5 if one is leaked.",
        discussion: """
            Where drilld does not answer, the armed records are read; then the exit status is 5 for \
            any of them.
            """)

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        do {
            let faults = try await options.client.ask(.faults, for: [FaultRow].self)
            try show(faults)
            try throwIfLeaked(faults)
        } catch let unreachable as Unreachable {
            let left = try options.offlineFaults(unreachable)
            try show(left)
            guard left.isEmpty else { throw CommandFailure(.leaked) }
        }
    }

    private func show(_ faults: [FaultRow]) throws {
        if options.json {
            try options.output.write(json: faults)
        } else {
            let text = FaultsText(faults, now: options.now, zone: options.zone).text
            options.output.write(Colour(options).warned(text))
        }
    }
}

/// `drillctl revert`
struct Revert: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revert", abstract: "Revert a fault now.")

    @Argument(help: "The fault, as 'drillctl faults' names it.", transform: readName)
    var fault: FaultID
    @OptionGroup var options: GlobalOptions

    func run() async throws { try await options.order(.revert(fault)) }
}

/// `drillctl forget`
struct Forget: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Drop the armed record of a fault that was mended by hand.",
        discussion: "Two people are answerable for it; a tombstone is left.")

    @Argument(help: "The fault, as 'drillctl faults' names it.", transform: readName)
    var fault: FaultID
    @Option(help: "How it was mended, for the record.") var reason: String
    @Option(
        help: ArgumentHelp("The other person who agrees.", valueName: "person"),
        transform: readName)
    var second: PersonName
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        try await options.order(.forget(fault, reason: reason, second: second))
    }
}
