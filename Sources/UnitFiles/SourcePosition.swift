/// A place in a unit file, printed as `file:line:column` so that editors can jump to it.
package struct SourcePosition: Hashable, Sendable {
    /// The path as it was given to the reader.
    package let file: String
    /// Counted from 1; a line ends at `\n`, `\r\n` or `\r`.
    package let line: Int
    /// Counted from 1 in Unicode scalars; a tab is one column.
    package let column: Int

    /// A place; without line and column the very start of the file.
    package init(file: String, line: Int = 1, column: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// The place `columns` further right in the same line.
    package func advanced(by columns: Int) -> SourcePosition {
        SourcePosition(file: file, line: line, column: column + columns)
    }
}

extension SourcePosition: Comparable {
    package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        if left.file != right.file { return left.file < right.file }
        return (left.line, left.column) < (right.line, right.column)
    }
}

extension SourcePosition: CustomStringConvertible {
    package var description: String { "\(file):\(line):\(column)" }
}
