import CalendarTime
import ControlAPI
import Drills
import Faults
import IncidentCommand
import Reports

/// What people do in an open run: they acknowledge, take steps and add follow-ups.
extension DrillDesk {
    func acknowledge(
        _ page: PageName, of run: RunID, by person: PersonName, channel: String, _ peer: Peer
    ) async throws -> Done {
        let conductor = try openRun(run)
        try permit(peer, to: "acknowledge", for: person)
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
            if await conductor.isBehind { throw Self.unrecorded("acknowledgement") }
            let pages = conductor.plan.pages.map(\.name.text).joined(separator: ", ")
            throw Refusal(.notFound, ["run \(run) has no open page '\(page)'; its pages: \(pages)"])
        }
    }

    /// Takes a step of the response: the run judges it when its turn comes, so of two at once the first counts.
    func act(
        _ act: ResponseAct, in run: RunID, by person: PersonName, via: String, _ peer: Peer
    ) async throws -> Done {
        let conductor = try openRun(run)
        try permit(peer, to: "act", for: person)
        let event = await conductor.act(
            await rendered(act, in: conductor), by: person, via: via)
        switch event {
        case .acted(.sendUpdate(_, let text), _, _)?:
            return Done(message: [event?.sentence, text].compactMap { $0 }.joined(separator: "\n"))
        case .acted(.addEvidence(let item), _, _)?:
            let kept = IncidentBoard(await conductor.timeline)?.evidence.items
            let number = kept?.last { $0.item == item }?.number
            let name = number.map { "evidence \($0): " } ?? ""
            return Done(message: name + (event?.sentence ?? ""))
        case .acted?: return Done(message: event?.sentence ?? "")
        case .actRefused(_, _, let reason)?: throw Refusal(.refused, [reason])
        default:
            guard conductors[run] != nil else { throw ended(run) }
            throw Self.unrecorded("step")
        }
    }

    /// It may be on the record in the end, so that a second one would be one too many.
    static func unrecorded(_ what: String) -> Refusal {
        Refusal(
            .failed,
            [
                "the \(what) is not on the record; it is written if the ledger takes events again, "
                    + "and 'drillctl timeline' shows whether it was"
            ])
    }

    /// An update is recorded with the text that goes out, rendered from the run's state.
    private func rendered(
        _ act: ResponseAct, in conductor: RunConductor
    ) async -> ResponseAct {
        guard case .sendUpdate(let kind, let note) = act else { return act }
        let zone = configuration.zones.localZone(variable: nil)
        let text = UpdateText.render(
            kind, await conductor.timeline, now: MachineClock.now(), note: note, zone: zone)
        return .sendUpdate(kind, note: text ?? note)
    }

    /// An ack or a step is the person's own login's; operators may do it for them. What part the person has in the
    /// run, the run knows.
    private func permit(_ peer: Peer, to verb: String, for person: PersonName) throws {
        let login = calendar.people[person]?.login
        guard login != peer.login,
            !Accounts.isOperator(peer, group: configuration.operatorGroup)
        else { return }
        let reason =
            login == nil
            ? "\(person) has no Login= in the calendar; an operator can \(verb) for them"
            : "\(peer.login) cannot \(verb) for \(person)"
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
            throw Self.unrecorded("follow-up")
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
