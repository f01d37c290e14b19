import Drills

extension String {
    /// The project's own signs in ASCII, for terminals and for files that live long.
    var inASCIISigns: String {
        var text = self
        for (sign, plain) in [
            ("→", "->"), ("−", "-"), ("–", "-"), ("≥ ", ">= "), ("≈", "~"), ("≤ ", "<= "),
        ] {
            text = text.replacing(sign, with: plain)
        }
        return text
    }

    /// The lines of the text at most `width` characters wide, broken between words, and within a
    /// word only if it is wider than a line.
    func wrapped(width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in printable.split(separator: " ") {
            var rest = word
            if !line.isEmpty, line.count + 1 + rest.count > width {
                lines.append(line)
                line = ""
            }
            while rest.count > width {
                lines.append(String(rest.prefix(width)))
                rest = rest.dropFirst(width)
            }
            line += line.isEmpty ? String(rest) : " " + rest
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }

    /// The text in at most that many characters; `~` stands at the end of one that was cut.
    func shortened(to width: Int) -> String {
        count <= width ? self : String(prefix(max(0, width - 1))) + "~"
    }

    /// The text with spaces after it up to the width.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }

    /// The text with spaces before it up to the width.
    func indented(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}

/// `1 drill`, `2 drills`.
func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}
