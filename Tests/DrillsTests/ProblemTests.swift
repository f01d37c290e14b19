import Drills
import Foundation
import Testing
import UnitFiles

/// One case of `Data/problems.txt`: changes to the good file set, and the problems they make.
struct ProblemCase: Sendable, CustomTestStringConvertible {
    let name: String
    /// Texts by file; a name that begins with `+` is a drop-in for that file.
    let texts: [(file: String, text: String)]
    let expected: [String]

    var testDescription: String { name }

    var problems: [String] {
        var fixture = Fixture()
        for (file, text) in texts {
            if file.hasPrefix("+") {
                fixture.dropIns[String(file.dropFirst())] = text
            } else if file.hasSuffix(".calendar") {
                fixture.calendars[file] = text
            } else {
                fixture.scenarios[file] = text
            }
        }
        return fixture.load().problems.map(\.description)
    }

    /// All cases: `== name`, then `> file` with its text, then `= problem` lines.
    static let all: [ProblemCase] = {
        guard let url = Bundle.module.url(forResource: "Data/problems", withExtension: "txt"),
            let text = try? String(contentsOf: url, encoding: .utf8)
        else { return [] }
        return text.components(separatedBy: "== ").dropFirst().map(parse)
    }()

    private static func parse(_ text: String) -> ProblemCase {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let name = lines.removeFirst()
        var texts: [(file: String, text: String)] = []
        var expected: [String] = []
        for line in lines {
            if line.hasPrefix("> ") {
                texts.append((String(line.dropFirst(2)), ""))
            } else if line.hasPrefix("= ") {
                expected.append(String(line.dropFirst(2)))
            } else if !texts.isEmpty, !line.isEmpty {
                texts[texts.count - 1].text += line + "\n"
            }
        }
        return ProblemCase(name: name, texts: texts, expected: expected)
    }

    /// The case as it stands in the file, with the problems it makes today.
    func recorded() -> String {
        let inputs = texts.map { "> \($0.file)\n\($0.text)" }.joined()
        return "== \(name)\n\(inputs)\(problems.map { "= \($0)\n" }.joined())\n"
    }
}

@Suite("A file set with mistakes")
struct ProblemTests {
    @Test("is told all of them, each with place and remedy", arguments: ProblemCase.all)
    func reports(example: ProblemCase) {
        #expect(example.problems == example.expected)
    }

    @Test("has a table of cases that is rewritten when goldens are recorded")
    func records() throws {
        #expect(ProblemCase.all.count > 40)
        guard ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil else { return }
        try expectGolden(ProblemCase.all.map { $0.recorded() }.joined(), "problems.txt")
    }

    @Test("loads without a problem once they are mended")
    func baseIsGood() throws {
        let calendar = try Fixture().calendar()
        #expect(
            calendar.contents == "1 drill, 2 scenarios, 1 target, 5 people, 1 channel, 0 freezes")
    }
}
