/// A line as it is meant: continued lines joined, with the way back to the lines of the file.
struct LogicalLine {
    let bytes: ArraySlice<UInt8>
    /// The number of the first line.
    let line: Int
    /// Where the continuing lines begin; offsets count from the start of `bytes`.
    let marks: [SourceMark]
    /// The index of the first NUL or invalid byte.
    let damage: Int?

    var isDamaged: Bool { damage != nil }

    /// The line without white space around it.
    var trimmedRange: Range<Int> { trim(bytes.startIndex..<bytes.endIndex) }

    /// A range without white space around it; one that is all white space becomes empty at its start.
    func trim(_ range: Range<Int>) -> Range<Int> {
        var end = range.upperBound
        while end > range.lowerBound, ASCII.isBlank(bytes[end - 1]) { end -= 1 }
        guard end > range.lowerBound else { return range.lowerBound..<range.lowerBound }
        return skipBlanks(from: range.lowerBound)..<end
    }

    /// The first index at or after another that holds no white space.
    func skipBlanks(from index: Int) -> Int {
        bytes[index...].firstIndex { !ASCII.isBlank($0) } ?? bytes.endIndex
    }

    /// The text of a range; damaged bytes become U+FFFD.
    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    func endsWithBackslash(_ range: Range<Int>) -> Bool { bytes[range].endsWithOddBackslashes }

    /// Where an index of `bytes` was written.
    func position(of index: Int, in file: String) -> SourcePosition {
        let offset = index - bytes.startIndex
        let mark =
            marks.last(atOrBefore: offset) ?? SourceMark(offset: 0, line: line, column: 1)
        let columns = bytes[(bytes.startIndex + mark.offset)..<index].scalarCount
        return SourcePosition(file: file, line: mark.line, column: mark.column + columns)
    }

    /// The marks inside of a range, counted from its start.
    func marks(in range: Range<Int>) -> [SourceMark] {
        guard !marks.isEmpty else { return [] }
        let start = range.lowerBound - bytes.startIndex
        let end = range.upperBound - bytes.startIndex
        return marks.filter { start < $0.offset && $0.offset < end }.map {
            SourceMark(offset: $0.offset - start, line: $0.line, column: $0.column)
        }
    }
}

extension Sequence<UInt8> {
    /// The number of Unicode scalars in valid UTF-8; never more than the number of bytes.
    var scalarCount: Int { count { !UTF8.isContinuation($0) } }
}

extension ArraySlice<UInt8> {
    /// Whether the last byte is a backslash that no other backslash escapes.
    var endsWithOddBackslashes: Bool {
        var end = endIndex
        while end > startIndex, self[end - 1] == ASCII.backslash { end -= 1 }
        return !(endIndex - end).isMultiple(of: 2)
    }
}
