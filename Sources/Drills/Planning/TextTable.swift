/// Columns of text under headings, as `systemctl` prints them.
package struct TextTable: Hashable, Sendable {
    private let headings: [String]
    private var rows: [[String]] = []

    /// A table without rows.
    package init(_ headings: String...) {
        self.headings = headings
    }

    /// Adds a row, with one cell for each heading.
    package mutating func add(_ cells: String...) {
        precondition(cells.count == headings.count, "a row has one cell for each heading")
        rows.append(cells)
    }

    /// The lines of the table, the headings first; no line ends with a space.
    package var lines: [String] {
        let all = [headings] + rows
        let widths = headings.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            let line = cells.joined(separator: "  ")
            return String(line.prefix(line.count - line.reversed().prefix { $0 == " " }.count))
        }
    }
}
