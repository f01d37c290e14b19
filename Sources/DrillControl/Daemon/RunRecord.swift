import CalendarTime
import ControlAPI
import Drills
import Ledger
import Reports

/// A run in a list, as programs read it; instants are microseconds since 1970.
struct RunRecord: Encodable {
    let run: RunID
    let kind: Kind
    let scheduled: WallInstant
    /// Nil where only the ledger was read.
    let phase: Phase?
    /// A word to compare with; nil while the run is open.
    let outcome: String?
    let reason: String?
    let leakedFaults: [FaultName]?

    init(_ row: RunRow) {
        self.init(row.run, row.kind, row.scheduled, row.phase, row.outcome)
    }

    init(_ summary: RunSummary) {
        self.init(summary.run, summary.kind, summary.scheduled, nil, summary.outcome)
    }

    private init(
        _ run: RunID, _ kind: Kind, _ scheduled: WallInstant, _ phase: Phase?, _ outcome: Outcome?
    ) {
        let end = outcome.map { OutcomeRecord($0) }
        self.run = run
        self.kind = kind
        self.scheduled = scheduled
        self.phase = phase
        self.outcome = end?.outcome
        reason = end?.reason
        leakedFaults = end?.leakedFaults
    }
}
