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
        guard !request.isStop else { return try await respond(to: request, of: peer) }
        let payer = try payer(of: request, peer)
        guard meter.begin(payer) else {
            throw Refusal(
                .unavailable,
                ["\(peer.login) has \(RequestMeter.atOnce) requests waiting; let some end first"])
        }
        defer { meter.end(payer) }
        try admitRecord(request, of: peer, payer)
        return try await respond(to: request, of: peer)
    }

    /// Refused with a status after which services come again: Alertmanager drops what is answered 429.
    private func admitRecord(
        _ request: ControlRequest, of peer: Peer, _ payer: RequestMeter.Payer
    ) throws {
        guard let kind = request.record,
            !meter.admit(kind, of: payer, at: MachineClock.bootNow())
        else { return }
        let reason =
            switch kind {
            case .step: "\(peer.login) took \(RequestMeter.burst) steps in a row; wait a second"
            case .webhook:
                "\(RequestMeter.burst) webhooks came in a row; send it again in a second"
            }
        throw Refusal(.unavailable, [reason])
    }

    private func respond(
        to request: ControlRequest, of peer: Peer
    ) async throws -> any Encodable & Sendable {
        switch request {
        case .status: return await status()
        case .drills: return try await drillRows()
        case .runs(let limit): return try await runRows(limit: limit)
        case .run(let run): return try await detail(of: run)
        case .events(let run, let after, let wait):
            return try await tail(of: run, after: after, within: .milliseconds(wait))
        case .start(let drill): return Started(run: try await startForGood(drill))
        case .ack(let run, let page, let person, let channel):
            return try await acknowledge(page, of: run, by: person, channel: channel, peer)
        case .addFollowUp(let run, let followUp): return try await add(followUp, to: run)
        case .abort(let run, let reason): return try await abort(run, by: peer, reason: reason)
        case .halt(let reason): return try await halt(by: peer.login, reason: reason)
        case .release(let reason): return try await release(by: peer.login, reason: reason)
        case .arm(let target): return try await arm(target, by: peer.login)
        case .disarm(let target): return try await disarm(target, by: peer.login)
        case .faults: return try await faultRows()
        case .revert(let fault): return try await revert(fault)
        case .forget(let fault, let reason, let second):
            return try await forget(fault, by: peer.login, second: second, reason: reason)
        case .act(let run, let act, let person, let via):
            return try await self.act(act, in: run, by: person, via: via, peer)
        case .trend:
            let now = MachineClock.now().wall
            return TrendReply(page: try await trends.page(at: now, finished: finished))
        case .pageLink(let token): return try await pageLink(token)
        case .ackByLink(let token): return try await acknowledge(byLink: token)
        case .webhook(let channel, let webhook): return try await take(webhook, of: channel)
        case .openConsole: return try openConsole(for: peer)
        case .reload: return try await reloadOrRefuse()
        }
    }

    /// A run that somebody is told of is on the record, so that no death of drilld can lose it; one that the ledger refused
    /// is not told of as started. A disk that stands still for longer is not waited for.
    private func startForGood(_ drill: DrillName) async throws -> RunID {
        let run = try await start(drill)
        guard let conductor = conductors[run] else { return run }
        _ = await conductor.entries(after: 0, within: Self.patienceWithTheOpening)
        if await conductor.isBehind, await !conductor.isOpened {
            throw Refusal(
                .failed,
                [
                    "run '\(run)' was begun, but the ledger does not take it; "
                        + "'drillctl status' shows what becomes of it"
                ])
        }
        return run
    }

    private func abort(_ run: RunID, by peer: Peer, reason: String) async throws -> Done {
        let conductor = try openRun(run)
        let before = await conductor.timeline.entries.count
        await conductor.post(.abortRequested(by: peer.login, reason: reason))
        let now = await conductor.entries(after: before, within: Self.patienceWithTheRecord)
        let isBehind = await conductor.isBehind
        let doubt =
            now.entries.count > before && !isBehind ? "" : "; that is not on the record yet"
        return Done(message: "run \(run) is being aborted; its faults are taken back\(doubt)")
    }

    /// How long an answer waits for what it tells of to be recorded.
    static let patienceWithTheRecord = Duration.seconds(2)
    /// The ledger itself waits for 5 s for somebody else to be done with it, and then says that it failed.
    private static let patienceWithTheOpening = Duration.seconds(6)

    private func reloadOrRefuse() async throws -> Done {
        let problems = await reload()
        guard problems.isEmpty else { throw Refusal(.badRequest, problems.map(\.description)) }
        return Done(message: "the calendar is loaded, it has \(calendar.drills.count) drills")
    }

    /// Looking and stopping is for everyone who reaches the socket, steps are for the people they are taken by,
    /// webhooks and links prove themselves; the rest is for operators.
    private func permit(_ request: ControlRequest, _ peer: Peer) throws {
        if request.isRead || request.isStop { return }
        switch request {
        case .ack, .act, .ackByLink, .webhook, .openConsole: return
        default: break
        }
        guard Accounts.isOperator(peer, group: configuration.operatorGroup) else {
            throw Refusal(
                .notPermitted,
                ["\(peer.login) is not in group '\(configuration.operatorGroup)'; ask one who is"])
        }
    }
}

extension ControlRequest {
    /// What it may put on a record or in the journal, done or refused; nil: nothing.
    fileprivate var record: RequestMeter.Kind? {
        switch self {
        case .ack, .act, .ackByLink, .addFollowUp: .step
        case .webhook: .webhook
        default: nil
        }
    }
}
