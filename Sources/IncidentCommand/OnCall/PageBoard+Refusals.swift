import CalendarTime
import Drills

// Whose ack counts. The mutation is enforced here: who is out cannot acknowledge, who is late not before their time.
extension PageBoard {
    /// Why an ack does not count; nil: it does, however late it comes.
    package func refusal(
        ofAck page: PageName, by person: PersonName, at now: Moment
    ) -> String? {
        guard let card = self[page] else {
            let names = cards.map(\.plan.name.text).joined(separator: ", ")
            return "the run has no page \(page); its pages are \(names.isEmpty ? "none" : names)"
        }
        return refusal(of: card) ?? refusal(of: card, to: person) ?? absence(of: person, at: now)
    }

    /// Whether an ack would count, whatever there is to say if not.
    package func takesAck(of page: PageName, by person: PersonName, at now: BootInstant) -> Bool {
        guard let card = self[page] else { return false }
        return refusal(of: card) == nil && refusal(of: card, to: person) == nil
            && !isOut(person, at: now)
    }

    /// Whether a person cannot act in this cycle at this time.
    package func isOut(_ person: PersonName, at now: BootInstant) -> Bool {
        switch availability(of: person) {
        case .present: false
        case .absent: true
        case .late: presentFrom(of: person).map { now < $0 } ?? true
        }
    }

    /// Why a person cannot act in this cycle at this time; nil: they can.
    ///
    /// Absence and lateness are the primary's; everyone else is present.
    package func absence(of person: PersonName, at now: Moment) -> String? {
        switch availability(of: person) {
        case .present: return nil
        case .absent: return "\(person) is out in this drill until it ends"
        case .late(let span):
            return lateness(of: person, by: span, at: now)
        }
    }

    private func lateness(
        of person: PersonName, by span: TimeSpan, at now: Moment
    ) -> String? {
        let start = plan.pages.isEmpty ? "the begin of the response" : "the first page"
        guard let from = presentFrom(of: person) else {
            return "\(person) is out in this drill until \(span) after \(start)"
        }
        guard now.boot < from else { return nil }
        return "\(person) is out in this drill until \(now.timeOfDay(at: from)), in "
            + "\(from.span(since: now.boot).rough), which is \(span) after \(start)"
    }

    /// Whether a person can act in this cycle.
    package func availability(of person: PersonName) -> Availability {
        guard plan.roster.onCall.first?.person == person else { return .present }
        return plan.mutation.ownerAvailability
    }

    /// When a late person is there; nil for everyone else, and while no page was posted or dropped.
    ///
    /// A page that comms only delay will be posted, and counts from then.
    package func presentFrom(of person: PersonName) -> BootInstant? {
        guard case .late(let span) = availability(of: person) else { return nil }
        return lateCountsFrom?.advanced(by: span)
    }

    private func refusal(of card: PageCard) -> String? {
        let page = card.plan.name
        guard !isClosed else { return "the run is closed; nothing is left to acknowledge" }
        if let team = card.plan.team {
            return "page \(page) belongs to team \(team); leave it to them"
        }
        guard card.resolvedAt == nil else {
            return "page \(page) is over (\(card.resolution ?? "resolved")); "
                + "nothing is left to acknowledge"
        }
        return card.state == .planned ? "page \(page) has not been sent yet" : nil
    }

    private func refusal(of card: PageCard, to person: PersonName) -> String? {
        let page = card.plan.name
        guard let delivery = card.delivery(to: person) else {
            let holders = card.deliveries.map(\.person.text).joined(separator: " and ")
            return "page \(page) did not go to \(person); it went to \(holders)"
        }
        guard !delivery.isOnItsWay else {
            return "page \(page) is still being handed over; acknowledge it again in a moment"
        }
        // Without probes nothing is ever detected: whoever finds out otherwise may say so.
        let isKnown = isDetected || plan.probes.isEmpty
        guard delivery.acceptedAt != nil || delivery.mayHaveArrived || isKnown else {
            return "page \(page) has not been sent yet"
        }
        let holds = card.acks.contains { $0.person == person && $0.expiredAt == nil }
        return holds ? "page \(page) was acknowledged by \(person) already" : nil
    }
}
