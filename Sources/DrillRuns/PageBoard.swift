import CalendarTime
import Drills

/// Where each page of a run stands.
struct PageBoard: Sendable {
    /// The way of one page: planned, with one holder after the other, acknowledged.
    enum State: Hashable, Sendable {
        case planned
        /// Held back or lost, so the holder knows of it only if they find out otherwise.
        case withheld(holder: PersonName)
        case sent(holder: PersonName, level: OnCallLevel)
        case acked(by: PersonName)
    }

    private var states: [PageName: State]
    private let names: [PageName]
    /// Everyone a page was sent to, so that a late ack of the first holder counts as well.
    private var holders: [PageName: Set<PersonName>] = [:]

    /// A board on which all pages are planned.
    init(_ names: [PageName]) {
        self.names = names
        states = Dictionary(uniqueKeysWithValues: names.map { ($0, .planned) })
    }

    subscript(_ name: PageName) -> State? {
        states[name]
    }

    /// Moves a page on.
    mutating func move(_ name: PageName, to state: State) {
        switch state {
        case .withheld(let holder), .sent(let holder, _):
            holders[name, default: []].insert(holder)
        case .planned, .acked: break
        }
        states[name] = state
    }

    /// Whether the page was meant for this person at some time.
    func isHolder(_ person: PersonName, of page: PageName) -> Bool {
        holders[page]?.contains(person) ?? false
    }

    /// Pages that wait for someone to find out by themselves, in plan order, with their holders.
    var withheld: [(page: PageName, holder: PersonName)] {
        names.compactMap { name in
            guard case .withheld(let holder) = states[name] else { return nil }
            return (name, holder)
        }
    }

    /// Whether every page was acknowledged.
    var allAcked: Bool {
        names.allSatisfy { name in
            guard case .acked = states[name] else { return false }
            return true
        }
    }
}
