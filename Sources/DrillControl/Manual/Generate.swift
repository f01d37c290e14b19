import ArgumentParser
import DrillDaemon
import Drills
import Foundation
import UnitFiles

/// `drillctl generate`, for the installation.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Write the manual pages or the completions.", shouldDisplay: false)

    /// What can be written.
    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case man, completions
    }

    @Argument(help: "What to write: man or completions.") var subject: Subject

    @Option(
        name: .customLong("into"), help: "The folder to write into; it is made if need be.",
        completion: .directory)
    var folder: String

    @Option(help: ArgumentHelp("The day on the manual pages.", valueName: "date"))
    var date = "2026-11-21"

    func run() throws {
        let files = subject == .man ? try manual() : completions()
        let root = URL(filePath: folder)
        for (path, text) in files {
            let file = root.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
            Output().write("\(file.path)\n")
        }
    }

    private func manual() throws -> [(path: String, text: String)] {
        let page = CommandPage(
            try CommandTree.of(Drillctl.self), date: date, version: DrillDesk.version)
        let tables = DirectiveTable.all.map { table in
            let page = ManualPage(table, date: date, version: DrillDesk.version)
            return (path: "man5/\(page.name).5", text: page.troff)
        }
        return [(path: "man1/drillctl.1", text: page.troff)] + tables
    }

    /// Each in the place below `share` where its shell looks.
    private func completions() -> [(path: String, text: String)] {
        [
            ("bash-completion/completions/drillctl", Drillctl.completionScript(for: .bash)),
            ("zsh/site-functions/_drillctl", Drillctl.completionScript(for: .zsh)),
            ("fish/vendor_completions.d/drillctl.fish", Drillctl.completionScript(for: .fish)),
        ]
    }
}
