import CalendarTime
import DrillRuns
import Drills

/// A run drawn as text: a row per subject, a column per second.
///
/// Phases b i r v d, a(borted), h(alted), c(losed); faults `I` in, `=` live, `x` failed revert, `R` reverted; pages `P` sent, `w` withheld, `E` escalated,
/// `A` acked, `n` refused; steps `<` started, `>` done, `X` failed; probes `.` pass, `!` fail. With people also: pages `o` posted,
/// `d` again, `L` ack lapsed, `O` over; acts by their first letter, `x` refused.
struct Drawing {
    private var rows: [(name: String, cells: [Character])] = []

    init(_ entries: [(at: BootInstant, event: RunEvent)], withPeople: Bool = false) {
        for (at, event) in entries {
            let second = Int(at.microsecondsSinceBoot / 1_000_000)
            let more = withPeople ? Self.markOfPeople(event) : nil
            guard let (row, mark) = Self.mark(of: event) ?? more else { continue }
            put(mark, in: row, at: second)
        }
    }

    var text: String {
        let width = rows.map(\.name.count).max() ?? 0
        return rows.map { row in
            let name = row.name + String(repeating: " ", count: width - row.name.count)
            return "\(name) |\(String(row.cells))|"
        }.joined(separator: "\n")
    }

    private mutating func put(_ mark: Character, in row: String, at second: Int) {
        let index =
            rows.firstIndex { $0.name == row }
            ?? {
                rows.append((row, []))
                return rows.count - 1
            }()
        let filler: Character =
            rows[index].cells.last == "I" || rows[index].cells.last == "="
            ? "=" : " "
        while rows[index].cells.count <= second { rows[index].cells.append(filler) }
        rows[index].cells[second] = mark
    }

    private static func mark(of event: RunEvent) -> (String, Character)? {
        switch event {
        case .phaseEntered(let phase): ("phase", phase.rawValue.first ?? "?")
        case .closed: ("phase", "c")
        case .injectFinished(let fault, let outcome, _): ("fault \(fault)", mark(of: outcome))
        case .revertFinished(let fault, let outcome, _, _):
            ("fault \(fault)", outcome == .verified ? "R" : "x")
        case .pageSent(let page, _, _, let receipt):
            ("page \(page)", receipt.wasAccepted ? "P" : "l")
        case .pageWithheld(let page, _, _): ("page \(page)", "w")
        case .acked(let page, _, _): ("page \(page)", "A")
        case .ackRefused(let page, _, _): ("page \(page)", "n")
        case .escalated(let page, _, _): ("page \(page)", "E")
        case .responseStarted(let name, _, _): ("step \(name)", "<")
        case .responseFinished(let name, _, _, let report):
            ("step \(name)", report.succeeded ? ">" : "X")
        case .probeFinished(let probe, _, let report):
            ("probe \(probe)", report.succeeded ? "." : "!")
        case .detected: ("found", "D")
        case .mitigated: ("found", "M")
        case .resolved: ("found", "S")
        default: nil
        }
    }

    private static func markOfPeople(_ event: RunEvent) -> (String, Character)? {
        switch event {
        case .pagePosting(let page, _, _, _): ("page \(page)", "o")
        case .pageRepeated(let page, _, _): ("page \(page)", "d")
        case .ackExpired(let page, _): ("page \(page)", "L")
        case .pageResolved(let page, _): ("page \(page)", "O")
        case .acted(let act, let person, _):
            ("\(person)", act.verb.rawValue.first ?? "?")
        case .actRefused(_, let person, _): ("\(person)", "x")
        default: nil
        }
    }

    private static func mark(of outcome: InjectOutcome) -> Character {
        switch outcome {
        case .injected: "I"
        case .skipped: "s"
        case .failed: "f"
        case .unknown: "?"
        }
    }
}
