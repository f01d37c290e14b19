import CalendarTime
import Drills

/// What a channel made of one page.
package struct ChannelVerdict: Hashable, Sendable {
    package let channel: ChannelName
    package let verdict: PageVerdict
    /// Who was told, as far as it is known; sorted.
    package let routed: [Destination]
    /// When the receiver of whom it went worst should have been told for the first time, from the beginning of the run.
    package let expected: TimeSpan?
    /// When they were; if they were not, when somebody else was.
    package let notified: TimeSpan?
    /// How often people were told beyond what was expected.
    package let duplicates: Int
}

/// Whether a page reached whom it should, when it should; the worst comes last.
package enum PageVerdict: String, CaseIterable, Hashable, Sendable, Codable, Comparable {
    /// The channel has no way to say what it did, or the run ended before it had to.
    case notObserved = "not observed"
    /// Nobody was told, and nobody had to be: inhibited, or gathered into a later notification.
    case suppressed = "suppressed as expected"
    case asExpected = "as expected"
    case duplicate
    /// Told before the rules of the service allow, as the calendar repeats them.
    case early
    case late
    /// Somebody was told, and somebody else who had to be was not.
    case partial = "not all told"
    case misrouted
    /// No channel took it.
    case rejected
    /// Taken, and then nobody was told.
    case lost

    package static func < (left: PageVerdict, right: PageVerdict) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// Whether there is nothing to find fault with.
    package var isGood: Bool { self <= .asExpected }
}

/// Whom a notification reached.
package enum Destination: Hashable, Sendable, Comparable, CustomStringConvertible {
    case level(OnCallLevel)
    case team(String)
    /// A receiver of which the calendar does not say whom it reaches.
    case receiver(String)

    /// Whom a route says it reaches.
    package init(_ reach: Route.Reach) {
        switch reach {
        case .level(let level): self = .level(level)
        case .team(let team): self = .team(team)
        }
    }

    package var description: String {
        switch self {
        case .level(let level): level.rawValue
        case .team(let team): "team \(team)"
        case .receiver(let name): "receiver \(name)"
        }
    }

    package static func < (left: Destination, right: Destination) -> Bool {
        left.description < right.description
    }
}

extension PagePlan {
    /// Whom the page is for.
    var destination: Destination { team.map { .team($0) } ?? .level(to) }
}
