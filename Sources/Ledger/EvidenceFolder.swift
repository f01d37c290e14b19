import CalendarTime
import Drills

/// What the hooks of a run wrote and what its people added, as files, and a list of all of it.
///
/// What hooks wrote is named after its content: a probe that says the same a thousand times is kept once.
struct EvidenceFolder {
    /// File names and contents, sorted by name.
    let files: [(name: String, content: String)]

    init(_ timeline: Timeline) {
        var index = "# ended (UTC), since the start, took, how it ended, what was called, output\n"
        var outputs: [String: HookReport] = [:]
        if let first = timeline.entries.first {
            for entry in timeline.entries {
                guard let (call, report) = entry.event.hookCall else { continue }
                index += Self.line(entry, first, call, report)
                if let name = Self.fileName(report) { outputs[name] = report }
            }
        }
        let sorted = outputs.sorted { $0.key < $1.key }
        let added = PeopleFiles(timeline)
        let sums = sorted.map { "\($0.value.outputHash)  \($0.key)\n" } + added.sums
        files =
            sorted.map { (name: $0.key, content: $0.value.output) } + added.files
            + [
                (name: "SHA256SUMS", content: sums.joined()),
                (name: "index.txt", content: index + added.index),
            ]
    }

    /// Nil for a call without output.
    private static func fileName(_ report: HookReport) -> String? {
        guard !report.output.isEmpty, report.outputHash.utf8.count >= 16 else { return nil }
        return report.outputHash.prefix(16) + ".txt"
    }

    private static func line(
        _ entry: Timeline.Entry, _ first: Timeline.Entry, _ call: String, _ report: HookReport
    ) -> String {
        let took = WallText.clock(max(0, report.microseconds), digits: 6)
        let output = fileName(report).map { name in
            "\(name) (\(report.output.utf8.count) of \(report.outputBytes) bytes)"
        }
        let words = [
            WallText.time(entry.at.wall), TimelineText.offset(of: entry, from: first), took,
            report.ending.description, call, output ?? "no output",
        ]
        return words.map(\.printable).joined(separator: "  ") + "\n"
    }
}

extension RunEvent {
    /// The hook call that an event reports, with a name for it; nil for events without one.
    fileprivate var hookCall: (name: String, report: HookReport)? {
        switch self {
        case .probeFinished(let probe, let stage, let report):
            ("probe \(probe) (\(stage.rawValue))", report)
        case .steadyChecked(let stage, let report): ("steady state (\(stage.rawValue))", report)
        case .injectFinished(let fault, _, let report): ("inject \(fault)", report)
        case .revertFinished(let fault, _, let attempt, let report):
            ("revert \(fault) (attempt \(attempt))", report)
        case .abortChecked(let condition, let report):
            ("abort condition \(condition + 1)", report)
        case .pageSent(let page, let person, _, let receipt):
            receipt.report.map { ("page \(page) to \(person)", $0) }
        case .responseFinished(let response, _, let person, let report):
            ("\(response) of \(person)", report)
        default: nil
        }
    }
}
