import CalendarTime
import Drills

/// Where each page of a run stands, and who may still answer it.
///
/// It changes only when a recorded event is noted, so a board that is folded anew from a timeline equals the live one.
package struct PageBoard: Hashable, Sendable {
    let plan: RunPlan
    /// In plan order.
    package private(set) var cards: [PageCard]
    /// From when late people count: the first page that was posted or dropped, or the begin of a response without pages.
    package private(set) var lateCountsFrom: BootInstant?
    /// When each person last did something, which keeps their acks alive.
    private(set) var lastActAt: [PersonName: BootInstant] = [:]
    private(set) var isDetected = false
    private(set) var isWindingDown = false
    private(set) var isClosed = false

    /// A board on which all pages are planned.
    package init(_ plan: RunPlan) {
        self.plan = plan
        cards = plan.pages.map { PageCard(plan: $0) }
    }

    /// What is known of a page; nil if the run has no such page.
    package subscript(_ name: PageName) -> PageCard? {
        cards.first { $0.plan.name == name }
    }

    /// Whether nobody has to acknowledge anything any more.
    package var isAnswered: Bool { cards.allSatisfy(\.isAnswered) }

    /// Pages that services still show as firing, in plan order.
    package var firing: [PageName] { cards.filter(\.isFiring).map(\.plan.name) }

    /// Takes in a recorded event.
    package mutating func note(_ event: RunEvent, at now: BootInstant) {
        switch event {
        case .acted(_, let person, _), .responseStarted(_, _, let person): lastActAt[person] = now
        case .detected: isDetected = true
        case .phaseEntered(let phase):
            isWindingDown = phase != .brief && !phase.isUnderWay
            if phase == .respond, plan.pages.isEmpty { countLate(from: now) }
        case .closed: isClosed = true
        case .noted(let text):
            // A sentence of ours: that nobody is left has no event of its own.
            for index in cards.indices where text == Self.exhaustion(of: cards[index].plan.name) {
                cards[index].isExhausted = true
            }
        default: notePaging(event, at: now)
        }
    }

    private mutating func notePaging(_ event: RunEvent, at now: BootInstant) {
        switch event {
        case .pagePosting(let page, let person, let level, let channels):
            countLate(from: now)
            change(page) { $0.post(to: person, level, over: channels, at: now) }
        case .pageSent(let page, let person, let level, let receipt):
            countLate(from: now)
            change(page) { $0.take(receipt, from: person, level, at: now) }
        case .pageWithheld(let page, let person, let reason):
            withhold(page, from: person, because: reason, at: now)
        case .pageRepeated(let page, _, let receipt):
            change(page) { $0.repeats += receipt.wasAccepted ? 1 : 0 }
        case .pageResolved(let page, let reason): change(page) { $0.resolve(reason, at: now) }
        case .notified(let notification):
            change(notification.page) { $0.take(notification) }
        case .acked(let page, let person, let channel):
            lastActAt[person] = now
            change(page) { $0.acknowledge(by: person, on: channel, at: now) }
        case .ackRefused(let page, _, _): change(page) { $0.refusals += 1 }
        case .ackExpired(let page, let person): change(page) { $0.expire(of: person, at: now) }
        case .escalated(let page, _, let person):
            change(page) { $0.escalate(to: person, at: now) }
        default: break
        }
    }

    private mutating func withhold(
        _ page: PageName, from person: PersonName, because reason: String, at now: BootInstant
    ) {
        // A page that is only late is still on its way, and counts from its arrival.
        let isDropped = plan.mutation.comms == .channelDown
        if isDropped { countLate(from: now) }
        let level = plan.roster.onCall.first { $0.person == person }?.level
        change(page) { card in
            card.heldBack = reason
            if isDropped { card.drop(from: person, level ?? card.plan.to, at: now) }
        }
    }

    private mutating func countLate(from now: BootInstant) {
        lateCountsFrom = lateCountsFrom ?? now
    }

    private mutating func change(_ page: PageName, _ body: (inout PageCard) -> Void) {
        guard let index = cards.firstIndex(where: { $0.plan.name == page }) else { return }
        body(&cards[index])
    }
}

extension PageCard {
    fileprivate mutating func post(
        to person: PersonName, _ level: OnCallLevel, over more: [ChannelName], at now: BootInstant
    ) {
        let index = place(of: person, level, at: now)
        if !deliveries[index].isPosted { deliveries[index].postedAt = now }
        deliveries[index].isPosted = true
        let known = deliveries[index].channels
        deliveries[index].channels += more.filter { !known.contains($0) }
    }

    fileprivate mutating func take(
        _ receipt: Receipt, from person: PersonName, _ level: OnCallLevel, at now: BootInstant
    ) {
        let index = place(of: person, level, at: now)
        deliveries[index].isPosted = true
        deliveries[index].receipts.append(receipt)
        guard receipt.wasAccepted, deliveries[index].acceptedAt == nil else { return }
        deliveries[index].acceptedAt = now
    }

    fileprivate mutating func drop(
        from person: PersonName, _ level: OnCallLevel, at now: BootInstant
    ) {
        deliveries[place(of: person, level, at: now)].isDropped = true
    }

    fileprivate mutating func escalate(to person: PersonName, at now: BootInstant) {
        escalatedAt = escalatedAt ?? now
        _ = place(of: person, .secondary, at: now)
    }

    fileprivate mutating func acknowledge(
        by person: PersonName, on channel: String, at now: BootInstant
    ) {
        acks.append(PageAck(person: person, channel: channel, at: now))
        isExhausted = false
    }

    fileprivate mutating func expire(of person: PersonName, at now: BootInstant) {
        for index in acks.indices where acks[index].person == person {
            acks[index].expiredAt = acks[index].expiredAt ?? now
        }
        if !isAcknowledged { reopenedAt = now }
    }

    fileprivate mutating func resolve(_ reason: String, at now: BootInstant) {
        guard resolvedAt == nil else { return }
        resolvedAt = now
        resolution = reason
    }

    fileprivate mutating func take(_ notification: Notification) {
        let isKnown = notifications.contains {
            $0.channel == notification.channel && $0.delivery == notification.delivery
                && $0.status == notification.status
        }
        if !isKnown { notifications.append(notification) }
    }

    private mutating func place(
        of person: PersonName, _ level: OnCallLevel, at now: BootInstant
    ) -> Int {
        if let index = deliveries.firstIndex(where: { $0.person == person && $0.level == level }) {
            return index
        }
        deliveries.append(
            PageDelivery(
                person: person, level: level, postedAt: now, isPosted: false, channels: []))
        return deliveries.endIndex - 1
    }
}

extension Phase {
    fileprivate var isUnderWay: Bool { self == .inject || self == .respond }
}
