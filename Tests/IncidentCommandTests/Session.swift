import CalendarTime
import Drills
import IncidentCommand
import Samples

func second(_ count: Int64) -> BootInstant {
    BootInstant(microsecondsSinceBoot: count * 1_000_000)
}

/// Plays people and time against a board, recording as the engine does.
struct Session {
    private(set) var board: IncidentBoard
    private(set) var entries: [(at: BootInstant, event: RunEvent)] = []
    private(set) var now = second(0)

    /// A run that was opened and no more.
    init(_ plan: RunPlan = .attended()) {
        board = IncidentBoard(plan)
        note(.opened(plan: plan))
        note(.phaseEntered(phase: .brief))
    }

    /// A run whose response begins at 0 with the failure in place and the page sent.
    static func responding(_ plan: RunPlan = .attended()) -> Session {
        var session = Session(plan)
        session.begin()
        for page in plan.pages { session.page(page.name) }
        return session
    }

    /// The same, acknowledged and scoped.
    static func scoped(_ plan: RunPlan = .attended()) -> Session {
        var session = responding(plan)
        for page in plan.pages { session.acknowledge(page.name) }
        session.act(.confirmScope(.small))
        return session
    }

    mutating func begin() {
        note(.phaseEntered(phase: .inject))
        for fault in board.plan.faults {
            note(.injectFinished(fault: fault.name, outcome: .injected, report: .exit(0)))
        }
        note(.phaseEntered(phase: .respond))
        wake()
    }

    mutating func note(_ event: RunEvent) {
        entries.append((now, event))
        board.note(event, at: now)
    }

    /// Records what time brings about at once.
    mutating func wake() {
        for event in board.wake(at: now) { note(event) }
    }

    /// Lets time go on to a second, waking the board whenever it wants.
    mutating func pass(to count: Int64) {
        let end = second(count)
        while let wake = board.nextWake, wake <= end {
            now = max(now, wake)
            self.wake()
        }
        now = end
    }

    /// Tries a step; it is recorded either way. The answer is the refusal.
    @discardableResult
    mutating func act(_ act: ResponseAct, by person: PersonName = "sre-1") -> String? {
        guard let reason = board.refusal(of: act, by: person, at: .sample(now)) else {
            note(.acted(act: act, person: person, via: "drillctl"))
            wake()
            return nil
        }
        note(.actRefused(act: act, person: person, reason: reason))
        return reason
    }

    @discardableResult
    mutating func decide(_ decision: Decision = .sample(), by person: PersonName = "lead-1")
        -> String?
    {
        act(.decide(decision), by: person)
    }

    mutating func page(_ name: PageName, to person: PersonName = "sre-1") {
        note(
            .pageSent(
                page: name, person: person, level: .primary,
                receipt: Receipt(
                    channel: nil, verdict: .accepted, attempts: 1, microseconds: 0)))
    }

    mutating func acknowledge(_ name: PageName = "checkout", by person: PersonName = "sre-1") {
        note(.acked(page: name, person: person, channel: "drillctl"))
    }

    mutating func startRollback(by person: PersonName = "sre-1") {
        note(.responseStarted(response: "rollback", page: nil, person: person))
    }

    mutating func finishRollback(_ status: Int32 = 0, by person: PersonName = "sre-1") {
        note(
            .responseFinished(
                response: "rollback", page: nil, person: person, report: .exit(status)))
    }

    /// Fires the rollback and lets it succeed at once.
    mutating func rollBack() {
        act(.rollBack(outOfTurn: nil))
        startRollback()
        finishRollback()
    }
}

/// What time brought about, drawn as text: a row per subject, a column per minute.
///
/// Checkpoints: their number when they open, `D` decided, `!` overdue; updates: `u` sent, `!` missed; all else `!`.
struct Drawing {
    private var rows: [(name: String, cells: [Character])] = []

    /// Draws the rows whose names begin with one of these words.
    init(_ session: Session, of names: [String]) {
        for (at, event) in session.entries {
            guard let (row, mark) = Self.mark(of: event), names.contains(where: row.hasPrefix)
            else { continue }
            put(mark, in: row, at: Int(at.microsecondsSinceBoot / 60_000_000))
        }
    }

    var text: String {
        let width = rows.map(\.name.count).max() ?? 0
        return rows.sorted { $0.name < $1.name }.map { row in
            let name = row.name + String(repeating: " ", count: width - row.name.count)
            return "\(name) |\(String(row.cells))|"
        }.joined(separator: "\n")
    }

    private mutating func put(_ mark: Character, in row: String, at minute: Int) {
        if !rows.contains(where: { $0.name == row }) { rows.append((row, [])) }
        guard let index = rows.firstIndex(where: { $0.name == row }) else { return }
        while rows[index].cells.count <= minute { rows[index].cells.append(" ") }
        rows[index].cells[minute] = mark
    }

    private static func mark(of event: RunEvent) -> (String, Character)? {
        switch event {
        case .checkpointOpened(let number, _): ("checkpoint", "\(number)".last ?? "?")
        case .acted(.decide, _, _): ("checkpoint", "D")
        case .overran(.decision, _): ("checkpoint", "!")
        case .acted(.sendUpdate(let kind, _), _, _): ("update \(kind.rawValue)", "u")
        case .overran(.update(let kind, _), _): ("update \(kind.rawValue)", "!")
        case .overran(.stretch(let name), _): ("stretch \(name.rawValue)", "!")
        case .overran(.reassessment, _): ("reassessment", "!")
        case .overran(.allClear, _): ("all clear", "!")
        default: nil
        }
    }
}
