import CalendarTime
import Drills
import IncidentCommand

/// Acks, by people and by the script that stands in for them.
extension DrillRun {
    /// What an attempt to acknowledge a page comes to; nil if the run has no such page.
    ///
    /// The answer is an event to be recorded, never a silent refusal.
    package func judgeAck(
        of page: PageName, by person: PersonName, channel: String, at now: Moment
    ) -> RunEvent? {
        guard pages[page] != nil else { return nil }
        guard let reason = pages.refusal(ofAck: page, by: person, at: now) else {
            return .acked(page: page, person: person, channel: channel)
        }
        return .ackRefused(page: page, person: person, reason: reason)
    }

    mutating func noteAck(by person: PersonName) -> [Effect] {
        guard isAttended else { return startResponse(by: person) + completeIfDone() }
        beginByHand(person)
        return completeIfDone()
    }

    /// The scripted on-call acknowledges, unless someone did or they are out in this cycle.
    mutating func scriptedAck(
        of page: PageName, by person: PersonName, at now: BootInstant
    ) -> [Effect] {
        guard isUnderWay, !isAttended, let response = plan.response(taking: .ack),
            let card = pages[page], !card.isAnswered,
            pages.takesAck(of: page, by: person, at: now)
        else { return [] }
        return [ask(response, page: page, as: person)]
    }

    /// People found out without a page: whoever was to be paged acts now.
    mutating func findOut(at now: BootInstant) -> [Effect] {
        guard isUnderWay, !isAttended else { return [] }
        let waiting = pages.cards.filter(\.isUnheard)
        guard let first = waiting.first?.holder else { return [] }
        guard plan.response(taking: .ack) != nil else { return startResponse(by: first) }
        return waiting.flatMap { card in
            card.holder.map { scheduleAck(of: card.plan.name, by: $0, at: now) } ?? []
        }
    }

    mutating func scheduleAck(
        of page: PageName, by person: PersonName, at now: BootInstant
    ) -> [Effect] {
        switch pages.availability(of: person) {
        case .absent: return []
        case .present: return scriptedAck(of: page, by: person, at: now)
        case .late(let span):
            let from = pages.presentFrom(of: person) ?? now.advanced(by: span)
            timers.add(.scriptedAck(page, person), at: max(now, from))
            return []
        }
    }
}
