import UnitFiles

/// All names that files declare, by the kind of section; scenarios are declared by their files.
struct Registry {
    private var places: [String: [String: SourcePosition]] = [:]
    private var suggestionsLeft = 200

    /// Takes up a name; one that another file declared before is a problem.
    mutating func declare(
        _ kind: String, _ name: String, at position: SourcePosition, into problems: inout [Problem]
    ) {
        guard let other = places[kind]?[name] else {
            places[kind, default: [:]][name] = position
            return
        }
        problems.append(
            Problem(
                "\(kind.lowercased()) '\(name)' stands already at \(other)",
                remedy: "rename one of the two", at: position))
    }

    /// Where a name was declared.
    func position(of name: String, _ kind: String) -> SourcePosition? { places[kind]?[name] }

    /// Checks that something of that name exists.
    @discardableResult
    mutating func resolve(
        _ name: String, _ kind: String, at position: SourcePosition,
        severity: Problem.Severity = .error, into problems: inout [Problem]
    ) -> Bool {
        if places[kind]?[name] != nil { return true }
        problems.append(
            Problem(
                "unknown \(kind.lowercased()) '\(name)'", remedy: remedy(for: name, kind),
                at: position, severity: severity))
        return false
    }

    /// The nearest name; after many of them only how to declare it, so that the work stays bounded.
    private mutating func remedy(for name: String, _ kind: String) -> String {
        if suggestionsLeft > 0 {
            suggestionsLeft -= 1
            if let near = Suggestion.nearest(to: name, among: (places[kind] ?? [:]).keys) {
                return "did you mean '\(near)'?"
            }
        }
        return kind == "Scenario"
            ? "add the file \(name).scenario" : "add a section [\(kind) \(name)]"
    }
}
