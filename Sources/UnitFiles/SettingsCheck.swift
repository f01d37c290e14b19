extension DirectiveTable {
    /// Checks a file against the table and gives the values of each section that the table knows.
    ///
    /// Sections and keys whose names begin with `X-` are left to others and not looked at.
    package func settings(
        of file: UnitFile, specifiers: Specifiers, into problems: inout [Problem]
    ) -> [Settings] {
        let specifiers = specifiers.adding(file)
        return file.sections.filter { rule(for: $0.kind) != nil }.map {
            Settings($0, table: self, specifiers: specifiers)
        }
    }
}
