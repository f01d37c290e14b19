import CalendarTime
import ControlAPI
import Drills
import Faults
import Ledger
import Systemd

/// Firing what is due, and saying what was missed.
extension DrillDesk {
    /// Starts what has come due and returns when to look again; nil: nothing will ever be due.
    func fireDue(at now: WallInstant) async -> WallInstant? {
        while let firing = agenda.next(at: now) {
            await noteBacklog(of: firing)
            switch firing.verdict {
            case .start, .catchUp: await fire(firing)
            case .missed:
                await miss(
                    firing.drill.name, firing.scheduled,
                    "drilld did not run then, and CatchUpSec= does not reach that far")
            }
        }
        return agenda.nextDue?.at
    }

    /// The wall clock was set back: what it showed before is void.
    func restartAgenda(at now: WallInstant) {
        agenda.restart(from: now)
    }

    private func fire(_ firing: Firing) async {
        do {
            _ = try await start(firing.drill.name, scheduled: firing.scheduled)
        } catch let refusal as Refusal {
            await miss(
                firing.drill.name, firing.scheduled, refusal.reasons.joined(separator: "; "),
                catalog: .runRefused)
        } catch {
            await miss(firing.drill.name, firing.scheduled, "\(error)")
        }
    }

    private func noteBacklog(of firing: Firing) async {
        guard let backlog = firing.backlog else { return }
        for scheduled in backlog.missed {
            await miss(firing.drill.name, scheduled, "drilld did not run then")
        }
        if backlog.isTruncated {
            journal.write(
                "\(firing.drill.name): more than \(Backlog.limit) occurrences were missed; "
                    + "the first \(Backlog.limit) are recorded",
                priority: .warning, catalog: .drillMissed, fields: [.name: firing.drill.name.text])
        }
    }

    private func miss(
        _ drill: DrillName, _ scheduled: WallInstant, _ reason: String,
        catalog: CatalogMessage = .drillMissed
    ) async {
        await record(
            .missed(drill: drill, scheduled: scheduled, reason: reason), priority: .warning,
            catalog: catalog, fields: [.name: drill.text, .reason: reason])
    }

    /// Records an event of the daemon and tells the journal.
    func record(
        _ event: OperationalEvent, priority: Journal.Priority = .notice,
        catalog: CatalogMessage? = nil, fields: [Journal.Field: String] = [:]
    ) async {
        var message = event.sentence
        do {
            try await ledger.append(event, at: MachineClock.now(), bootID: MachineClock.bootID)
        } catch {
            message += " (not recorded: \(error))"
        }
        journal.write(message, priority: priority, catalog: catalog, fields: fields)
    }
}
