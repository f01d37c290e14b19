/// The manual page of a command and all its verbs, in the man macros of troff.
package struct CommandPage {
    private let tree: CommandTree
    private let date: String
    private let version: String

    init(_ tree: CommandTree, date: String, version: String) {
        self.tree = tree
        self.date = date
        self.version = version
    }

    /// The source of the page.
    var troff: String {
        (heading + verbs + options + statuses + environment + references)
            .joined(separator: "\n") + "\n"
    }

    private var name: String { tree.commandName }

    private var heading: [String] {
        [
            ".TH \(name.uppercased()) 1 \"\(date)\" \"drilld \(version)\" \"drilld\"", ".nh",
            ".ad l",
            ".SH NAME", "\(name) \\- \(lowercased(tree.abstract))",
            ".SH SYNOPSIS", ".B \(name)", "\\fIVERB\\fR [\\fIOPTIONS\\fR]",
            ".SH DESCRIPTION",
            "Verbs that look at files or at what was recorded need no daemon;",
            "the others ask", ".BR drilld (8)", "through its socket.",
            "On a terminal a run is shown live; elsewhere each event is a line.",
        ]
    }

    private var verbs: [String] {
        [".SH VERBS"] + leaves(of: tree, path: []).flatMap(section)
    }

    /// The verbs that do something, each with the words that lead to it; `help` by itself once.
    private func leaves(
        of tree: CommandTree, path: [String]
    ) -> [(path: String, verb: CommandTree)] {
        var seen: Set<String> = []
        return tree.visibleSubcommands.filter { seen.insert($0.commandName).inserted }.flatMap {
            verb in
            let path = path + [verb.commandName]
            return verb.visibleSubcommands.isEmpty || verb.commandName == "help"
                ? [(path.joined(separator: " "), verb)] : leaves(of: verb, path: path)
        }
    }

    private func section(_ path: String, _ verb: CommandTree) -> [String] {
        let own = verb.visibleArguments.filter { !isCommon($0) }
        let positionals = own.filter { $0.kind == "positional" }.map { argument in
            let word =
                "\\fI\(escaped(argument.valueName ?? "value").uppercased())\\fR"
                + (argument.isRepeating ? " ..." : "")
            return argument.isOptional ? "[\(word)]" : word
        }
        let head = (["\\fB\(escaped(path))\\fR"] + positionals).joined(separator: " ")
        let text = [verb.abstract, verb.discussion].compactMap { $0 }.filter { !$0.isEmpty }
        let items = own.filter { $0.kind != "positional" }
        return [".TP", head] + text.map(line)
            + (items.isEmpty ? [] : [".RS"] + items.flatMap(item) + [".RE"])
    }

    private func item(_ argument: CommandTree.Argument) -> [String] {
        let names = (argument.names ?? []).map { "\\fB\(escaped($0.text))\\fR" }
        let value =
            argument.kind == "option"
            ? " \\fI\(escaped(argument.valueName ?? "value").uppercased())\\fR" : ""
        let standard =
            argument.kind == "option" ? argument.defaultValue.map { " (default: \($0))" } ?? "" : ""
        return [
            ".TP", names.joined(separator: ", ") + value,
            line((argument.abstract ?? "") + standard),
        ]
    }

    private var options: [String] {
        let verb = tree.visibleSubcommands.first { $0.commandName == "list" }
        let common = verb?.visibleArguments.filter(isCommon) ?? []
        return [".SH OPTIONS", "Every verb takes these."] + common.flatMap(item)
    }

    private func isCommon(_ argument: CommandTree.Argument) -> Bool {
        let common: Set<String> = ["socket", "state", "folder", "json", "no-color"]
        return argument.names?.contains { common.contains($0.name) } ?? false
    }

    private var statuses: [String] {
        [".SH \"EXIT STATUS\""]
            + ExitStatus.allCases.flatMap { [".TP", "\\fB\($0.rawValue)\\fR", line($0.meaning)] }
    }

    private var environment: [String] {
        [
            ".SH ENVIRONMENT", ".TP",
            "\\fBDRILL_SOCKET\\fR, \\fBDRILL_STATE\\fR, \\fBDRILL_PATH\\fR",
            line("Stand in for --socket, --state and --folder; DRILL_PATH separates by colons."),
            ".TP", "\\fBNO_COLOR\\fR", "If set, nothing is coloured.",
        ]
    }

    private var references: [String] {
        [
            ".SH \"SEE ALSO\"", ".BR drilld (8),", ".BR drilld.calendar (5),",
            ".BR drilld.scenario (5),", ".BR systemd.time (7)",
        ]
    }
}

extension CommandPage {
    /// Text without anything that troff would take for a request.
    private func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("'", with: "\\(aq")
    }

    private func line(_ text: String) -> String {
        let one = escaped(text.replacing("\n", with: " "))
        return one.hasPrefix(".") ? "\\&" + one : one
    }

    private func lowercased(_ abstract: String?) -> String {
        let text = escaped(abstract ?? "")
        let sentence = text.hasSuffix(".") ? String(text.dropLast()) : text
        return sentence.prefix(1).lowercased() + sentence.dropFirst()
    }
}
