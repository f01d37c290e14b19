import Drills
import Synchronization

/// Which pages of a run are at which channels, so that each can be refreshed and none is left firing.
final class PostedPages: Sendable {
    /// One page to one level, at one channel: what the service takes for one incident.
    struct Posting: Hashable, Sendable {
        let page: PageName
        let person: PersonName
        let level: OnCallLevel
        let channel: ChannelName
    }

    /// A posting that the channel has, or may have.
    fileprivate struct Card {
        /// False: handed over or not, nobody knows; it is resolved, but never refreshed.
        var isFiring: Bool
        /// How often it was told to fire; what is resolved meanwhile may fire once more.
        var count = 0
    }

    fileprivate struct State {
        var cards: [Posting: Card] = [:]
        /// A page that is over never fires again.
        var over: Set<PageName> = []
    }

    private let state: Mutex<State>

    /// The postings as recorded events left them.
    init(_ events: [RunEvent]) {
        var state = State()
        for event in events { state.note(event) }
        self.state = Mutex(state)
    }

    /// Whether a page is still to fire.
    func isWanted(_ page: PageName) -> Bool { state.withLock { !$0.over.contains(page) } }

    /// Notes what the channel answered to a page that was to fire; true if it may fire although it is over.
    func end(_ posting: Posting, _ receipt: Receipt) -> Bool {
        state.withLock { $0.take(receipt, of: posting) && $0.over.contains(posting.page) }
    }

    /// Those of a page that are firing at a channel, by level.
    func firing(_ page: PageName, at channel: ChannelName) -> [Posting] {
        state.withLock { state in
            state.cards.filter { $0.key.page == page && $0.key.channel == channel }
                .filter(\.value.isFiring).keys.sorted { $0.level < $1.level }
        }
    }

    /// Ends a page: those that have to be resolved at a channel; what is still under way follows by ``end(_:_:)``.
    func toResolve(_ page: PageName, at channel: ChannelName) -> [Posting] {
        state.withLock { state in
            state.over.insert(page)
            return state.cards.keys.filter { $0.page == page && $0.channel == channel }
                .sorted { $0.level < $1.level }
        }
    }

    /// How often a posting was told to fire so far.
    func count(of posting: Posting) -> Int { state.withLock { $0.cards[posting]?.count ?? 0 } }

    /// The channel knows that a posting is over, which was told to fire so often by then.
    func forget(_ posting: Posting, firedBefore count: Int) {
        state.withLock { state in
            guard state.cards[posting]?.count == count else { return }
            state.cards[posting] = nil
        }
    }

    /// All that may still be firing somewhere.
    var left: [Posting] {
        state.withLock { $0.cards.keys.sorted { ($0.page, $0.channel) < ($1.page, $1.channel) } }
    }
}

extension PostedPages.State {
    fileprivate mutating func note(_ event: RunEvent) {
        switch event {
        case .pagePosting(let page, let person, let level, let channels):
            for channel in channels {
                let posting = PostedPages.Posting(
                    page: page, person: person, level: level, channel: channel)
                cards[posting] = PostedPages.Card(isFiring: false)
            }
        case .pageSent(let page, let person, let level, let receipt):
            guard let channel = receipt.channel else { return }
            let posting = PostedPages.Posting(
                page: page, person: person, level: level, channel: channel)
            cards[posting] = nil
            _ = take(receipt, of: posting)
        case .pageResolved(let page, _):
            over.insert(page)
            // Recorded before it is done: whether the channels heard of it, nobody knows.
            for posting in cards.keys where posting.page == page {
                cards[posting]?.isFiring = false
            }
        default: break
        }
    }

    /// Whether the channel has the page by this answer, or may have it.
    fileprivate mutating func take(_ receipt: Receipt, of posting: PostedPages.Posting) -> Bool {
        switch receipt.verdict {
        case .rejected: return false
        case .accepted: cards[posting, default: PostedPages.Card(isFiring: true)].isFiring = true
        case .lost:
            if cards[posting] == nil { cards[posting] = PostedPages.Card(isFiring: false) }
        }
        cards[posting]?.count += 1
        return true
    }
}
