extension UnitFile {
    /// Lays a drop-in over the file: sections with the same header continue, others are added.
    ///
    /// A list continues, an empty assignment resets it, and a scalar takes the last value.
    package mutating func merge(_ dropIn: UnitFile) { merge([dropIn]) }

    /// Lays drop-ins over the file, the later ones over the earlier.
    package mutating func merge(_ dropIns: [UnitFile]) {
        guard !dropIns.isEmpty else { return }
        var indexOfHeader: [String: Int] = [:]
        for (index, section) in sections.enumerated() {
            indexOfHeader[section.header] = indexOfHeader[section.header] ?? index
        }
        for section in dropIns.flatMap(\.sections) {
            if let index = indexOfHeader[section.header] {
                sections[index].entries += section.entries
            } else {
                indexOfHeader[section.header] = sections.count
                sections.append(section)
            }
        }
    }
}
