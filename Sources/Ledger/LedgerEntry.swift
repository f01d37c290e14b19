import CalendarTime
import Drills

/// One recorded event with its place in the chain.
package struct LedgerEntry: Hashable, Sendable {
    /// Counted from 1 without a gap.
    package let sequence: Int64
    package let at: Moment
    /// The boot that `at.boot` counts from.
    package let bootID: String
    package let record: LedgerRecord
    package let hash: EventHash
}

/// What an entry is about: one run, or the daemon.
package enum LedgerRecord: Hashable, Sendable {
    case run(RunID, RunEvent)
    case operation(OperationalEvent)
}

/// The proof that an event is durable: given only after its commit.
package struct EventReceipt: Hashable, Sendable {
    /// Counted from 1 without a gap.
    package let sequence: Int64
    package let hash: EventHash
}

/// One run in a list.
package struct RunSummary: Hashable, Sendable, Codable {
    package let run: RunID
    package let drill: DrillName
    /// Counted from 1.
    package let cycle: Int
    package let kind: Kind
    package let tier: Tier
    package let target: TargetName
    package let title: String
    package let scheduled: WallInstant
    /// When the run was opened.
    package let opened: WallInstant
    /// Nil while the run is open.
    package let closed: WallInstant?
    /// Nil while the run is open.
    package let outcome: Outcome?

    /// Whether the run has not ended yet.
    package var isOpen: Bool { outcome == nil }
}

/// Which runs to list.
package enum RunSelection: Hashable, Sendable {
    case all
    case drill(DrillName)
    case kind(Kind)
}

/// One cycle of a drill, as the choice of the next mutation needs it.
package struct CycleRecord: Hashable, Sendable, Codable {
    package let run: RunID
    /// Counted from 1.
    package let cycle: Int
    package let mutation: RunPlan.MutationRecord
    /// Nil while the run is open.
    package let outcome: Outcome?
}
