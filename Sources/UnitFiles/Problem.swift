/// One thing that is wrong in a unit file, where it is, and what to write instead.
package struct Problem: Hashable, Sendable {
    package let position: SourcePosition
    package let severity: Severity
    /// What is wrong with which value; lower case, no full stop.
    package let message: String
    /// What to write instead; empty where nothing sensible can be said.
    package let remedy: String

    /// A problem; an error unless said otherwise.
    package init(
        _ message: String, remedy: String = "", at position: SourcePosition,
        severity: Severity = .error
    ) {
        self.position = position
        self.severity = severity
        self.message = message
        self.remedy = remedy
    }

    /// Whether the file set is unusable with it.
    package enum Severity: String, Hashable, Sendable, Comparable {
        case error
        case warning

        package static func < (left: Severity, right: Severity) -> Bool {
            left == .error && right == .warning
        }
    }
}

extension Problem: Comparable {
    /// In the order of the files; two at the same place with errors first, then by their words.
    package static func < (left: Problem, right: Problem) -> Bool {
        if left.position != right.position { return left.position < right.position }
        if left.severity != right.severity { return left.severity < right.severity }
        return (left.message, left.remedy) < (right.message, right.remedy)
    }
}

extension Problem: CustomStringConvertible {
    /// `file:line:column: message; remedy`, with `warning: ` before the message of a warning.
    package var description: String {
        let mark = severity == .warning ? "warning: " : ""
        let advice = remedy.isEmpty ? "" : "; \(remedy)"
        return "\(position): \(mark)\(message)\(advice)"
    }
}

extension Sequence where Element == Problem {
    /// Whether one of them is an error and not only a warning.
    package var containsError: Bool { contains { $0.severity == .error } }

    /// Each of them once, in the order of the files.
    package func inFileOrder() -> [Problem] { Set(self).sorted() }
}
