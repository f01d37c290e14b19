import ArgumentParser

/// An option that has to be there, with the name it is written with.
struct Needed<Value> {
    let name: String
    private let value: Value?

    init(_ name: String, _ value: Value?) {
        self.name = name
        self.value = value
    }

    /// Whether there is none, or a text with nothing in it.
    var isMissing: Bool {
        guard let value else { return true }
        return (value as? String)?.allSatisfy(\.isWhitespace) ?? false
    }

    func given() throws -> Value {
        guard let value, !isMissing else { throw ValidationError(refusal(of: [name])) }
        return value
    }
}

/// The values of options that are needed, all or none.
///
/// The parser would say of its own required options only the first that is missing.
func needed<each Value>(_ options: repeat Needed<each Value>) throws -> (repeat each Value) {
    var missing: [String] = []
    for option in repeat each options {
        if option.isMissing { missing.append(option.name) }
    }
    guard missing.isEmpty else { throw ValidationError(refusal(of: missing)) }
    return (repeat try (each options).given())
}

private func refusal(of names: [String]) -> String {
    "missing: \(names.map { "--\($0)" }.joined(separator: ", ")); write something for each"
}
