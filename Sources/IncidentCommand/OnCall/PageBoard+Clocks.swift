import CalendarTime
import Drills

// Ack deadlines and lapsing acks. Both are read off the facts, so nothing has to be remembered or restored.
extension PageBoard {
    /// When a page goes to the next level unless somebody acknowledges it; nil: its clock does not run.
    ///
    /// The deadline counts from the first channel that accepted the page. Where none has, it counts from the posting:
    /// a page that every channel lost escalates as late as one that nobody answered.
    package func ackDeadline(of page: PageName) -> BootInstant? {
        guard !isWindingDown, let card = self[page], !card.isAnswered, !card.isExhausted else {
            return nil
        }
        return card.openSince?.advanced(by: plan.ackDeadline)
    }

    /// When the ack of a person lapses unless they do something; nil: it does not.
    package func expiry(ofAckBy person: PersonName, of page: PageName) -> BootInstant? {
        guard !isWindingDown, let span = plan.response.ackExpiry, let card = self[page],
            card.state == .acknowledged,
            let ack = card.acks.first(where: { $0.person == person && $0.expiredAt == nil })
        else { return nil }
        return max(ack.at, lastActAt[person] ?? ack.at).advanced(by: span)
    }

    /// When ``wake(at:)`` has something to say next.
    package var nextWake: BootInstant? {
        guard !isClosed else { return nil }
        return cards.flatMap { card in
            [ackDeadline(of: card.plan.name)]
                + card.acks.map { expiry(ofAckBy: $0.person, of: card.plan.name) }
        }.compactMap { $0 }.min()
    }

    /// What time itself brought about by now: to be recorded, and noted like any event.
    ///
    /// It goes on proposing the same until that is noted.
    package func wake(at now: BootInstant) -> [RunEvent] {
        guard !isClosed else { return [] }
        return cards.flatMap { lapsed(of: $0, at: now) + escalation(of: $0, at: now) }
    }

    private func lapsed(of card: PageCard, at now: BootInstant) -> [RunEvent] {
        card.acks.compactMap { ack in
            guard ack.expiredAt == nil,
                let due = expiry(ofAckBy: ack.person, of: card.plan.name), due <= now
            else { return nil }
            return .ackExpired(page: card.plan.name, person: ack.person)
        }
    }

    private func escalation(of card: PageCard, at now: BootInstant) -> [RunEvent] {
        let page = card.plan.name
        guard let due = ackDeadline(of: page), due <= now, let last = card.deliveries.last else {
            return []
        }
        guard last.level == .primary,
            let next = plan.roster.onCall.first(where: { $0.level == .secondary })
        else { return [.noted(text: Self.exhaustion(of: page))] }
        return [.escalated(page: page, from: last.person, to: next.person)]
    }

    static func exhaustion(of page: PageName) -> String {
        "page \(page): nobody is left to escalate to"
    }
}
