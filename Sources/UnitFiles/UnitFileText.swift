extension UnitFile {
    /// The file as text that parses to the same sections, keys and values.
    package var text: String {
        sections.map(\.text).joined(separator: "\n")
    }
}

extension Section {
    /// The header and its assignments, one on each line.
    package var text: String {
        entries.reduce(into: header + "\n") { $0 += $1.text + "\n" }
    }
}

extension Entry {
    /// The assignment on one line.
    package var text: String {
        // White space after it keeps a last backslash from joining the next line on.
        let guarded = Array(value.utf8)[...].endsWithOddBackslashes ? " " : ""
        return "\(key)=\(value)\(guarded)"
    }
}

extension Word {
    /// A text written so that it is read back as one word: quoted and escaped where needed.
    package static func quoted(_ text: String) -> String {
        let needsQuotes = text.isEmpty || text.utf8.contains { $0 <= ASCII.space || $0 == 0x7F }
        let body = text.unicodeScalars.reduce(into: "") { $0 += escaped($1) }
        return needsQuotes ? "\"\(body)\"" : body
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case "\\", "\"", "'": "\\\(scalar)"
        case "%": "%%"
        case "\u{1}"..."\u{1F}", "\u{7F}":
            (scalar.value < 16 ? "\\x0" : "\\x") + String(scalar.value, radix: 16)
        default: String(Character(scalar))
        }
    }
}
