/// A piece of a value that remembers where it was written.
///
/// After quotes, escapes, specifiers and continuation lines, an offset in ``text`` still maps back to
/// the line and column that it came from.
package struct Word: Hashable, Sendable {
    /// The text as it is meant: unquoted, unescaped, specifiers expanded.
    package let text: String
    /// Where the word begins, its opening quote included.
    package let position: SourcePosition
    /// Where later runs of the text begin; empty for a word that stands in the file as it is.
    let marks: [SourceMark]

    /// A word that stands in the file just as it is meant.
    package init(_ text: String, at position: SourcePosition) {
        self.init(text, at: position, marks: [])
    }

    init(_ text: String, at position: SourcePosition, marks: [SourceMark]) {
        self.text = text
        self.position = position
        self.marks = marks
    }

    /// Where the byte of ``text`` at a UTF-8 offset was written.
    package func position(atUTF8Offset offset: Int) -> SourcePosition {
        SourceMark.position(ofUTF8Offset: offset, in: text, from: position, marks: marks)
    }

    /// Where the character of ``text`` at an index was written.
    package func position(of index: String.Index) -> SourcePosition {
        position(atUTF8Offset: text.utf8.distance(from: text.startIndex, to: index))
    }

    /// A problem at the start of this word.
    package func problem(
        _ message: String, remedy: String = "", severity: Problem.Severity = .error
    ) -> Problem {
        Problem(message, remedy: remedy, at: position, severity: severity)
    }
}

extension Word: CustomStringConvertible {
    package var description: String { text }
}
