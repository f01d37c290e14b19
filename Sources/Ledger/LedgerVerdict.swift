/// What a walk over the whole chain found.
package enum LedgerVerdict: Hashable, Sendable {
    /// Every event follows from the one before it, and the last is the one that the head names.
    case intact(count: Int64, head: EventHash, anchor: Anchor)
    /// The first event that does not fit.
    case broken(sequence: Int64, flaw: Flaw)

    /// Whether a head from elsewhere was looked for.
    package enum Anchor: Hashable, Sendable {
        case notGiven
        /// The chain up to this event is the one that was written down.
        case found(sequence: Int64)
    }

    /// What is wrong with the chain at one place.
    package enum Flaw: Hashable, Sendable {
        /// Some column is not what was hashed when the event was recorded.
        case changed
        /// This many events are gone before the one that is next in the table.
        case missing(count: Int64)
        /// It was recorded after another event than the one that stands before it.
        case reordered(after: Int64)
        /// It names a hash before it that no event has: it or the event before it was replaced.
        case unlinked
        /// The head record names an event that is not there: the tail was cut off.
        case tailMissing(count: Int64)
        /// The head record is not that of the last event.
        case headChanged
        /// A column or a page cannot be read.
        case unreadable(reason: String)
        /// The head that was written down elsewhere is not in the chain.
        case anchorMissing(EventHash)
    }

    /// Whether nothing is wrong.
    package var isIntact: Bool {
        guard case .intact = self else { return false }
        return true
    }
}

extension LedgerVerdict: CustomStringConvertible {
    /// What `drillctl ledger verify` prints: the finding, and what it does and does not prove.
    package var description: String {
        switch self {
        case .intact(let count, let head, let anchor):
            """
            \(counted(Int(count), "event")), the chain is intact
            head \(head)
            \(anchor.proof)
            """
        case .broken(let sequence, let flaw):
            """
            broken at event \(sequence): \(flaw)
            \(flaw.proof)
            """
        }
    }
}

extension LedgerVerdict.Anchor {
    fileprivate var proof: String {
        switch self {
        case .notGiven:
            """
            This proves that no event was changed, removed, added or moved without computing the
            chain anew. It does not prove that nobody did so, or cut the end off together with its
            head record: note the head in another place and give it with --head.
            """
        case .found(let sequence):
            """
            The given head is event \(sequence): nothing up to it was changed, removed, added or
            moved since that head was noted. Events after it are proven by the chain alone.
            """
        }
    }
}

extension LedgerVerdict.Flaw {
    fileprivate var proof: String {
        switch self {
        case .anchorMissing:
            """
            The chain fits together, but it was computed anew, or its end was cut off together with
            its head record, or the given head is that of another ledger.
            """
        default: "The events before it follow from each other; of those after it nothing is proven."
        }
    }
}

extension LedgerVerdict.Flaw: CustomStringConvertible {
    /// The flaw as the end of a sentence that names the event.
    package var description: String {
        switch self {
        case .changed: "its content is not what was recorded"
        case .missing(let count): "\(counted(Int(count), "event")) missing from here on"
        case .reordered(let other): "it was recorded after event \(other), not at this place"
        case .unlinked: "it does not follow the event before it, one of the two was replaced"
        case .tailMissing(let count):
            "the end was cut off, \(counted(Int(count), "event")) missing from here on"
        case .headChanged: "the head record does not name it as the last event"
        case .unreadable(let reason): "it cannot be read: \(reason)"
        case .anchorMissing(let hash): "up to the end, no event has the given head \(hash)"
        }
    }
}
