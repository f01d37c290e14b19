import CalendarTime
import Drills

/// What is known of one page: to whom it went, over which channels, and what they did about it.
package struct PageCard: Hashable, Sendable {
    package let plan: PagePlan
    /// One for each person and level, in the order they were turned to.
    package internal(set) var deliveries: [PageDelivery] = []
    /// Every accepted ack, in order; expired ones stay.
    package internal(set) var acks: [PageAck] = []
    /// How many channels took one of the repetitions that the scenario asks for.
    package internal(set) var repeats = 0
    /// How many acks were refused.
    package internal(set) var refusals = 0
    /// What services told people about it; a delivery told twice is here once.
    package internal(set) var notifications: [Notification] = []
    /// Why comms of this cycle held it back, if they did.
    package internal(set) var heldBack: String?
    package internal(set) var escalatedAt: BootInstant?
    package internal(set) var resolvedAt: BootInstant?
    /// Why it is over.
    package internal(set) var resolution: String?
    /// When its last ack lapsed.
    package internal(set) var reopenedAt: BootInstant?
    /// Whether the last level's ack deadline has passed too.
    package internal(set) var isExhausted = false

    /// The way of a page; each state is told by the facts, so no two can contradict each other.
    package enum State: String, CaseIterable, Hashable, Sendable {
        case planned
        /// On its way: no channel has answered well, and not all have answered badly.
        case posting
        /// Dropped by comms of this cycle, or refused or lost by every channel.
        case withheld
        case triggered
        case acknowledged
        /// Another level was turned to, and has not acknowledged yet.
        case escalated
        case resolved
    }

    /// Where the page stands.
    package var state: State {
        if resolvedAt != nil { return .resolved }
        if isAcknowledged { return .acknowledged }
        if escalatedAt != nil { return .escalated }
        if deliveries.contains(where: { $0.acceptedAt != nil }) { return .triggered }
        if deliveries.contains(where: \.isOnItsWay) { return .posting }
        return deliveries.isEmpty ? .planned : .withheld
    }

    /// Whether an ack holds.
    package var isAcknowledged: Bool { acks.contains { $0.expiredAt == nil } }

    /// Whether services were given it and not yet told that it is over.
    package var isFiring: Bool { resolvedAt == nil && deliveries.contains(where: \.isPosted) }

    /// Whether nobody has to acknowledge it any more, or ever had to.
    package var isAnswered: Bool { !plan.wantsAck || isAcknowledged || resolvedAt != nil }

    /// Whether whoever was turned to last can only find out otherwise: comms dropped it, or no channel took it.
    package var isUnheard: Bool {
        guard !isAnswered, let last = deliveries.last else { return false }
        return last.acceptedAt == nil && !last.isOnItsWay
    }

    /// Who was turned to last.
    package var holder: PersonName? { deliveries.last?.person }

    /// What went, or was to go, to a person.
    package func delivery(to person: PersonName) -> PageDelivery? {
        deliveries.last { $0.person == person }
    }

    /// From when its ack deadline counts: accepted, else posted, or opened again; nil while nobody was turned to.
    package var openSince: BootInstant? {
        guard let start = deliveries.last?.clockStart else { return nil }
        return max(start, reopenedAt ?? start)
    }
}

/// One page on its way to one person at one level.
package struct PageDelivery: Hashable, Sendable {
    package let person: PersonName
    package let level: OnCallLevel
    /// When it was first posted; for a level that is only named so far, when it was named.
    package internal(set) var postedAt: BootInstant
    /// Whether channels were given it.
    package internal(set) var isPosted: Bool
    /// The channels it was posted to.
    package internal(set) var channels: [ChannelName]
    /// In the order the channels answered.
    package internal(set) var receipts: [Receipt] = []
    /// When the first channel accepted it: the page counts as sent from then on.
    package internal(set) var acceptedAt: BootInstant?
    /// Whether comms of this cycle dropped it.
    package internal(set) var isDropped = false

    /// Channels that have not said what became of it.
    package var unanswered: [ChannelName] {
        channels.filter { channel in !receipts.contains { $0.channel == channel } }
    }

    /// Whether a channel may still accept it.
    package var isOnItsWay: Bool {
        acceptedAt == nil && !isDropped && (receipts.isEmpty || !unanswered.isEmpty)
    }

    /// Whether it may have arrived though no channel said so.
    package var mayHaveArrived: Bool {
        receipts.contains { if case .lost = $0.verdict { true } else { false } }
    }

    /// A level that is only named so far has no clock: comms may hold its page back.
    var clockStart: BootInstant? { isDropped || !isPosted ? nil : acceptedAt ?? postedAt }
}

/// Somebody's "I have it".
package struct PageAck: Hashable, Sendable {
    package let person: PersonName
    /// Where it was given: `drillctl`, `console`, `link`, or a channel.
    package let channel: String
    package let at: BootInstant
    /// When it lapsed, because its holder did nothing for too long.
    package internal(set) var expiredAt: BootInstant?
}
