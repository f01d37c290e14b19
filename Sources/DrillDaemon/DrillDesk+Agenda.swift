import CalendarTime
import ControlAPI
import Drills
import Faults
import Ledger
import Systemd

/// Firing what is due, and saying what was missed.
extension DrillDesk {
    /// Starts what has come due and returns when to look again; nil: nothing will ever be due.
    ///
    /// What was started is on the record by then, or has had its time to get there.
    func fireDue(at now: WallInstant) async -> WallInstant? {
        await recordMisses()
        var opened: [RunID] = []
        var known: Set<Occurrence>?
        while let firing = agenda.next(at: now) {
            if known == nil { known = await knownBefore(firing) }
            let dealtWith = known ?? []
            await noteBacklog(of: firing, except: dealtWith)
            guard !dealtWith.contains(firing.occurrence) else { continue }
            switch firing.verdict {
            case .start, .catchUp:
                if let run = await fire(firing) { opened.append(run) }
            case .missed:
                await miss(
                    firing.drill.name, firing.scheduled,
                    "drilld did not run then, and CatchUpSec= does not reach that far")
            }
        }
        await awaitRecord(of: opened)
        return agenda.nextDue?.at
    }

    /// Waits until runs are on the record, for all of them no longer than for one: the watchdog waits as well.
    private func awaitRecord(of runs: [RunID]) async {
        let end = ContinuousClock.now + Self.patienceWithTheRecord
        for run in runs {
            _ = await conductors[run]?.entries(after: 0, within: end - .now)
        }
    }

    /// Whether all that came due is durable, so that the next drilld need not look for it.
    func isOnRecord() async -> Bool {
        guard unrecordedMisses.isEmpty else { return false }
        for conductor in conductors.values where await !conductor.isOpened { return false }
        return true
    }

    /// Occurrences that an earlier drilld has dealt with: it may have died before it could note that it was alive.
    ///
    /// - Parameter first: the one that comes off the agenda first; nothing before it is asked for.
    private func knownBefore(_ first: Firing) async -> Set<Occurrence> {
        let earliest = first.backlog?.missed.first ?? first.scheduled
        guard earliest < started else { return [] }
        // Without the ledger nothing is started either, which is said then.
        return (try? await ledger.reader.occurrences(since: earliest)) ?? []
    }

    /// The wall clock was set back: what it showed before is void.
    func restartAgenda(at now: WallInstant) {
        agenda.restart(from: now)
    }

    private func fire(_ firing: Firing) async -> RunID? {
        do {
            return try await start(firing.drill.name, scheduled: firing.scheduled)
        } catch let refusal as Refusal {
            await miss(
                firing.drill.name, firing.scheduled, refusal.reasons.joined(separator: "; "),
                catalog: .runRefused)
        } catch is CancellationError {
            await miss(firing.drill.name, firing.scheduled, "drilld was stopping then")
        } catch {
            await miss(firing.drill.name, firing.scheduled, "\(error)")
        }
        return nil
    }

    private func noteBacklog(of firing: Firing, except known: Set<Occurrence>) async {
        guard let backlog = firing.backlog else { return }
        for scheduled in backlog.missed
        where !known.contains(Occurrence(drill: firing.drill.name, scheduled: scheduled)) {
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
        let event = OperationalEvent.missed(drill: drill, scheduled: scheduled, reason: reason)
        let isRecorded = await record(
            event, priority: .warning, catalog: catalog,
            fields: [.name: drill.text, .reason: reason])
        if !isRecorded { unrecordedMisses.append(event) }
    }

    /// Tries again to record what was missed; the journal has it already.
    private func recordMisses() async {
        while let event = unrecordedMisses.first {
            do {
                try await ledger.append(event, at: MachineClock.now(), bootID: MachineClock.bootID)
                unrecordedMisses.removeFirst()
            } catch {
                return
            }
        }
    }

    /// Records an event of the daemon and tells the journal; false if only the journal knows it.
    @discardableResult
    func record(
        _ event: OperationalEvent, priority: Journal.Priority = .notice,
        catalog: CatalogMessage? = nil, fields: [Journal.Field: String] = [:]
    ) async -> Bool {
        var message = event.sentence
        var isRecorded = true
        do {
            try await ledger.append(event, at: MachineClock.now(), bootID: MachineClock.bootID)
        } catch {
            message += " (not recorded: \(error))"
            isRecorded = false
        }
        journal.write(message, priority: priority, catalog: catalog, fields: fields)
        return isRecorded
    }
}

extension Firing {
    fileprivate var occurrence: Occurrence { Occurrence(drill: drill.name, scheduled: scheduled) }
}
