import ArgumentParser
import Drills
import UnitFiles

/// `drillctl help`
struct Help: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "help",
        abstract: "Explain a verb, or what may stand in the files: help directives [SECTION].")

    @Argument(help: ArgumentHelp("A verb, or 'directives'.", valueName: "topic"))
    var topic: [String] = []

    @OptionGroup var options: GlobalOptions

    func run() throws {
        if topic.first == "directives" {
            try printDirectives(about: topic.dropFirst().first)
        } else {
            throw CleanExit.helpRequest(try Self.verb(topic))
        }
    }

    private func printDirectives(about section: String?) throws {
        if options.json, section == nil {
            options.output.write(DirectiveJSON.text(for: DirectiveTable.all))
            return
        }
        guard let text = HelpText.text(for: DirectiveTable.all, about: section) else {
            let kinds = DirectiveTable.all.flatMap(\.sections).map(\.kind)
            throw CommandFailure(
                .usage,
                "there is no section or key '\(section ?? "")'; the sections are "
                    + kinds.joined(separator: " "))
        }
        options.output.write(text)
    }

    /// The command that the words lead to.
    private static func verb(_ words: [String]) throws -> any ParsableCommand.Type {
        var command: any ParsableCommand.Type = Drillctl.self
        for word in words {
            guard let next = command.verbs.first(where: { $0.verb == word }) else {
                throw CommandFailure(
                    .usage, "there is no verb '\(word)'; 'drillctl --help' lists them all")
            }
            command = next
        }
        return command
    }
}

extension ParsableCommand {
    /// All subcommands, grouped and not.
    fileprivate static var verbs: [any ParsableCommand.Type] {
        configuration.subcommands
    }

    fileprivate static var verb: String {
        configuration.commandName ?? "\(Self.self)".lowercased()
    }
}
