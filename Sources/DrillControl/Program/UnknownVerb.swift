import ArgumentParser
import UnitFiles

/// A word that stands where a verb should.
struct UnknownVerb: Error, Hashable, CustomStringConvertible {
    let word: String
    /// `drillctl`, `drillctl evidence`.
    let command: String
    /// The verb that was probably meant.
    let nearest: String?

    /// The first word among arguments, verbs first, that is no verb; nil if all are.
    static func first(in arguments: [String]) -> UnknownVerb? {
        var type: any ParsableCommand.Type = Drillctl.self
        var command = Drillctl.configuration.commandName ?? ""
        for word in arguments {
            let verbs = type.configuration.subcommands
            guard !verbs.isEmpty, !word.hasPrefix("-") else { return nil }
            guard let verb = verbs.first(where: { $0.configuration.commandName == word }) else {
                let shown = verbs.filter { $0.configuration.shouldDisplay }
                let names = shown.compactMap { $0.configuration.commandName }
                return UnknownVerb(
                    word: word, command: command,
                    nearest: Suggestion.nearest(to: word, among: names))
            }
            type = verb
            command += " \(word)"
        }
        return nil
    }

    var description: String {
        let remedy =
            nearest.map { "did you mean '\(command) \($0)'?" }
            ?? "'\(command) --help' lists those there are"
        return "'\(command)' has no verb '\(word)'; \(remedy)"
    }
}
