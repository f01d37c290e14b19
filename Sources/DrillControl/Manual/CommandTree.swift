import ArgumentParser
import Foundation

/// A command as the parser describes it, read from its dump.
struct CommandTree: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let shouldDisplay: Bool?
    let subcommands: [CommandTree]?
    let arguments: [Argument]?

    /// One argument, option or flag.
    struct Argument: Decodable {
        let kind: String
        let shouldDisplay: Bool
        let isOptional: Bool
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?
        let abstract: String?
        let defaultValue: String?

        /// `--socket` or `-n`.
        struct Name: Decodable {
            let kind: String
            let name: String

            var text: String { (kind == "long" ? "--" : "-") + name }
        }
    }

    private struct Dump: Decodable {
        let command: CommandTree
    }

    /// The tree of a command, as the parser knows it.
    static func of(_ command: any ParsableCommand.Type) throws -> CommandTree {
        let text = command._dumpHelp()
        return try JSONDecoder().decode(Dump.self, from: Data(text.utf8)).command
    }

    /// What a reader may call; the parser's own help verb stands for none of ours.
    var visibleSubcommands: [CommandTree] {
        (subcommands ?? []).filter { $0.shouldDisplay ?? true }
    }

    var visibleArguments: [Argument] {
        (arguments ?? []).filter { argument in
            let names = argument.names?.map(\.name) ?? []
            return argument.shouldDisplay && !names.contains("help") && !names.contains("version")
        }
    }
}
