/// Colours for a terminal; plain text anywhere else.
package struct Colour: Sendable {
    /// Whether anything is coloured.
    package let isOn: Bool

    /// Colours that can be turned off.
    package init(isOn: Bool) {
        self.isOn = isOn
    }

    init(_ options: GlobalOptions) {
        isOn = options.usesColour
    }

    /// What went as it should.
    package func good(_ text: String) -> String { painted(text, "32") }
    /// What needs a person.
    package func bad(_ text: String) -> String { painted(text, "1;31") }
    /// What goes on.
    package func busy(_ text: String) -> String { painted(text, "33") }
    /// What matters less.
    package func faint(_ text: String) -> String { painted(text, "2") }

    /// The same text with the lines that tell of a leaked fault or a halt made to stand out.
    package func warned(_ text: String) -> String {
        guard isOn else { return text }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { line in
            let isBad =
                line.contains("LEAKED") || line.contains("HALTED") || line.contains("leaked,")
            return isBad ? bad(String(line)) : String(line)
        }.joined(separator: "\n")
    }

    private func painted(_ text: String, _ code: String) -> String {
        isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
