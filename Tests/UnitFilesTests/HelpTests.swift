import Testing
import UnitFiles

@Suite("The table of directives")
struct HelpTests {
    @Test("is printed as help")
    func printsHelp() throws {
        try expectGolden(try #require(HelpText.text(for: [sampleTable])), "help.txt")
    }

    @Test("is printed as a page of the manual")
    func printsManual() throws {
        let page = ManualPage(sampleTable, date: "2026-11-21", version: "1.0")
        #expect(page.name == "drilld.calendar")
        try expectGolden(page.troff, "drilld.calendar.5")
    }

    @Test("is printed as JSON")
    func printsJSON() throws {
        try expectGolden(DirectiveJSON.text(for: [sampleTable]), "directives.json")
    }

    @Test(
        "is searched by section or key",
        arguments: ["team", "Team=", "TEAM"])
    func findsKey(topic: String) {
        #expect(
            HelpText.text(for: [sampleTable], about: topic) == """
                calendar files, NAME.calendar: Drills planned for a campaign

                  [Calendar]
                      What holds for the whole file (required)

                    Team=WORD
                          Who it belongs to (required)

                """)
    }

    @Test("is searched by section too", arguments: ["Respond", "[respond]", "[Respond NAME]"])
    func findsSection(topic: String) throws {
        let text = try #require(HelpText.text(for: [sampleTable], about: topic))
        #expect(text.contains("Command=COMMAND"))
        #expect(!text.contains("Team="))
    }

    @Test("has nothing about what it does not list")
    func findsNothing() {
        #expect(HelpText.text(for: [sampleTable], about: "Nothing") == nil)
    }
}
