/// The colours of the HTML report, in `#rrggbb`.
package struct TrendPalette: Hashable, Sendable {
    /// Behind everything.
    package let paper: String
    /// Text.
    package let ink: String
    /// Text that steps back.
    package let quiet: String
    /// Lines that divide.
    package let rule: String
    /// Dots, the median and what stands out: the one colour.
    package let accent: String

    /// For light screens and for paper.
    package static let light = TrendPalette(
        paper: "#fdfdfb", ink: "#1c2126", quiet: "#57606a", rule: "#dcdfe2", accent: "#0b6b73")
    /// For dark screens.
    package static let dark = TrendPalette(
        paper: "#15181b", ink: "#e4e7ea", quiet: "#a1a9b1", rule: "#363c42", accent: "#5cc3c9")

    var declarations: String {
        "--paper: \(paper); --ink: \(ink); --quiet: \(quiet); --rule: \(rule); --accent: \(accent);"
    }
}
