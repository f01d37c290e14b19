import CalendarTime
import ControlAPI
import Drills
import Faults
import Ledger
import Scoring

/// What can be looked at: the daemon, its drills and its runs.
extension DrillDesk {
    func status() async -> DaemonStatus {
        let halt = HaltLever(folder: configuration.state).pulled.map {
            DaemonStatus.HaltState(by: $0.by, reason: $0.reason, at: $0.at)
        }
        var open: [RunRow] = []
        for conductor in conductors.values.sorted(by: { $0.plan.run < $1.plan.run }) {
            let plan = conductor.plan
            open.append(
                RunRow(
                    run: plan.run, kind: plan.kind, scheduled: plan.scheduled,
                    phase: await conductor.phase ?? .brief, outcome: nil))
        }
        let targets = ArmedTargets(folder: configuration.state)
        return DaemonStatus(
            version: Self.version, halt: halt, openRuns: open,
            next: agenda.nextDue.map { DaemonStatus.NextDrill(drill: $0.drill, at: $0.at) },
            drills: calendar.drills.count, reloadProblems: reloadProblems,
            // The rows fall back to the armed records, so an error here means those cannot be read.
            faults: (try? await faultRows()) ?? [],
            armedTargets: calendar.targets.keys.sorted().filter { targets.arming(of: $0) != nil },
            started: started)
    }

    func drillRows() async throws -> [DrillRow] {
        let due = Dictionary(agenda.upcoming.map { ($0.drill, $0.at) }) { first, _ in first }
        let now = MachineClock.now().wall
        let frozen = FrozenTimes(calendar.freezes)
        var rows: [DrillRow] = []
        for drill in calendar.drills {
            let last = try await ledger.reader.runs(of: .drill(drill.name), limit: 1).first
            rows.append(
                DrillRow(
                    drill: drill.name, kind: drill.kind, tier: drill.tier, target: drill.target,
                    calendar: drill.calendar.file,
                    next: due[drill.name] ?? drill.nextStart(after: now, frozen: frozen),
                    last: last?.scheduled,
                    lastOutcome: last.map { $0.outcome?.sentence ?? "open" }))
        }
        return rows
    }

    func runRows(limit: Int) async throws -> [RunRow] {
        try await ledger.reader.runs(of: .all, limit: limit).map { summary in
            RunRow(
                run: summary.run, kind: summary.kind, scheduled: summary.scheduled,
                phase: summary.isOpen ? .respond : .closed, outcome: summary.outcome)
        }
    }

    func detail(of run: RunID) async throws -> RunDetail {
        if let conductor = conductors[run] {
            let phase = await conductor.phase ?? .brief
            return RunDetail(timeline: await conductor.timeline, phase: phase, scorecard: nil)
        }
        let timeline = try await recorded(run)
        return RunDetail(timeline: timeline, phase: .closed, scorecard: Scorecard(timeline))
    }

    func tail(
        of run: RunID, after count: Int, within patience: Duration
    ) async throws -> TimelineTail {
        let timeline =
            if let conductor = conductors[run] {
                await conductor.entries(after: count, within: patience)
            } else {
                try await recorded(run)
            }
        let entries = timeline.entries
        return TimelineTail(
            entries: Array(entries.dropFirst(count)), count: entries.count,
            isClosed: timeline.outcome != nil && conductors[run] == nil, now: MachineClock.now())
    }

    private func recorded(_ run: RunID) async throws -> Timeline {
        let timeline = try await ledger.reader.timeline(of: run)
        guard !timeline.entries.isEmpty else {
            throw Refusal(
                .notFound, ["there is no run '\(run)'; 'drillctl list --runs' shows them"])
        }
        return timeline
    }
}
