import Testing
import UnitFiles

@Suite("The words of a value")
struct WordTests {
    private func words(_ value: String) -> (words: [Word], problems: [String]) {
        let file = Parsed("[Calendar]\nTeam=x\n[Target t]\nAllow=\(value)\n").file
        var problems: [Problem] = []
        let settings = sampleTable.settings(
            of: file, specifiers: sampleSpecifiers, into: &problems)
        return (settings[1].words("Allow", into: &problems), problems.map(\.description))
    }

    @Test(
        "are split, unquoted and unescaped",
        arguments: [
            ("a b\tc", ["a", "b", "c"]), ("'a b' \"c d\"", ["a b", "c d"]), ("\"\" a", ["", "a"]),
            ("a=\"b c\"d", ["a=b cd"]), ("'it\"s' \"it's\"", ["it\"s", "it's"]),
            ("a\\sb", ["a b"]), ("\\t\\n\\r\\a\\b\\f\\v", ["\t\n\r\u{7}\u{8}\u{C}\u{B}"]),
            ("\\\\ \\\" \\'", ["\\", "\"", "'"]), ("\\x41\\x7a", ["Az"]), ("\\101", ["A"]),
            ("\\xc3\\xa4", ["ä"]), ("\\u00e4\\U0001F600", ["ä😀"]), ("'a\\'b'", ["a'b"]),
            ("a \\\n b", ["a", "b"]), ("'a\\\nb'", ["a b"]), ("%%n %N-%i", ["%n", "t-t"]),
            (
                "%n %p %H %t %S %E %v",
                ["t.calendar", "t", "db 1", "/run", "/var/lib", "/etc", "6.1.0"]
            ),
            ("50% 5%-9% %", ["50%", "5%-9%", "%"]), ("\\x25n", ["%n"]), ("ä ö", ["ä", "ö"]),
        ])
    func areSplit(value: String, expected: [String]) {
        let (words, problems) = words(value)
        #expect(words.map(\.text) == expected)
        #expect(problems == [])
    }

    @Test(
        "have their problems named",
        arguments: [
            (
                "a \"b c",
                "9: this \" is never closed; add a closing \", or write \\\" for the character itself"
            ),
            (
                "don't",
                "10: this ' is never closed; add a closing ', or write \\' for the character itself"
            ),
            ("a\\qb", "8: unknown escape '\\q'; write \\\\ for a backslash"),
            ("\\ä", "7: unknown escape '\\ä'; write \\\\ for a backslash"),
            ("\\x4", "7: this escape needs 2 hexadecimal digits; write \\\\ for a backslash"),
            ("\\18a", "7: this escape needs 3 octal digits; write \\\\ for a backslash"),
            ("\\777", "7: octal escape '\\777' is above \\377; write \\\\ for a backslash"),
            ("\\x00", "7: a value cannot hold a NUL byte; write \\\\ for a backslash"),
            ("\\ud800", "7: 'd800' is no Unicode character; write \\\\ for a backslash"),
            (
                "a \\xff",
                "9: the \\x and octal escapes of this word make no valid UTF-8; "
                    + "write the character itself, or \\u and four hexadecimal digits"
            ),
            (
                "a%b",
                "8: unknown specifier '%b'; write %% for a percent sign; "
                    + "known are %E, %H, %N, %S, %i, %n, %p, %t, %v"
            ),
        ])
    func haveProblems(value: String, problem: String) {
        #expect(words(value).problems == ["t.calendar:4:" + problem])
    }

    @Test("that end in a lone backslash are reported")
    func reportLoneBackslash() {
        #expect(
            words("a b\\ ").problems == [
                "t.calendar:4:10: the value ends with a single backslash; write \\\\ for a backslash"
            ])
    }

    @Test("know where each of their characters was written")
    func knowTheirPlaces() {
        let words = words("a 'b\\sc'd \\\n# comment\n  ü%Hz\\\n=\"e f\"").words
        #expect(words.map(\.text) == ["a", "b cd", "üdb 1z", "=e f"])
        #expect(
            words.map { "\($0.position.line):\($0.position.column)" } == [
                "4:7", "4:9", "6:3", "7:1",
            ])
        let places = words.map { word in
            word.text.indices.map {
                "\(word.position(of: $0).line):\(word.position(of: $0).column)"
            }
        }
        #expect(
            places == [
                ["4:7"], ["4:10", "4:11", "4:13", "4:15"],
                ["6:3", "6:4", "6:4", "6:4", "6:4", "6:6"], ["7:1", "7:3", "7:4", "7:5"],
            ])
    }

    @Test("that are quoted are read back unchanged", arguments: 0..<300 as Range<UInt64>)
    func roundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet: [Unicode.Scalar] = [
            "a", " ", "\t", "\n", "\r", "\\", "\"", "'", "%", "n", "=", "#", "ü", "😀", "\u{1}",
            "\u{7F}", "\u{1F}", "[", "]",
        ]
        let texts = (0..<4).map { _ in
            (0..<random.number(below: 9)).reduce(into: "") { text, _ in
                text.unicodeScalars.append(random.element(of: alphabet) ?? "a")
            }
        }
        let (words, problems) = words(texts.map(Word.quoted).joined(separator: " "))
        #expect(problems == [])
        #expect(words.map(\.text) == texts)
    }
}

@Suite("A suggestion")
struct SuggestionTests {
    @Test(
        "names the nearest word or none",
        arguments: [
            ("Dril", "Drill"), ("drill", "Drill"), ("Calender", "Calendar"), ("Trget", "Target"),
            ("Darget", "Target"), ("Tagret", "Target"), ("Zebra", nil), ("", nil),
        ] as [(String, String?)])
    func names(word: String, expected: String?) {
        #expect(Suggestion.nearest(to: word, among: ["Target", "Calendar", "Drill"]) == expected)
    }

    @Test("lists all words when none is near")
    func lists() {
        #expect(
            Suggestion.remedy(for: "x", among: ["yes", "no", "maybe"]) == "write yes, no or maybe")
        #expect(Suggestion.remedy(for: "mayb", among: ["yes", "maybe"]) == "did you mean 'maybe'?")
        #expect(Suggestion.list(["one"]) == "one")
    }

    @Test("of the same distance is the first in alphabetical order")
    func isDeterministic() {
        #expect(Suggestion.nearest(to: "cat", among: ["rat", "bat", "hat"]) == "bat")
    }
}
