import CalendarTime
import Drills

extension IncidentBoard {
    /// When ``wake(at:)`` wants to be called next.
    package var nextWake: BootInstant? {
        deadlines.map { max($0.at, proposals.earliest(for: $0.event) ?? $0.at) }.min()
    }

    /// What time itself brought about by now: to be recorded, and noted like any event.
    ///
    /// Nothing changes until these are noted, so a replay of what was recorded comes to the same. Each is told once per
    /// moment, because what is recorded in one moment wakes the board again before all of it is noted.
    package mutating func wake(at now: BootInstant) -> [RunEvent] {
        let due = deadlines.filter { $0.at <= now }.map(\.event)
        return due.filter { proposals.add($0, at: now) }
    }

    /// What time will bring about, the first first; empty while nobody has to be watched.
    private var deadlines: [Deadline] {
        guard plan.response.isAttended, stage.isTimed else { return [] }
        var due = session.deadlines(owners: { owner(of: $0) })
        if stage.isResponding {
            due += checkpoints.deadlines(limit: plan.response.decisionLimit, owners: roles)
            due += updates.deadlines(owner: roles.owners[.comms] ?? roles.roster.commander)
        }
        if stage.cleared == nil, let begun = damage.begunAt ?? stage.begunAt {
            due.append(
                Deadline(
                    at: begun.advanced(by: plan.response.allClear), .allClear,
                    owner: roles.roster.commander))
        }
        return due.filter { !isRecorded($0.event) }.sorted { $0.at < $1.at }
    }

    private func isRecorded(_ event: RunEvent) -> Bool {
        guard case .overran(let overrun, _) = event else { return false }
        return overruns.contains(overrun)
    }

    private func owner(of stretch: SessionTimeline.Stretch.Name) -> PersonName {
        let lane: Lane =
            switch stretch {
            case .acknowledge, .scope, .mitigate: .response
            case .verify: .verification
            case .communicate: .comms
            }
        return roles.owners[lane] ?? roles.roster.commander
    }
}

/// What was proposed at one moment and is not on the record yet.
struct Proposals: Hashable, Sendable {
    private var at: BootInstant?
    private var events: Set<RunEvent> = []

    /// Whether an event is proposed at this moment for the first time.
    mutating func add(_ event: RunEvent, at now: BootInstant) -> Bool {
        if at != now {
            at = now
            events = []
        }
        return events.insert(event).inserted
    }

    /// When an event that went off without being recorded is proposed again; nil: it was not proposed.
    func earliest(for event: RunEvent) -> BootInstant? {
        events.contains(event) ? at?.advanced(byMicroseconds: 1) : nil
    }

    mutating func settle(_ event: RunEvent) {
        guard !events.isEmpty else { return }
        events.remove(event)
        if events.isEmpty { at = nil }
    }
}
