/// Takes secrets out of what people read, and what is not printable with them.
struct Redaction: Hashable, Sendable {
    /// What stands in the place of a secret.
    static let mark = "[redacted]"

    /// Longest first, so that a secret that contains another one goes whole.
    private let secrets: [String]

    /// Removes these values.
    init(secrets: [String]) {
        self.secrets = secrets.filter { !$0.isEmpty }.sorted { $0.utf8.count > $1.utf8.count }
    }

    /// The first printable characters of a text, in one line and without secrets.
    func excerpt(_ text: String, limit: Int = 200) -> String {
        var text = text
        for secret in secrets { text = Self.replace(secret, in: text) }
        var line = ""
        for character in text.trimmedLine {
            guard line.count < limit else { return line + "…" }
            line.append(character)
        }
        return line
    }

    private static func replace(_ secret: String, in text: String) -> String {
        text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: mark)
    }
}

extension String {
    /// One line: every run of blanks and characters that cannot be seen becomes one blank.
    var trimmedLine: String {
        unicodeScalars.split { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
                .paragraphSeparator, .spaceSeparator:
                true
            default: scalar == "\u{FFFD}"
            }
        }
        .map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
    }

    /// The text cut to a number of bytes, never inside a character.
    func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var kept = ""
        var room = limit - "…".utf8.count
        for character in self {
            room -= character.utf8.count
            if room < 0 { break }
            kept.append(character)
        }
        return kept + "…"
    }
}
