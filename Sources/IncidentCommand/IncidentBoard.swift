import CalendarTime
import Drills

/// Where the people of a run stand: pages, playbook, lanes, checkpoints, severity, evidence, updates.
///
/// A fold of its own over the run's events, so that the engine, the scorecard and the console see the same.
package struct IncidentBoard: Sendable {
    package let plan: RunPlan
    /// Pages, acks and escalation, which keep their own clocks: ``PageBoard/wake(at:)``.
    package private(set) var pages: PageBoard

    /// A board of a run that has not been opened.
    package init(_ plan: RunPlan) {
        self.plan = plan
        pages = PageBoard(plan)
    }

    /// The board as a timeline leaves it; nil for an empty one.
    package init?(_ timeline: Timeline) {
        guard let plan = timeline.plan else { return nil }
        self.init(plan)
        for entry in timeline.entries { note(entry.event, at: entry.at.boot) }
    }

    /// Takes in a recorded event.
    package mutating func note(_ event: RunEvent, at now: BootInstant) {
        pages.note(event, at: now)
    }

    /// Why a person may not do something now; nil: they may.
    package func refusal(
        of act: ResponseAct, by person: PersonName, at now: BootInstant
    ) -> String? {
        nil
    }

    /// When ``wake(at:)`` wants to be called next.
    package var nextWake: BootInstant? { nil }

    /// What time itself brought about by now: to be recorded, and noted like any event.
    package mutating func wake(at now: BootInstant) -> [RunEvent] {
        []
    }
}
