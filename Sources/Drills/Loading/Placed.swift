import UnitFiles

/// A value and the place in a file that it was read from.
struct Placed<Value: Sendable>: Sendable {
    let value: Value
    let position: SourcePosition

    init(_ value: Value, at position: SourcePosition) {
        self.value = value
        self.position = position
    }
}

extension Problem {
    /// A problem from a sentence that says what is wrong and, behind `; `, what to write instead.
    init(sentence: String, at position: SourcePosition, severity: Severity = .error) {
        var message = sentence[...]
        var remedy = ""
        if let cut = sentence.firstRange(of: "; ") {
            message = sentence[..<cut.lowerBound]
            remedy = String(sentence[cut.upperBound...])
        }
        self.init(String(message), remedy: remedy, at: position, severity: severity)
    }
}
