import CalendarTime
import Drills

extension IncidentBoard {
    /// When ``wake(at:)`` has something to say next; pages have a clock of their own.
    package var nextWake: BootInstant? { deadlines.first?.at }

    /// What time itself brought about by now: to be recorded, and noted like any event.
    ///
    /// It goes on proposing the same until that is noted, so that a replay of what was recorded comes to the same.
    package func wake(at now: BootInstant) -> [RunEvent] {
        deadlines.filter { $0.at <= now }.map(\.event)
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
