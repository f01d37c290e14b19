import Foundation
import Testing

@Suite("The command line")
struct CommandScriptTests {
    private static let scripts =
        ((try? FileManager.default.contentsOfDirectory(atPath: scriptFolder.path)) ?? [])
        .filter { $0.hasSuffix(".txt") }.sorted()

    @Test("prints what the scripts in Tests/CLI say", arguments: scripts)
    func printsWhatScriptsSay(name: String) throws {
        let file = scriptFolder.appending(path: name)
        let script = CommandScript(try String(contentsOf: file, encoding: .utf8))
        #expect(!script.parts.isEmpty)
        try expectGolden(try script.replayed(in: ScriptPlace()), at: file)
    }

    @Test("answers a storm from the first page to the scorecard", .timeLimit(.minutes(10)))
    func answersAStorm() throws {
        let file = scriptFolder.appending(path: "daemon/response.txt")
        let script = CommandScript(try String(contentsOf: file, encoding: .utf8))
        let daemon = try DaemonPlace()
        try daemon.untilItAnswers()
        try expectGolden(try script.replayed(in: daemon.place), at: file)
    }

    @Test("has scripts")
    func hasScripts() {
        #expect(Self.scripts.count >= 5)
    }

    @Test(
        "prints JSON that parses",
        arguments: [
            "verify", "plan --quarter 2027-Q1 --base-time 2026-12-01", "mutate first --cycles 3",
            "calendar daily", "timespan 5min", "trend durations.txt", "show first",
            "help directives",
        ])
    func printsJSON(arguments: String) throws {
        let (output, status) = try ScriptPlace().run("drillctl \(arguments) --json")
        #expect(status == 0)
        _ = try JSONSerialization.jsonObject(with: Data(output.utf8))
    }

    @Test("keeps columns aligned under their headings")
    func alignsTables() throws {
        let (output, _) = try ScriptPlace().run("drillctl mutate first --cycles 5")
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false).prefix {
            !$0.isEmpty
        }
        #expect(lines.count == 6)
        #expect(Set(lines.map(\.count)).count == 1)
    }
}
