extension UnitFile {
    /// No unit file may have more bytes; 10,000 drills fit in.
    package static let byteLimit = 4 << 20

    /// Reads the text of a unit file as `systemd.syntax(7)` describes it.
    ///
    /// Every problem is appended with its place; what can be read is returned nevertheless, so that
    /// later checks can report theirs as well. The time and space taken are linear in the text.
    ///
    /// - Parameters:
    ///   - name: the file's name with its suffix, which `%n` stands for.
    ///   - path: the path as positions show it.
    package static func parse(
        _ bytes: [UInt8], name: String, path: String, into problems: inout [Problem]
    ) -> UnitFile {
        guard bytes.count <= byteLimit else {
            problems.append(.tooLarge(bytes.count, path: path))
            return UnitFile(name: name, path: path, sections: [])
        }
        var parser = UnitFileParser(bytes, path: path)
        parser.run()
        problems += parser.problems.limited(toFirst: UnitFileParser.problemLimit)
        return UnitFile(name: name, path: path, sections: parser.sections)
    }
}

/// The state of one pass over the lines of a unit file.
struct UnitFileParser {
    /// A file that is no unit file at all should not print a page for each of its lines.
    static let problemLimit = 1_000

    private(set) var sections: [Section] = []
    private(set) var problems: [Problem] = []
    private let bytes: [UInt8]
    private let path: String
    private var destination = Destination.nowhere
    private var lineOfHeader: [String: Int] = [:]

    init(_ bytes: [UInt8], path: String) {
        self.bytes = bytes
        self.path = path
    }

    mutating func run() {
        var lines = LogicalLines(bytes, path: path)
        while let line = lines.next() { read(line) }
        problems += lines.problems
        problems.sort()
    }

    /// Where assignments go.
    private enum Destination {
        /// No header came yet.
        case nowhere
        /// The header was wrong, which is already reported.
        case ignored
        case lastSection
    }

    private mutating func read(_ line: LogicalLine) {
        let range = line.trimmedRange
        guard let first = range.first else { return }
        if line.bytes[first] == ASCII.openBracket {
            readHeader(line, range)
        } else {
            readAssignment(line, range)
        }
    }

    private mutating func report(
        _ message: String, remedy: String, at index: Int, of line: LogicalLine
    ) {
        problems.append(Problem(message, remedy: remedy, at: position(index, line)))
    }

    private func position(_ index: Int, _ line: LogicalLine) -> SourcePosition {
        line.position(of: index, in: path)
    }
}

// `[Kind name]`
extension UnitFileParser {
    private mutating func readHeader(_ line: LogicalLine, _ range: Range<Int>) {
        destination = .ignored
        guard !line.isDamaged else { return }
        let inner = (range.lowerBound + 1)..<range.upperBound
        guard let end = line.bytes[inner].firstIndex(of: ASCII.closeBracket) else {
            report(
                "this section header is never closed", remedy: "add ']' at its end",
                at: range.lowerBound, of: line)
            return
        }
        guard end + 1 == range.upperBound else {
            report(
                "there is text after the section header", remedy: "move it to a line of its own",
                at: line.skipBlanks(from: end + 1), of: line)
            return
        }
        let content = line.trim(inner.lowerBound..<end)
        guard !content.isEmpty else {
            report(
                "this section header is empty", remedy: "write for example [Drill NAME]",
                at: range.lowerBound, of: line)
            return
        }
        if let control = line.bytes[content].firstIndex(where: { $0 < 0x20 || $0 == 0x7F }),
            line.bytes[control] != ASCII.tab
        {
            report(
                "there is a control character in this section header", remedy: "remove it",
                at: control, of: line)
            return
        }
        addSection(line, content, start: range.lowerBound)
    }

    private mutating func addSection(_ line: LogicalLine, _ content: Range<Int>, start: Int) {
        let blank = line.bytes[content].firstIndex(where: ASCII.isBlank) ?? content.upperBound
        let nameRange = line.trim(blank..<content.upperBound)
        let section = Section(
            kind: line.text(content.lowerBound..<blank),
            name: nameRange.isEmpty ? nil : line.text(nameRange),
            position: position(start, line),
            namePosition: position(nameRange.isEmpty ? start : nameRange.lowerBound, line))
        destination = .lastSection
        sections.append(section)
        guard !section.isExtension else { return }
        guard let earlier = lineOfHeader[section.header] else {
            lineOfHeader[section.header] = section.position.line
            return
        }
        let otherwise = section.name == nil ? "" : " or give this one another name"
        report(
            "\(section.header) already begins in line \(earlier)",
            remedy: "put its settings there\(otherwise)", at: start, of: line)
    }
}

// `Key=value`
extension UnitFileParser {
    private mutating func readAssignment(_ line: LogicalLine, _ range: Range<Int>) {
        guard let equals = line.bytes[range].firstIndex(of: ASCII.equals) else {
            guard !line.isDamaged else { return }
            report(
                "there is no '=' in this line",
                remedy: "write KEY=VALUE, '#' before a comment, or '\\' at the end of a line "
                    + "that goes on here",
                at: range.lowerBound, of: line)
            return
        }
        if let damage = line.damage, damage < equals { return }
        let keyRange = line.trim(range.lowerBound..<equals)
        guard !keyRange.isEmpty else {
            report(
                "there is no key before '='", remedy: "write KEY=VALUE", at: equals, of: line)
            return
        }
        switch destination {
        case .ignored: return
        case .nowhere:
            report(
                "\(line.text(keyRange))= stands before the first section",
                remedy: "begin with a header such as [Calendar] or [Scenario]",
                at: keyRange.lowerBound, of: line)
        case .lastSection:
            let valueRange = line.trim((equals + 1)..<range.upperBound)
            sections[sections.count - 1].entries.append(
                entry(line, key: keyRange, value: valueRange))
        }
    }

    private mutating func entry(
        _ line: LogicalLine, key: Range<Int>, value: Range<Int>
    ) -> Entry {
        if value.upperBound < line.bytes.endIndex, line.endsWithBackslash(value) {
            problems.append(
                Problem(
                    "white space after '\\' keeps this line from going on in the next",
                    remedy: "remove what follows the backslash",
                    at: position(value.upperBound - 1, line), severity: .warning))
        }
        return Entry(
            key: line.text(key), value: line.text(value),
            position: position(key.lowerBound, line),
            valuePosition: position(value.lowerBound, line), marks: line.marks(in: value))
    }
}

extension Section {
    /// Whether the section belongs to someone else, as `X-` says.
    var isExtension: Bool { kind.utf8.starts(with: "X-".utf8) }
}

extension Entry {
    /// Whether the key belongs to someone else, as `X-` says.
    var isExtension: Bool { key.utf8.starts(with: "X-".utf8) }
}

extension [Problem] {
    /// The first few, and a last one that says how many are left out.
    fileprivate func limited(toFirst limit: Int) -> [Problem] {
        guard count > limit else { return self }
        let rest = Problem(
            "\(count - limit) more problems are not shown",
            remedy: "mend the ones above first; is this a unit file at all?",
            at: self[limit].position)
        return prefix(limit) + [rest]
    }
}

extension Problem {
    /// A file of that many bytes is not read.
    static func tooLarge(_ size: Int, path: String) -> Problem {
        let limit = UnitFile.byteLimit
        return Problem(
            "the file has \(size) bytes, but at most \(limit) are read",
            remedy: "split it into several files", at: SourcePosition(file: path))
    }
}
