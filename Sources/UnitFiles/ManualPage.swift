/// A table of directives as a page of the manual, such as `drilld.calendar(5)`.
package struct ManualPage: Sendable {
    private let table: DirectiveTable
    private let date: String
    private let version: String

    /// The page for one kind of file.
    ///
    /// - Parameters:
    ///   - date: the day of the page, `2026-11-21`.
    ///   - version: the version of drilld, `1.0`.
    package init(_ table: DirectiveTable, date: String, version: String) {
        self.table = table
        self.date = date
        self.version = version
    }

    /// The name under which `man` finds the page.
    package var name: String { "drilld.\(table.suffix)" }

    /// The source of the page in the man macros of troff.
    package var troff: String {
        let lines = [heading, introduction, table.sections.flatMap(section), references]
        return lines.joined().joined(separator: "\n") + "\n"
    }

    private var heading: [String] {
        [
            ".TH \"\(Troff.escaped(name.uppercased()))\" 5 \"\(Troff.escaped(date))\""
                + " \"drilld \(Troff.escaped(version))\" \"drilld\"",
            ".nh", ".ad l",
            ".SH NAME", "\(Troff.escaped(name)) \\- \(Troff.escaped(table.help))",
            ".SH SYNOPSIS", "\\fINAME\\fR.\(Troff.escaped(table.suffix))",
        ]
    }

    private var introduction: [String] {
        [
            ".SH DESCRIPTION",
            "A \(Troff.escaped(table.suffix)) file is plain text in the syntax of",
            ".BR systemd.syntax (7):",
            "sections, each with assignments of the form \\fIKEY\\fR=\\fIVALUE\\fR.",
            "An assignment to a list adds to it; an empty one resets it.",
            "Of any other key the last assignment counts.",
            "Sections and keys that begin with X\\- are ignored.",
        ]
    }

    private func section(_ rule: SectionRule) -> [String] {
        [".SH \"\(Troff.escaped(rule.header)) SECTION\"", Troff.line(rule.helpWithFacts + ".")]
            + table.directives(in: rule.kind).flatMap { directive in
                [
                    ".TP",
                    "\\fB\(Troff.escaped(directive.key))=\\fR\\fI"
                        + "\(Troff.escaped(directive.type.placeholder))\\fR"
                        + (directive.isList ? " ..." : ""),
                    Troff.line(directive.helpWithFacts + "."),
                ]
            }
    }

    private var references: [String] {
        [
            ".SH \"SEE ALSO\"", ".BR drillctl (1),", ".BR drilld (8),", ".BR systemd.syntax (7),",
            ".BR systemd.time (7)",
        ]
    }
}

/// The quoting rules of troff.
enum Troff {
    /// Text in the middle of a line or in a quoted argument of a macro.
    static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "\"": result += "\\(dq"
            case "'": result += "\\(aq"
            case "^": result += "\\(ha"
            case "~": result += "\\(ti"
            case "`": result += "\\(ga"
            case "\n", "\r": result += " "
            case let other where other.isASCII: result.unicodeScalars.append(other)
            case let other: result += "\\[u\(hexadecimal(other))]"
            }
        }
    }

    /// Text that makes up a whole line; a dot at its start is no request.
    static func line(_ text: String) -> String {
        text.hasPrefix(".") ? "\\&" + escaped(text) : escaped(text)
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
