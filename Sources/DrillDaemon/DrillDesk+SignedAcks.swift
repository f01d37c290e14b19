import ControlAPI
import Drills
import Paging

/// Signed acks, which are answered as `drillctl ack` is.
extension DrillDesk {
    /// Acknowledges for whoever signed; what was signed counts once.
    func acknowledge(by ack: Returned, over channel: ChannelName) async throws -> Done {
        let run = ack.run
        guard let conductor = conductors[run] else { throw try await gone(run) }
        let told = named(ack.notification, in: conductor.plan)
        guard conductor.plan.channel(named: channel) != nil else {
            throw Refusal(.notFound, ["run \(run) sends no pages over channel '\(channel)'"])
        }
        guard conductor.plan.page(named: told.page) != nil else {
            throw noPage(told.page, in: conductor)
        }
        guard let person = told.person.flatMap(PersonName.init(checking:)) else {
            throw Refusal(.badRequest, ["the ack names nobody of the roster"])
        }
        let event = await conductor.acknowledge(by: told, as: person)
        if event != nil { _ = await conductor.note(told, isToldAgain: false) }
        switch event {
        case .acked:
            return Done(message: "page \(told.page) of \(run) is acknowledged by \(person)")
        case .ackRefused(_, _, let reason): throw Refusal(.refused, [reason])
        default: return try answerAgain(told, by: person, in: await conductor.timeline)
        }
    }

    /// What came before is answered as it was then, for whoever lost the answer.
    private func answerAgain(
        _ told: Notification, by person: PersonName, in timeline: Timeline
    ) throws -> Done {
        let events = timeline.entries.map(\.event)
        let ack = RunEvent.acked(page: told.page, person: person, channel: told.channel.text)
        guard events.contains(.notified(notification: told)) else {
            guard let run = timeline.plan?.run, timeline.outcome != nil else {
                throw Self.unrecorded("acknowledgement")
            }
            throw closed(run)
        }
        guard events.contains(ack) else {
            throw Refusal(.refused, ["this ack came before and did not count; sign a new one"])
        }
        return Done(message: "page \(told.page) is acknowledged by \(person) already")
    }

    /// A run that ended is another thing than one that never was.
    private func gone(_ run: RunID) async throws -> Refusal {
        _ = try await detail(of: run)
        return closed(run)
    }

    private func closed(_ run: RunID) -> Refusal {
        Refusal(.refused, ["run '\(run)' is closed; nothing is left to acknowledge"])
    }

    private func noPage(_ page: PageName, in conductor: RunConductor) -> Refusal {
        let pages = conductor.plan.pages.map(\.name.text).joined(separator: ", ")
        return Refusal(
            .notFound, ["run \(conductor.plan.run) has no open page '\(page)'; its pages: \(pages)"]
        )
    }
}
