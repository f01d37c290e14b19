/// A timer unit that starts one drill.
struct DrillTimer: Hashable {
    let drill: String
    let title: String
    /// The file that plans the drill.
    let source: String
    /// `OnCalendar=` expressions, each with its time zone; never empty.
    let expressions: [String]

    /// Its service has the same name but for the suffix.
    var fileName: String { "drill@\(drill).timer" }

    /// The unit file.
    ///
    /// To the microsecond, as a drill starts when the calendar says. Not persistent: a drill that was
    /// missed is recorded as missed, and what is caught up is for drilld to decide.
    var text: String {
        let lines = [
            "# Written by drilld-generator; the plan is in \(Self.oneLine(source))",
            "[Unit]",
            "Description=\(Self.value("Time of drill \(drill): \(title)"))",
            "Documentation=man:drilld(8)",
            "SourcePath=\(Self.value(source))",
            "",
            "[Timer]",
        ]
        let settings = ["AccuracySec=1us", "Persistent=no", "Unit=drill@\(drill).service"]
        let all = lines + expressions.map { "OnCalendar=\($0)" } + settings
        return all.joined(separator: "\n") + "\n"
    }

    private static func value(_ text: String) -> String {
        let line = oneLine(text).split(separator: "%", omittingEmptySubsequences: false)
            .joined(separator: "%%")
        // A backslash at the end would draw the next line in.
        return line.hasSuffix("\\") ? line + " ." : line
    }

    private static func oneLine(_ text: String) -> String {
        String(text.unicodeScalars.map { $0.value < 0x20 ? " " : Character($0) })
    }
}
