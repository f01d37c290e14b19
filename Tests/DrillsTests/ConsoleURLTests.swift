import Drills
import Testing
import UnitFiles

@Suite("ConsoleUrl=")
struct ConsoleURLTests {
    @Test(
        "is kept as browsers name the place",
        arguments: [
            ("https://drills.example", "https://drills.example"),
            ("https://Drills.Example:443", "https://drills.example"),
            ("http://drills.example:80", "http://drills.example"),
            ("http://drills.example:443", "http://drills.example:443"),
            ("https://[::1]:443", "https://[::1]"),
            ("https://[fe80::443]", "https://[fe80::443]"),
        ])
    func origin(text: String, origin: String) {
        let (settings, problems) = read(text)
        #expect(settings?.consoleURL == origin)
        #expect(problems.isEmpty)
    }

    @Test("has no path, for the console's pages begin at the root")
    func path() {
        let (settings, problems) = read("https://ops.example/drills")
        #expect(settings == nil)
        #expect(
            problems == [
                "drilld.conf:2:12: ConsoleUrl= has a path, and the console's pages begin at /; "
                    + "remove it, and let the proxy serve the console under a name of its own"
            ])
    }

    private func read(_ url: String) -> (settings: DaemonSettings?, problems: [String]) {
        var problems: [Problem] = []
        let file = UnitFile.parse(
            Array("[Daemon]\nConsoleUrl=\(url)\n".utf8), name: "drilld.conf", path: "drilld.conf",
            into: &problems)
        let settings = DaemonSettings(file, specifiers: Fixture.specifiers, into: &problems)
        return (settings, problems.map(\.description))
    }
}
