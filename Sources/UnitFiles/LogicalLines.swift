/// Cuts a text into logical lines: comments are skipped, continued lines joined.
///
/// Lines end at `\n`, `\r\n` or `\r`. A byte order mark at the start of the text is skipped. Damage
/// to the encoding, except in comments, and overlong lines are reported on the way.
struct LogicalLines {
    /// The longest line in bytes, after joining; the same as systemd's `LONG_LINE_MAX`.
    static let lengthLimit = 1 << 20

    private(set) var problems: [Problem] = []
    private let bytes: [UInt8]
    private let path: String
    private var index: Int
    private var lineNumber = 0

    init(_ bytes: [UInt8], path: String) {
        self.bytes = bytes
        self.path = path
        index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next line that is no comment; it may be blank.
    mutating func next() -> LogicalLine? {
        while let first = nextPhysicalLine() {
            if isComment(first) { continue }
            let line = first.isContinued ? joined(from: first) : whole(first)
            if let line { return line }
        }
        return nil
    }

    /// A line as it stands in the file.
    private struct PhysicalLine {
        let number: Int
        let range: Range<Int>
        let hasNUL: Bool
        let isASCII: Bool
        /// Whether a backslash at its end asks for the next line.
        let isContinued: Bool
    }

    private mutating func nextPhysicalLine() -> PhysicalLine? {
        guard index < bytes.count else { return nil }
        let start = index
        var (end, everyBit, hasNUL) = (index, UInt8(0), false)
        while end < bytes.count {
            let byte = bytes[end]
            if byte == ASCII.lineFeed || byte == ASCII.carriageReturn { break }
            everyBit |= byte
            if byte == 0 { hasNUL = true }
            end += 1
        }
        index = end + 1
        if end + 1 < bytes.count, bytes[end] == ASCII.carriageReturn,
            bytes[end + 1] == ASCII.lineFeed
        {
            index += 1
        }
        lineNumber += 1
        return PhysicalLine(
            number: lineNumber, range: start..<end, hasNUL: hasNUL, isASCII: everyBit < 0x80,
            isContinued: bytes[start..<end].endsWithOddBackslashes)
    }

    private func isComment(_ line: PhysicalLine) -> Bool {
        guard let first = bytes[line.range].first(where: { !ASCII.isBlank($0) }) else {
            return false
        }
        return first == ASCII.hash || first == ASCII.semicolon
    }
}

// Making logical lines.
extension LogicalLines {
    private mutating func whole(_ line: PhysicalLine) -> LogicalLine? {
        let damage = damage(of: line)
        guard line.range.count <= Self.lengthLimit else {
            reportLength(line.range.count, line: line.number)
            return nil
        }
        return LogicalLine(
            bytes: bytes[line.range], line: line.number, marks: [], damage: damage)
    }

    private mutating func joined(from first: PhysicalLine) -> LogicalLine? {
        var text: [UInt8] = []
        var marks: [SourceMark] = []
        var damage: Int?
        var last: PhysicalLine? = first
        var previous = first
        while let line = last {
            if line.number == first.number || !isComment(line) {
                if line.number != first.number {
                    marks.append(SourceMark(offset: text.count, line: line.number, column: 1))
                }
                if let found = self.damage(of: line), damage == nil {
                    damage = text.count + found - line.range.lowerBound
                }
                text += bytes[line.range]
                previous = line
                guard line.isContinued else { break }
                text[text.count - 1] = ASCII.space
            }
            last = nextPhysicalLine()
        }
        if previous.isContinued { reportTruncation(previous) }
        guard text.count <= Self.lengthLimit else {
            reportLength(text.count, line: first.number)
            return nil
        }
        return LogicalLine(bytes: text[...], line: first.number, marks: marks, damage: damage)
    }

    private mutating func reportLength(_ count: Int, line: Int) {
        problems.append(
            Problem(
                "this line has \(count) bytes, but at most \(Self.lengthLimit) are read",
                remedy: "use several assignments",
                at: SourcePosition(file: path, line: line, column: 1)))
    }

    private mutating func reportTruncation(_ line: PhysicalLine) {
        problems.append(
            Problem(
                "the file ends in the middle of a continued line",
                remedy: "restore the rest of the file, or remove the '\\'",
                at: position(of: line.range.upperBound - 1, in: line)))
    }

    private func position(of offset: Int, in line: PhysicalLine) -> SourcePosition {
        let columns = bytes[line.range.lowerBound..<offset].scalarCount
        return SourcePosition(file: path, line: line.number, column: 1 + columns)
    }
}

// Damage to the encoding.
extension LogicalLines {
    /// Reports what is wrong with the bytes of a line and gives the index of the first wrong one.
    private mutating func damage(of line: PhysicalLine) -> Int? {
        guard line.hasNUL || !line.isASCII else { return nil }
        let text = bytes[line.range]
        let nul = line.hasNUL ? text.firstIndex(of: 0) : nil
        if let nul {
            problems.append(
                Problem(
                    "NUL byte at offset \(nul) of the file",
                    remedy: "remove it; is this a text file?", at: position(of: nul, in: line)))
        }
        let invalid = line.isASCII ? nil : Self.firstInvalidIndex(in: text)
        if let invalid {
            let byte = String(bytes[invalid], radix: 16, uppercase: true)
            problems.append(
                Problem(
                    "byte 0x\(byte) at offset \(invalid) of the file is not valid UTF-8",
                    remedy: "save the file as UTF-8", at: position(of: invalid, in: line)))
        }
        return [nul, invalid].compactMap(\.self).min()
    }

    private static func firstInvalidIndex(in text: ArraySlice<UInt8>) -> Int? {
        var parser = Unicode.UTF8.ForwardParser()
        var source = text.makeIterator()
        var index = text.startIndex
        while true {
            switch parser.parseScalar(from: &source) {
            case .valid(let scalar): index += scalar.count
            case .error: return index
            case .emptyInput: return nil
            }
        }
    }
}
