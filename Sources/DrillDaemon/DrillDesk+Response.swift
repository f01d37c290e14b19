import CalendarTime
import ControlAPI
import Drills
import Faults

/// What people do in an open run: they acknowledge, take steps and add follow-ups.
extension DrillDesk {
    func acknowledge(
        _ page: PageName, of run: RunID, by person: PersonName, channel: String, _ peer: Peer
    ) async throws -> Done {
        let conductor = try openRun(run)
        if let login = calendar.people[person]?.login, login != peer.login,
            !Accounts.isOperator(peer, group: configuration.operatorGroup)
        {
            throw Refusal(.notPermitted, ["\(peer.login) cannot acknowledge for \(person)"])
        }
        return try await acknowledge(page, in: conductor, by: person, channel: channel)
    }

    /// Acknowledges for whoever has proved to be that person.
    func acknowledge(
        _ page: PageName, in conductor: RunConductor, by person: PersonName, channel: String
    ) async throws -> Done {
        let run = conductor.plan.run
        switch await conductor.acknowledge(page, by: person, channel: channel) {
        case .acked: return Done(message: "page \(page) of \(run) is acknowledged by \(person)")
        case .ackRefused(_, _, let reason): throw Refusal(.refused, [reason])
        default:
            guard conductors[run] != nil else { throw ended(run) }
            let pages = conductor.plan.pages.map(\.name.text).joined(separator: ", ")
            throw Refusal(.notFound, ["run \(run) has no open page '\(page)'; its pages: \(pages)"])
        }
    }

    /// Takes a step of the response: the run judges it when its turn comes, so of two at once the first counts.
    func act(
        _ act: ResponseAct, in run: RunID, by person: PersonName, via: String, _ peer: Peer
    ) async throws -> Done {
        let conductor = try openRun(run)
        try permit(person, peer)
        let entries = await conductor.timeline.entries
        guard conductor.plan.roster.hasPart(for: person, after: entries.map(\.event)) else {
            throw Refusal(
                .notPermitted,
                ["\(person) only looks in this drill; its commander can give them a lane"])
        }
        let event = await conductor.act(act, by: person, via: via)
        switch event {
        case .acted?: return Done(message: event?.sentence ?? "")
        case .actRefused(_, _, let reason)?: throw Refusal(.refused, [reason])
        default:
            guard conductors[run] != nil else { throw ended(run) }
            throw Refusal(.failed, ["the step could not be recorded; the journal says why"])
        }
    }

    /// A step is taken by the person's own login; operators may take it for them.
    private func permit(_ person: PersonName, _ peer: Peer) throws {
        let login = calendar.people[person]?.login
        guard login != peer.login,
            !Accounts.isOperator(peer, group: configuration.operatorGroup)
        else { return }
        let reason =
            login == nil
            ? "\(person) has no Login= in the calendar; an operator can act for them"
            : "\(peer.login) cannot act for \(person)"
        throw Refusal(.notPermitted, [reason])
    }

    func add(_ followUp: FollowUp, to run: RunID) async throws -> Done {
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

    func openRun(_ run: RunID) throws -> RunConductor {
        guard let conductor = conductors[run] else { throw ended(run) }
        return conductor
    }

    func ended(_ run: RunID) -> Refusal {
        Refusal(.notFound, ["run '\(run)' is not open; 'drillctl status' shows the open ones"])
    }
}

extension Roster {
    /// Whether a person takes steps in the run: from the start, or by a lane given to them since.
    fileprivate func hasPart(for person: PersonName, after events: [RunEvent]) -> Bool {
        let planned = [commander] + [deputy].compactMap { $0 } + onCall.map(\.person) + lanes.values
        return planned.contains(person) || events.contains { $0.givesLane(to: person) }
    }
}

extension RunEvent {
    fileprivate func givesLane(to person: PersonName) -> Bool {
        switch self {
        case .ownerNamed(_, _, person), .acted(.ownLane(_, person), _, _): true
        case .acted(.handOff(let handoff), _, _): handoff.to == person
        default: false
        }
    }
}
