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

/// A drill in a list, as programs read it; instants are microseconds since 1970.
struct DrillRowRecord: Encodable {
    let drill: DrillName
    let kind: Kind
    let tier: Tier
    let target: TargetName
    let calendar: String
    let next: WallInstant?
    let last: WallInstant?
    /// A word to compare with; nil while the last run is open, and before the first.
    let lastOutcome: String?
    let lastReason: String?

    init(_ row: DrillRow) {
        let end = row.lastOutcome.map { OutcomeRecord($0) }
        (drill, kind, tier, target) = (row.drill, row.kind, row.tier, row.target)
        (calendar, next, last) = (row.calendar, row.next, row.last)
        lastOutcome = end?.outcome
        lastReason = end?.reason
    }
}
