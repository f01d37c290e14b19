extension String {
    /// The text without line breaks, terminal escapes, marks that reorder text, and other scalars
    /// that nobody sees: names and reasons come from files, and hooks may have written them.
    var printable: String {
        String(String.UnicodeScalarView(unicodeScalars.map(Self.visible)))
    }

    private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: " "
        case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: "\u{FFFD}"
        default: scalar
        }
    }

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
