import Testing
import UnitFiles

@Suite("A damaged unit file")
struct ParserProblemTests {
    @Test(
        "gets all its problems named with place and remedy",
        arguments: [
            (
                "A=1\n[S]\n",
                [
                    "1:1: A= stands before the first section; begin with a header such as [Calendar] "
                        + "or [Scenario]"
                ]
            ),
            (
                "[S]\n  some words\n=x\n",
                [
                    "2:3: there is no '=' in this line; write KEY=VALUE, '#' before a comment, "
                        + "or '\\' at the end of a line that goes on here",
                    "3:1: there is no key before '='; write KEY=VALUE",
                ]
            ),
            ("[S\nA=1\n", ["1:1: this section header is never closed; add ']' at its end"]),
            ("[]\nA=1\n", ["1:1: this section header is empty; write for example [Drill NAME]"]),
            (
                "[S] # why\nA=1\n",
                ["1:5: there is text after the section header; move it to a line of its own"]
            ),
            ("[S\u{1}]\n", ["1:3: there is a control character in this section header; remove it"]),
            (
                "[Drill a]\n[Drill b]\n[Drill  a]\n",
                [
                    "3:1: [Drill a] already begins in line 1; put its settings there or give this "
                        + "one another name"
                ]
            ),
            ("[S]\n[S]\n", ["2:1: [S] already begins in line 1; put its settings there"]),
            (
                "[S]\nA=b\\\n# c\n",
                [
                    "2:4: the file ends in the middle of a continued line; restore the rest of the "
                        + "file, or remove the '\\'"
                ]
            ),
            (
                "[S]\nA=b\\",
                [
                    "2:4: the file ends in the middle of a continued line; restore the rest of the "
                        + "file, or remove the '\\'"
                ]
            ),
            (
                "[S]\nA=b\\ \nB=2\n",
                [
                    "2:4: warning: white space after '\\' keeps this line from going on in the next; "
                        + "remove what follows the backslash"
                ]
            ),
            (
                "[S]\nA=b\0c\0\n# \0\n",
                ["2:4: NUL byte at offset 7 of the file; remove it; is this a text file?"]
            ),
        ])
    func namesProblems(text: String, problems: [String]) {
        #expect(Parsed(text).lines == problems.map { "t.calendar:\($0)" })
    }

    @Test("has the place of the first byte that is not UTF-8 in each line")
    func locatesInvalidBytes() {
        let bytes = Array("[S]\nÄ=ü\\\n ü".utf8) + [0xFC, 0xFC] + Array("\nB=".utf8) + [0xC3]
        #expect(
            Parsed(bytes: bytes).lines == [
                "t.calendar:3:3: byte 0xFC at offset 14 of the file is not valid UTF-8; "
                    + "save the file as UTF-8",
                "t.calendar:4:3: byte 0xC3 at offset 19 of the file is not valid UTF-8; "
                    + "save the file as UTF-8",
            ])
    }

    @Test("is tolerated where only comments are not UTF-8, as systemd does")
    func toleratesComments() {
        #expect(Parsed(bytes: Array("[S]\n# ".utf8) + [0xE9] + Array("\nA=1".utf8)).lines == [])
    }

    @Test("does not lose the line when a damaged header opens a section")
    func ignoresDamagedHeader() {
        let parsed = Parsed(bytes: Array("[S".utf8) + [0xFF] + Array("]\nA=1\nB\n[T]\n".utf8))
        #expect(parsed.problems.map(\.position.line) == [1, 3])
        #expect(parsed.file.sections.map(\.kind) == ["T"])
        #expect(parsed.file.sections.first?.entries.isEmpty == true)
    }

    @Test("is refused line by line where lines are overlong")
    func refusesLongLines() {
        let long = String(repeating: "a", count: 1 << 20)
        let half = String(repeating: "b", count: 1 << 19)
        let parsed = Parsed("[S]\nA=\(long)\nB=1\nC=\(half)\\\n\(half)\nD=1\n")
        #expect(
            parsed.lines == [
                "t.calendar:2:1: this line has 1048578 bytes, but at most 1048576 are read; "
                    + "use several assignments",
                "t.calendar:4:1: this line has 1048579 bytes, but at most 1048576 are read; "
                    + "use several assignments",
            ])
        #expect(parsed.file.sections.first?.entries.map(\.key) == ["B", "D"])
    }

    @Test("may have a line of the greatest length")
    func acceptsLongestLine() {
        let value = String(repeating: "a", count: (1 << 20) - 2)
        #expect(Parsed("[S]\nA=\(value)\n").lines == [])
    }

    @Test("is not read at all when it is too large")
    func refusesLargeText() {
        let parsed = Parsed(bytes: [UInt8](repeating: 0x61, count: UnitFile.byteLimit + 1))
        #expect(
            parsed.lines == [
                "t.calendar:1:1: the file has 4194305 bytes, but at most 4194304 are read; "
                    + "split it into several files"
            ])
    }

    @Test("that is no unit file gets a thousand problems and a count of the others")
    func limitsProblems() {
        let parsed = Parsed("[S]\n" + String(repeating: "x\n", count: 1_500))
        #expect(parsed.problems.count == 1_001)
        #expect(
            parsed.lines.last
                == "t.calendar:1002:1: 500 more problems are not shown; "
                + "mend the ones above first; is this a unit file at all?")
    }
}

@Suite("Problems")
struct ProblemTests {
    private let place = SourcePosition(file: "a", line: 2, column: 3)

    @Test("print their remedy only if there is one")
    func prints() {
        #expect(Problem("bad", at: place).description == "a:2:3: bad")
        #expect(
            Problem("odd", remedy: "mend it", at: place, severity: .warning).description
                == "a:2:3: warning: odd; mend it")
    }

    @Test("come in the order of the files, errors first, each once")
    func areOrdered() {
        let later = Problem("a", at: SourcePosition(file: "a", line: 10, column: 1))
        let warning = Problem("a", at: place, severity: .warning)
        let error = Problem("z", at: place)
        let other = Problem("a", at: SourcePosition(file: "b"))
        #expect(
            [other, later, warning, error, error].inFileOrder() == [error, warning, later, other])
        #expect([warning, error].containsError)
        #expect(![warning].containsError)
    }
}
