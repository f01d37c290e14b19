/// The sections of one unit file, in the order in which they were written.
package struct UnitFile: Sendable {
    /// The file's name with its suffix, such as `2027-q1.calendar`.
    package let name: String
    /// Where it was read from, as it appears in every position.
    package let path: String
    package var sections: [Section]

    /// A file made of sections.
    package init(name: String, path: String, sections: [Section]) {
        self.name = name
        self.path = path
        self.sections = sections
    }

    /// The name without its last suffix: `2027-q1`.
    package var stem: String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }
}

/// A `[Kind name]` header and the assignments below it.
package struct Section: Sendable {
    /// The first word of the header: `Drill` in `[Drill rollback-staging]`.
    package let kind: String
    /// The rest of the header, if there is any.
    package let name: String?
    /// Where the `[` stands.
    package let position: SourcePosition
    /// Where the name begins; the `[` when there is no name.
    package let namePosition: SourcePosition
    package var entries: [Entry]

    /// A section; drop-ins append further entries.
    package init(
        kind: String, name: String?, position: SourcePosition, namePosition: SourcePosition? = nil,
        entries: [Entry] = []
    ) {
        self.kind = kind
        self.name = name
        self.position = position
        self.namePosition = namePosition ?? position
        self.entries = entries
    }

    /// The header as it is written: `[Drill rollback-staging]`.
    package var header: String { name.map { "[\(kind) \($0)]" } ?? "[\(kind)]" }
}

/// One assignment, `Key=value`, its value unparsed.
package struct Entry: Sendable {
    package let key: String
    /// The text after `=` without surrounding white space; continuation lines are joined.
    package let value: String
    /// Where the key begins.
    package let position: SourcePosition
    /// Where the value begins; just behind the `=` when it is empty.
    package let valuePosition: SourcePosition
    let marks: [SourceMark]

    /// An assignment that stands on one line.
    package init(
        key: String, value: String, position: SourcePosition, valuePosition: SourcePosition
    ) {
        self.init(
            key: key, value: value, position: position, valuePosition: valuePosition, marks: [])
    }

    init(
        key: String, value: String, position: SourcePosition, valuePosition: SourcePosition,
        marks: [SourceMark]
    ) {
        self.key = key
        self.value = value
        self.position = position
        self.valuePosition = valuePosition
        self.marks = marks
    }

    /// Where the byte of ``value`` at a UTF-8 offset was written, continuation lines included.
    package func position(atUTF8Offset offset: Int) -> SourcePosition {
        SourceMark.position(ofUTF8Offset: offset, in: value, from: valuePosition, marks: marks)
    }
}
