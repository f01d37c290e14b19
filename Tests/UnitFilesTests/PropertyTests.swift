import Testing
import UnitFiles

@Suite("Whatever the text is")
struct PropertyTests {
    @Test("every position is a place in the file", arguments: 0..<400 as Range<UInt64>)
    func positionsAreInside(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let bytes = random.noise()
        let lines = Lines(bytes)
        let parsed = Parsed(bytes: bytes)
        var problems = parsed.problems
        let settings = sampleTable.settings(
            of: parsed.file, specifiers: sampleSpecifiers, into: &problems)
        for section in settings {
            for directive in sampleTable.directives(in: section.kind) {
                _ = section.values(directive.key, into: &problems)
                for word in section.words(directive.key, into: &problems) {
                    for offset in 0...word.text.utf8.count {
                        #expect(lines.contain(word.position(atUTF8Offset: offset)))
                    }
                }
            }
        }
        for problem in problems { #expect(lines.contain(problem.position), "\(problem)") }
        for section in parsed.file.sections {
            #expect(lines.contain(section.position))
            #expect(lines.contain(section.namePosition))
            for entry in section.entries {
                #expect(lines.contain(entry.position))
                #expect(lines.contain(entry.valuePosition))
            }
        }
    }

    @Test("a plain character stands where its position says", arguments: 0..<200 as Range<UInt64>)
    func positionsAreExact(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = random.unitText()
        let lines = Lines(Array(text.utf8))
        let parsed = Parsed(text)
        #expect(parsed.lines == [])
        for entry in parsed.file.sections.flatMap(\.entries) {
            #expect(lines.scalar(at: entry.position) == entry.key.unicodeScalars.first)
            var offset = 0
            for scalar in entry.value.unicodeScalars {
                let found = lines.scalar(at: entry.position(atUTF8Offset: offset))
                #expect(found == scalar || (scalar == " " && found == "\\"))
                offset += UTF8.width(scalar)
            }
        }
    }

    @Test("a file that is printed is read back unchanged", arguments: 0..<400 as Range<UInt64>)
    func roundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let bytes = random.number(below: 2) == 0 ? random.noise() : Array(random.unitText().utf8)
        let first = Parsed(bytes: bytes).file
        guard first.sections.allSatisfy(\.isPrintable) else { return }
        let second = Parsed(first.text).file
        #expect(second.text == first.text)
        #expect(second.sections.map(\.header) == first.sections.map(\.header))
        #expect(
            second.sections.map { $0.entries.map { [$0.key, $0.value] } }
                == first.sections.map { $0.entries.map { [$0.key, $0.value] } })
    }

    @Test("damaging a good file is survived and located", arguments: 0..<400 as Range<UInt64>)
    func mutationsAreSurvived(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var bytes = Array(random.unitText().utf8)
        for _ in 0...random.number(below: 4) { random.damage(&bytes) }
        let lines = Lines(bytes)
        let parsed = Parsed(bytes: bytes)
        var problems = parsed.problems
        _ = sampleTable.settings(of: parsed.file, specifiers: sampleSpecifiers, into: &problems)
        #expect(problems.allSatisfy { lines.contain($0.position) })
        if bytes.contains(0), !bytes.contains(0x23), !bytes.contains(0x3B) {
            #expect(problems.contains { $0.message.contains("NUL byte") })
        }
    }
}

extension Section {
    /// Whether nothing in it was damaged; U+FFFD and NUL stand for what cannot be printed again.
    fileprivate var isPrintable: Bool {
        let texts = [kind, name ?? ""] + entries.flatMap { [$0.key, $0.value] }
        return texts.allSatisfy { !$0.unicodeScalars.contains { $0 == "\u{FFFD}" || $0 == "\0" } }
    }
}

/// The lines of a text, cut by other means than the parser's.
private struct Lines {
    private let lines: [[Unicode.Scalar]]

    init(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self).unicodeScalars
        var lines: [[Unicode.Scalar]] = [[]]
        var previous: Unicode.Scalar?
        for scalar in text {
            if scalar == "\n" && previous == "\r" {
                previous = nil
                continue
            }
            if scalar == "\n" || scalar == "\r" {
                lines.append([])
            } else {
                lines[lines.count - 1].append(scalar)
            }
            previous = scalar
        }
        if lines[0].first == "\u{FEFF}" { lines[0].removeFirst() }
        self.lines = lines
    }

    /// Whether there is such a place; one column behind the end of a line counts.
    func contain(_ place: SourcePosition) -> Bool {
        guard place.line >= 1, place.line <= lines.count else { return false }
        return place.column >= 1 && place.column <= lines[place.line - 1].count + 1
    }

    func scalar(at place: SourcePosition) -> Unicode.Scalar? {
        guard contain(place), place.column <= lines[place.line - 1].count else { return nil }
        return lines[place.line - 1][place.column - 1]
    }
}

extension SeededGenerator {
    private static let pieces: [[UInt8]] =
        [
            "[Drill a]", "[Target t]", "[Calendar]", "[", "]", "Allow=", "Pages=", "Kind", "=",
            "\n",
            "\n", "\n", "\r\n", "\r", "\\\n", "\\", " ", "\t", "#", ";", "'", "\"", "%", "%n", "%q",
            "\\x41", "\\u00e4", "\\q", "ä", "😀", "x", "value", "\0", "\u{FEFF}", "\u{301}",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x82], [0x80]]

    /// Bytes that look a little like a unit file.
    fileprivate mutating func noise() -> [UInt8] {
        (0..<number(below: 60)).flatMap { _ in element(of: Self.pieces) ?? [] }
    }

    /// The text of a unit file without any problem.
    fileprivate mutating func unitText() -> String {
        let words = ["a", "über", "x=y", "50%", "'q'", "\"z z\"", "😀", "#no", "\\s"]
        let ends = ["\n", "\r\n", "\r"]
        let end = element(of: ends) ?? "\n"
        var text = ""
        for section in 0..<(1 + number(below: 4)) {
            text += "[Drill \(section)]" + end
            for _ in 0..<number(below: 5) {
                text += String(repeating: " ", count: number(below: 3)) + "Key"
                text += number(below: 2) == 0 ? "=" : " = "
                for _ in 0..<number(below: 5) {
                    text += (element(of: words) ?? "") + " "
                    if number(below: 4) == 0 { text += "\\" + end + "  " }
                    if number(below: 8) == 0 { text += "\\" + end + "# note" + end + "," }
                }
                text += "." + end
                if number(below: 3) == 0 { text += end + "; comment ä" + end }
            }
        }
        return text
    }

    /// Changes, drops, doubles or cuts off a few bytes.
    fileprivate mutating func damage(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let place = number(below: bytes.count)
        switch number(below: 5) {
        case 0: bytes[place] = UInt8(number(below: 256))
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: element(of: Self.pieces) ?? [], at: place)
        case 3: bytes.removeSubrange(place...)
        default: bytes += bytes[place...]
        }
    }
}
