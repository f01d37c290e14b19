import Testing
import UnitFiles

@Suite("A unit file")
struct ParserTests {
    @Test("is read as the examples of systemd.syntax(7) say")
    func readsTheManual() throws {
        let parsed = Parsed(
            """
            [Section A]
            KeyOne=value 1
            KeyTwo=value 2

            # a comment

            [Section B]
            Setting="something" "some thing" "..."
            KeyTwo=value 2 \\
                   value 2 continued

            [Section C]
            KeyThree=value 3\\
            # this line is ignored
            ; this line is ignored too
                   value 3 continued
            """)
        #expect(parsed.lines == [])
        #expect(
            parsed.file.sections.map(\.header) == ["[Section A]", "[Section B]", "[Section C]"])
        #expect(parsed.file.sections.map(\.kind) == ["Section", "Section", "Section"])
        #expect(parsed.file.sections.map(\.name) == ["A", "B", "C"])
        #expect(
            parsed.file.sections.map { $0.entries.map(\.value) } == [
                ["value 1", "value 2"],
                ["\"something\" \"some thing\" \"...\"", "value 2         value 2 continued"],
                ["value 3        value 3 continued"],
            ])
    }

    @Test(
        "has values without the white space around them",
        arguments: [
            ("A=b", "b"), ("A = b", "b"), (" \tA\t=\tb c \t", "b c"), ("A=", ""), ("A=  ", ""),
            ("A==b", "=b"), ("A=b=c", "b=c"), ("A=b # no comment", "b # no comment"),
            ("A=b\\\\", "b\\\\"), ("A=b\\\n\nB=c", "b"), ("A=\\\n\\\n  b", "b"),
            ("A=b\\\n#x\\\nc", "b c"), ("A=b\\\r\n c", "b  c"), ("A=b\rB=c", "b"), ("A=ü", "ü"),
        ])
    func trimsValues(line: String, value: String) throws {
        let parsed = Parsed("[S]\n" + line + "\n")
        #expect(parsed.lines == [])
        let entry = try #require(try parsed.file.firstSection().entries.first)
        #expect(entry.key == "A")
        #expect(entry.value == value)
    }

    @Test("may begin with a byte order mark, which takes up no column")
    func acceptsByteOrderMark() throws {
        let parsed = Parsed("\u{FEFF}[S]\nA=b")
        #expect(parsed.lines == [])
        #expect(try parsed.file.firstSection().position.description == "t.calendar:1:1")
    }

    @Test("ends its lines with any of three line ends", arguments: ["\n", "\r\n", "\r"])
    func countsLines(end: String) throws {
        let parsed = Parsed(["[S]", "", "# c", "A=1", "B=2"].joined(separator: end))
        let entries = try parsed.file.firstSection().entries
        #expect(entries.map(\.position.line) == [4, 5])
    }

    @Test("has columns that count Unicode scalars")
    func countsScalars() throws {
        let parsed = Parsed("[Drill  é]\n é\u{301}=x\n")
        let section = try parsed.file.firstSection()
        #expect(section.namePosition.column == 9)
        #expect(section.entries.map(\.position.column) == [2])
        #expect(section.entries.map(\.valuePosition.column) == [5])
    }

    @Test("keeps sections of its own names apart")
    func keepsSections() {
        let parsed = Parsed("[ Drill   a b ]\nX=1\n[Drill]\n[X-Drill]\n[X-Drill]\n")
        #expect(parsed.lines == [])
        #expect(parsed.file.sections.map(\.name) == ["a b", nil, nil, nil])
    }

    @Test("is printed so that a last backslash does not join the next line on")
    func printsLastBackslash() {
        let first = Parsed("[S]\nA=b\\ \nB=c\\\\\nC=d\n").file
        let second = Parsed(first.text).file
        #expect(first.sections.first?.entries.map(\.value) == ["b\\", "c\\\\", "d"])
        #expect(second.sections.first?.entries.map(\.value) == ["b\\", "c\\\\", "d"])
    }

    @Test("knows its name without the suffix")
    func knowsItsStem() {
        #expect(UnitFile(name: "a.b.calendar", path: "", sections: []).stem == "a.b")
        #expect(UnitFile(name: ".calendar", path: "", sections: []).stem == ".calendar")
        #expect(UnitFile(name: "plain", path: "", sections: []).stem == "plain")
    }

    @Test("continues with its drop-ins section by section")
    func mergesDropIns() {
        var file = Parsed("[Drill a]\nA=1\n[Drill b]\nB=1\n").file
        file.merge([
            Parsed("[Drill c]\nC=2\n[Drill a]\nA=2\n", path: "1.conf").file,
            Parsed("[Drill c]\nC=3\n", path: "2.conf").file,
        ])
        #expect(file.text == "[Drill a]\nA=1\nA=2\n\n[Drill b]\nB=1\n\n[Drill c]\nC=2\nC=3\n")
        #expect(file.sections.last?.entries.map(\.position.file) == ["1.conf", "2.conf"])
    }
}
