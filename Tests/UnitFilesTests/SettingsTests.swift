import Testing
import UnitFiles

@Suite("Settings")
struct SettingsTests {
    /// The settings of the first `[Target]`, with what was wrong.
    private func read<Value>(
        _ body: String, in header: String = "[Target t]",
        _ value: (Settings, inout [Problem]) -> Value
    ) throws -> (value: Value, problems: [String]) {
        let file = Parsed("[Calendar]\nTeam=x\n\(header)\n\(body)").file
        var ignored: [Problem] = []
        var problems: [Problem] = []
        let all = sampleTable.settings(of: file, specifiers: sampleSpecifiers, into: &ignored)
        let settings = try #require(all.last)
        return (value(settings, &problems), problems.map(\.description))
    }

    @Test(
        "of a list append until an empty one resets them",
        arguments: [
            ("Allow=a b\nAllow=c\n", ["a", "b", "c"]), ("Allow=a\nAllow=\n", []),
            ("Allow=a\nAllow=\nAllow=b\n", ["b"]), ("", []),
        ])
    func appendAndReset(body: String, expected: [String]) throws {
        let words = try read(body) { $0.words("Allow", into: &$1).map(\.text) }
        #expect(words.value == expected)
    }

    @Test(
        "of a scalar take the last value, or the default after a reset",
        arguments: [
            ("Armed=yes\nArmed=no\n", false), ("Armed=no\nArmed=yes\n", true),
            ("Armed=yes\nArmed=\n", false), ("", false),
        ])
    func takeTheLast(body: String, expected: Bool) throws {
        #expect(try read(body) { $0.bool("Armed", into: &$1) }.value == expected)
    }

    @Test(
        "that are boolean have the words of systemd.syntax(7)",
        arguments: [
            ("1 yes y true t on YES True oN", true), ("0 no n false f off NO False oFF", false),
        ])
    func readBooleans(words: String, expected: Bool) throws {
        for word in words.split(separator: " ") {
            let read = try read("Armed=\(word)\n") { $0.bool("Armed", into: &$1) }
            #expect(read.value == expected)
            #expect(read.problems == [])
        }
    }

    @Test(
        "that are wrong say what to write",
        arguments: [
            ("Armed=maybe", "7: Armed= is no boolean: 'maybe'; write yes or no"),
            (
                "Armed=yes no",
                "11: Armed= takes one word, but 'no' follows; "
                    + "remove it, or put the whole value in double quotes"
            ),
        ])
    func explainBooleans(line: String, problem: String) throws {
        let read = try read(line) { $0.bool("Armed", into: &$1) }
        #expect(read.value == nil)
        #expect(read.problems == ["t.calendar:4:\(problem)"])
    }

    @Test(
        "that are numbers keep to their range",
        arguments: [
            ("7", 7, nil), ("+3", 3, nil),
            ("11", nil, "7: Pages= is out of range: 11; write a whole number from 1 to 10"),
            ("x1", nil, "7: Pages= is no whole number: 'x1'; write a whole number from 1 to 10"),
        ] as [(String, Int?, String?)])
    func readNumbers(text: String, expected: Int?, problem: String?) throws {
        let read = try read("Pages=\(text)", in: "[Drill d]") { $0.int("Pages", into: &$1) }
        #expect(read.value == expected)
        #expect(read.problems == (problem.map { ["t.calendar:4:\($0)"] } ?? []))
    }

    @Test("that are numbers may have a range of the caller")
    func readNumbersInRange() throws {
        let low = try read("Weight=-1", in: "[Drill d]") { $0.int("Weight", into: &$1) }
        #expect(
            low.problems == [
                "t.calendar:4:8: Weight= is out of range: -1; write a whole number of at least 0"
            ])
        let high = try read("Weight=9", in: "[Drill d]") {
            $0.int("Weight", in: .min...8, into: &$1)
        }
        #expect(
            high.problems == [
                "t.calendar:4:8: Weight= is out of range: 9; write a whole number of at most 8"
            ])
        #expect(try read("", in: "[Drill d]") { $0.int("Pages", into: &$1) }.value == 5)
        #expect(try read("", in: "[Drill d]") { $0.int("Weight", into: &$1) }.value == nil)
    }

    @Test("that choose from words name the nearest")
    func readChoices() throws {
        let good = try read("Kind=replay", in: "[Drill d]") {
            $0.choice("Kind", of: SampleKind.self, into: &$1)
        }
        #expect(good.value == .replay)
        let near = try read("Kind=rolback", in: "[Drill d]") {
            $0.choice("Kind", of: SampleKind.self, into: &$1)
        }
        #expect(
            near.problems == ["t.calendar:4:6: Kind= cannot be 'rolback'; did you mean 'rollback'?"]
        )
    }

    @Test("that are text keep their quotes and expand specifiers")
    func readText() throws {
        let read = try read("Allow=don't \\x41 \"%i\" 100%\nAllow=b c") {
            $0.values("Allow", into: &$1).map(\.text)
        }
        #expect(read.value == ["don't \\x41 \"t\" 100%", "b c"])
        #expect(read.problems == [])
        let last = try self.read("Allow=a\nAllow=%%b") { $0.string("Allow", into: &$1) }
        #expect(last.value == "%b")
    }

    @Test("that are command lines stay apart")
    func readCommandLines() throws {
        let read = try read("Allow=a 'b c'\nAllow=d") {
            $0.wordLists("Allow", into: &$1).map { $0.map(\.text) }
        }
        #expect(read.value == [["a", "b c"], ["d"]])
    }

    @Test("know their section and whether a key is set")
    func knowTheirSection() throws {
        let read = try read("Allow=a\n") { settings, _ in settings }
        #expect(read.value.kind == "Target")
        #expect(read.value.name == "t")
        #expect(read.value.isSet("Allow"))
        #expect(!read.value.isSet("Armed"))
        #expect(read.value.position(of: "Allow").description == "t.calendar:4:7")
        #expect(read.value.position(of: "Armed").description == "t.calendar:3:1")
        #expect(read.value.position.line == 3)
    }

    @Test("expand the part of a template's name before the at sign")
    func expandPrefix() throws {
        let file = Parsed("[Calendar]\nTeam=%p %N\n", name: "shop@eu.calendar").file
        var problems: [Problem] = []
        let settings = sampleTable.settings(
            of: file, specifiers: sampleSpecifiers, into: &problems)
        #expect(settings.first?.string("Team", into: &problems) == "shop shop@eu")
    }
}
