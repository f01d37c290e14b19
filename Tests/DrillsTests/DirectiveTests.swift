import CalendarTime
import Drills
import Testing
import UnitFiles

@Suite("The tables of directives")
struct DirectiveTests {
    @Test("explain each key in one line without a full stop")
    func helpIsOneLine() {
        for directive in DirectiveTable.all.flatMap(\.directives) {
            #expect(!directive.help.isEmpty && !directive.help.contains("\n"))
            #expect(!directive.help.hasSuffix("."), "\(directive.key)")
            #expect(directive.help.utf8.count < 100, "\(directive.key)")
        }
    }

    @Test("name only sections that some table has as the target of a reference")
    func referencesExist() {
        for directive in DirectiveTable.all.flatMap(\.directives) {
            if case .reference(let kind) = directive.type {
                #expect(DirectiveTable.calendar.rule(for: kind) != nil)
            }
        }
    }

    @Test("give the daemon its settings when the file is empty")
    func daemonDefaults() throws {
        let settings = try #require(daemon("").settings)
        #expect(settings.stateDirectory == "/var/lib/drilld")
        #expect(settings.archiveDirectory == "/var/lib/drilld/archive")
        #expect(settings.socket == "/run/drilld/api.sock")
        #expect(settings.agent == "/run/drilld/agent.sock")
        #expect(settings.watchdog == .seconds(30))
        #expect(settings.operatorGroup == "drilld")
        #expect(settings.consoleURL == nil)
    }

    @Test("let the file change the daemon's settings")
    func daemonSettings() throws {
        let text =
            "[Daemon]\nStateDirectory=%S/other\nWatchdogSec=1min\nConsoleUrl=https://drills.example:8443\n"
        let settings = try #require(daemon(text).settings)
        #expect(settings.archiveDirectory == "/var/lib/other/archive")
        #expect(settings.watchdog == .minutes(1))
        #expect(settings.consoleURL == "https://drills.example:8443")
    }

    @Test("refuse what they do not list or cannot read")
    func daemonProblems() {
        let result = daemon(
            "[Daemon]\nSocket=api.sock\nWatchdogSec=0\nSoket=/x\nConsoleUrl=drills.example\n")
        #expect(result.settings == nil)
        #expect(
            result.problems == [
                "drilld.conf:2:8: Socket= is no absolute path: 'api.sock'; begin it with /",
                "drilld.conf:3:13: WatchdogSec= must be longer than 0; write for example '5min'",
                "drilld.conf:4:1: unknown key Soket= in [Daemon]; did you mean Socket=?",
                "drilld.conf:5:12: ConsoleUrl= does not begin with a scheme; "
                    + "write http:// or https:// before it",
            ])
    }

    private func daemon(_ text: String) -> (settings: DaemonSettings?, problems: [String]) {
        var problems: [Problem] = []
        let file = UnitFile.parse(
            Array(text.utf8), name: "drilld.conf", path: "drilld.conf", into: &problems)
        let settings = DaemonSettings(file, specifiers: Fixture.specifiers, into: &problems)
        return (settings, problems.sorted().map(\.description))
    }
}
