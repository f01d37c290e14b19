/// The place in the file from which a run of a text was taken.
struct SourceMark: Hashable, Sendable {
    /// UTF-8 offset in the text at which the run begins.
    let offset: Int
    let line: Int
    let column: Int
    /// Whether the run stands in the file as it is; otherwise all of it maps to one place.
    var isVerbatim = true

    /// Maps an offset of a text back to the file by the last mark at or before it.
    static func position(
        ofUTF8Offset offset: Int, in text: String, from start: SourcePosition, marks: [SourceMark]
    ) -> SourcePosition {
        let first = SourceMark(offset: 0, line: start.line, column: start.column)
        let mark = marks.last(atOrBefore: offset) ?? first
        let run = text.utf8.dropFirst(mark.offset).prefix(max(0, offset - mark.offset))
        let columns = mark.isVerbatim ? run.scalarCount : 0
        return SourcePosition(file: start.file, line: mark.line, column: mark.column + columns)
    }
}

extension [SourceMark] {
    /// The last mark at or before an offset; the offsets never fall.
    func last(atOrBefore offset: Int) -> SourceMark? {
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if self[middle].offset <= offset { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : self[low - 1]
    }
}
