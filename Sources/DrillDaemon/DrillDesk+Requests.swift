import CalendarTime
import ControlAPI
import Drills
import Faults
import Ledger
import Scoring

/// Answers to what is asked over the control API.
extension DrillDesk {
    /// Answers one request of a process that the kernel vouches for.
    ///
    /// - Throws: ``Refusal`` with every reason.
    package func answer(
        _ request: ControlRequest, from peer: Peer
    ) async throws -> any Encodable & Sendable {
        try permit(request, peer)
        switch request {
        case .status: return await status()
        case .drills: return try await drillRows()
        case .runs(let limit): return try await runRows(limit: limit)
        case .run(let run): return try await detail(of: run)
        case .events(let run, let after, let wait):
            return try await tail(of: run, after: after, within: .milliseconds(wait))
        case .start(let drill): return Started(run: try await start(drill))
        case .ack(let run, let page, let person, let channel):
            return try await acknowledge(page, of: run, by: person, channel: channel, peer)
        case .addFollowUp(let run, let followUp): return try await add(followUp, to: run)
        case .abort(let run, let reason):
            let conductor = try openRun(run)
            await conductor.post(.abortRequested(by: peer.login, reason: reason))
            return Done(message: "run \(run) is being aborted; its faults are taken back")
        case .halt(let reason): return try await halt(by: peer.login, reason: reason)
        case .release(let reason): return try await release(by: peer.login, reason: reason)
        case .arm(let target): return try await arm(target, by: peer.login)
        case .disarm(let target): return try await disarm(target, by: peer.login)
        case .faults: return try await faultRows()
        case .revert(let fault): return try await revert(fault)
        case .forget(let fault, let reason, let second):
            return try await forget(fault, by: peer.login, second: second, reason: reason)
        case .act, .pageLink, .ackByLink, .webhook, .openConsole, .trend:
            throw Refusal(.unavailable, ["this part is being built"])
        case .reload:
            let problems = await reload()
            guard problems.isEmpty else {
                throw Refusal(.badRequest, problems.map(\.description))
            }
            return Done(message: "the calendar is loaded, it has \(calendar.drills.count) drills")
        }
    }

    /// Looking and stopping is for everyone who reaches the socket; the rest is for operators.
    private func permit(_ request: ControlRequest, _ peer: Peer) throws {
        if request.isRead || request.isStop { return }
        if case .ack = request { return }
        guard Accounts.isOperator(peer, group: configuration.operatorGroup) else {
            throw Refusal(
                .notPermitted,
                ["\(peer.login) is not in group '\(configuration.operatorGroup)'; ask one who is"])
        }
    }

    private func status() async -> DaemonStatus {
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

    private func drillRows() async throws -> [DrillRow] {
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

    private func runRows(limit: Int) async throws -> [RunRow] {
        try await ledger.reader.runs(of: .all, limit: limit).map { summary in
            RunRow(
                run: summary.run, kind: summary.kind, scheduled: summary.scheduled,
                phase: summary.isOpen ? .respond : .closed, outcome: summary.outcome)
        }
    }

    private func detail(of run: RunID) async throws -> RunDetail {
        if let conductor = conductors[run] {
            let phase = await conductor.phase ?? .brief
            return RunDetail(timeline: await conductor.timeline, phase: phase, scorecard: nil)
        }
        let timeline = try await recorded(run)
        return RunDetail(timeline: timeline, phase: .closed, scorecard: Scorecard(timeline))
    }

    private func tail(
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

    private func acknowledge(
        _ page: PageName, of run: RunID, by person: PersonName, channel: String, _ peer: Peer
    ) async throws -> Done {
        let conductor = try openRun(run)
        if let login = calendar.people[person]?.login, login != peer.login,
            !Accounts.isOperator(peer, group: configuration.operatorGroup)
        {
            throw Refusal(.notPermitted, ["\(peer.login) cannot acknowledge for \(person)"])
        }
        switch await conductor.acknowledge(page, by: person, channel: channel) {
        case .acked: return Done(message: "page \(page) of \(run) is acknowledged by \(person)")
        case .ackRefused(_, _, let reason): throw Refusal(.refused, [reason])
        default:
            let pages = conductor.plan.pages.map(\.name.text).joined(separator: ", ")
            throw Refusal(.notFound, ["run \(run) has no open page '\(page)'; its pages: \(pages)"])
        }
    }

    private func add(_ followUp: FollowUp, to run: RunID) async throws -> Done {
        let conductor = try openRun(run)
        guard calendar.people[followUp.owner] != nil else {
            throw Refusal(.badRequest, ["there is no person '\(followUp.owner)' in the calendar"])
        }
        do {
            _ = try CivilDate(parsing: followUp.due)
        } catch {
            throw Refusal(.badRequest, ["\(error)"])
        }
        guard await conductor.record(.followUpAdded(followUp: followUp)) else {
            guard conductors[run] != nil else { throw ended(run) }
            throw Refusal(.failed, ["the follow-up could not be recorded; the journal says why"])
        }
        return Done(message: "the follow-up is recorded in \(run)")
    }

    private func openRun(_ run: RunID) throws -> RunConductor {
        guard let conductor = conductors[run] else { throw ended(run) }
        return conductor
    }

    private func ended(_ run: RunID) -> Refusal {
        Refusal(.notFound, ["run '\(run)' is not open; 'drillctl status' shows the open ones"])
    }
}
