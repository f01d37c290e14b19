import Testing
import UnitFiles

@Suite("The check against the table")
struct SettingsCheckTests {
    private func check(_ text: String) -> [String] {
        let parsed = Parsed(text)
        var problems = parsed.problems
        _ = sampleTable.settings(
            of: parsed.file, specifiers: sampleSpecifiers, into: &problems)
        return problems.map(\.description)
    }

    @Test(
        "names what is wrong and what to write instead",
        arguments: [
            ("[Dril a]\nPage=1", ["3:1: unknown section [Dril]; did you mean [Drill NAME]?"]),
            (
                "[Zebra]",
                [
                    "3:1: unknown section [Zebra]; "
                        + "write [Calendar], [Target NAME], [Drill NAME] or [Respond]"
                ]
            ),
            ("[Drill]", ["3:1: [Drill] needs a name; write [Drill NAME]"]),
            (
                "[Drill a  b]",
                ["3:8: the name 'a  b' has white space in it; write [Drill a-b]"]
            ),
            (
                "[Calendar x]\nTeam=y",
                [
                    "3:11: [Calendar] takes no name, but has 'x'; write [Calendar]",
                    "3:1: there may be only one [Calendar] section; "
                        + "the first is [Calendar] at t.calendar:1:1; remove this one",
                ]
            ),
            (
                "[Respond a]\nCommand=x\n[Respond b]\nCommand=y",
                [
                    "5:1: there may be only one [Respond] section; "
                        + "the first is [Respond a] at t.calendar:3:1; remove this one"
                ]
            ),
            (
                "[Drill a]\nOnCalender=x\n Team=y\nArmd=1\nQuux=1\nX-Quux=1",
                [
                    "4:1: unknown key OnCalender= in [Drill]; did you mean OnCalendar=?",
                    "5:2: unknown key Team= in [Drill]; it belongs in [Calendar]",
                    "6:1: unknown key Armd= in [Drill]; did you mean Armed= in [Target NAME]?",
                    "7:1: unknown key Quux= in [Drill]; "
                        + "'drillctl help directives Drill' lists the known ones",
                ]
            ),
            (
                "[Target t]\nAllow=a\nAllow=\n",
                ["3:1: [Target t] has no Allow=; add Allow=KIND:PATTERN"]
            ),
            ("[X-Mine]\nAnything=1\n[X-Mine]\nB=2", []),
        ])
    func namesProblems(text: String, problems: [String]) {
        #expect(check("[Calendar]\nTeam=x\n" + text) == problems.map { "t.calendar:\($0)" })
    }

    @Test("misses required sections and says what belongs in them")
    func missesSections() {
        #expect(
            check("") == ["t.calendar:1:1: there is no [Calendar] section; add one with Team="])
    }

    @Test("does not report a header twice that the parser already reported")
    func reportsOnce() {
        #expect(
            check("[Calendar]\nTeam=x\n[Calendar]\nTeam=y\n") == [
                "t.calendar:3:1: [Calendar] already begins in line 1; put its settings there"
            ])
    }

    @Test("takes what a drop-in adds")
    func takesDropIns() {
        var file = Parsed("[Calendar]\nDescription=d\n").file
        file.merge(Parsed("[Calendar]\nTeam=x\n", path: "d.conf").file)
        var problems: [Problem] = []
        let settings = sampleTable.settings(
            of: file, specifiers: sampleSpecifiers, into: &problems)
        #expect(settings.first?.word("Team", into: &problems)?.position.file == "d.conf")
        #expect(problems == [])
    }
}
