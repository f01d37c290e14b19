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

    private enum State {
        case underWay
        /// It came to its end while it was under way.
        case overTooEarly
        case firing
        /// Handed over or not, nobody knows; it is resolved, but never refreshed.
        case unknown

        /// Nil where the channel has no page.
        init?(_ receipt: Receipt) {
            switch receipt.verdict {
            case .accepted: self = .firing
            case .lost: self = .unknown
            case .rejected: return nil
            }
        }
    }

    private let states: Mutex<[Posting: State]>

    /// The postings as recorded events left them.
    init(_ events: [RunEvent]) {
        var states: [Posting: State] = [:]
        for event in events {
            switch event {
            case .pagePosting(let page, let person, let level, let channels):
                for channel in channels {
                    states[Posting(page: page, person: person, level: level, channel: channel)] =
                        .unknown
                }
            case .pageSent(let page, let person, let level, let receipt):
                guard let channel = receipt.channel else { continue }
                let posting = Posting(page: page, person: person, level: level, channel: channel)
                states[posting] = State(receipt)
            case .pageResolved(let page, _):
                // Recorded before it is done: whether the channels heard of it, nobody knows.
                for posting in states.keys where posting.page == page { states[posting] = .unknown }
            default: break
            }
        }
        self.states = Mutex(states)
    }

    /// A page that is firing already stays so while it is posted again.
    func begin(_ posting: Posting) {
        states.withLock { states in
            if states[posting] != .firing { states[posting] = .underWay }
        }
    }

    /// Notes what the channel answered; true if the page is over already and has to be resolved now.
    func end(_ posting: Posting, _ receipt: Receipt) -> Bool {
        states.withLock { states in
            guard states[posting] != .firing else { return false }
            let isOver = states[posting] == .overTooEarly
            states[posting] = State(receipt)
            return isOver && states[posting] != nil
        }
    }

    /// Those of a page that are firing at a channel, by level.
    func firing(_ page: PageName, at channel: ChannelName) -> [Posting] {
        states.withLock { states in
            states.filter { $0.key.page == page && $0.key.channel == channel }
                .filter { $0.value == .firing }.keys.sorted { $0.level < $1.level }
        }
    }

    /// Those of a page that have to be resolved at a channel; what is still under way follows by ``end(_:_:)``.
    func toResolve(_ page: PageName, at channel: ChannelName) -> [Posting] {
        states.withLock { states in
            var found: [Posting] = []
            for (posting, state) in states
            where posting.page == page && posting.channel == channel {
                switch state {
                case .underWay: states[posting] = .overTooEarly
                case .overTooEarly: break
                case .firing, .unknown: found.append(posting)
                }
            }
            return found.sorted { $0.level < $1.level }
        }
    }

    func forget(_ posting: Posting) {
        _ = states.withLock { $0.removeValue(forKey: posting) }
    }

    /// All that may still be firing somewhere.
    var left: [Posting] {
        states.withLock { $0.keys.sorted { ($0.page, $0.channel) < ($1.page, $1.channel) } }
    }
}
