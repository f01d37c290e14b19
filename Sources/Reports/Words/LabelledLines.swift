/// Lines of at most 78 characters that begin with a label: `Kind          rollback`.
struct LabelledLines {
    private(set) var lines: [String] = []
    private let indent: Int
    private let labelWidth: Int

    init(labelWidth: Int, indent: Int = 0) {
        self.labelWidth = labelWidth
        self.indent = indent
    }

    static let width = 78

    /// Adds a label and its text; what does not fit goes on below the text.
    mutating func add(_ label: String, _ text: String) {
        let room = Self.width - indent - labelWidth
        let margin = String(repeating: " ", count: indent)
        for (index, line) in text.inASCIISigns.wrapped(width: room).enumerated() {
            let head = index == 0 ? label : ""
            lines.append(margin + head.padded(to: labelWidth) + line)
        }
    }
}

/// A paragraph of at most 78 characters a line, with a margin before each line.
func paragraph(_ text: String, indent: Int, hanging: Int = 0) -> [String] {
    let room = LabelledLines.width - indent - hanging
    return text.inASCIISigns.wrapped(width: room).enumerated().map { index, line in
        String(repeating: " ", count: index == 0 ? indent : indent + hanging) + line
    }
}

/// A title with a line under it and an empty line.
func heading(_ title: String, underline: Character = "=") -> [String] {
    let lines = paragraph(title, indent: 0)
    return lines + [String(repeating: underline, count: lines.map(\.count).max() ?? 0), ""]
}
