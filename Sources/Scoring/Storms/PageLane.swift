import CalendarTime
import Drills

/// What one receiver was to be told of a page, and what they were told.
///
/// Where a service has routes a lane is a receiver of theirs. Where it has none, a lane is one incident, the page to one
/// level: the service itself decides whom to tell, and may give it to somebody else.
struct PageLane: Hashable {
    /// When the first notification was expected, from the beginning of the run; nil: none was.
    let due: TimeSpan?
    /// When the first one came.
    let told: TimeSpan?
    /// How often people were told beyond what was expected.
    let duplicates: Int
    /// How much earlier than it was answered the page may have arrived.
    private let early: TimeSpan
    /// How much later than it was posted the page may have arrived, where no answer tells.
    private let late: TimeSpan

    /// How much earlier or later than expected a notification may come.
    static let tolerance = TimeSpan.seconds(10)

    /// The lanes of a page, those that were expected first in order of time.
    static func all(
        due: [ExpectedNotification], told: [ChannelJudge.Told], isRouted: Bool,
        _ handings: [Handing]
    ) -> [PageLane] {
        let expected = Dictionary(grouping: due) { Name($0, isRouted: isRouted) }
        let seen = Dictionary(grouping: told) { Name($0, due, isRouted: isRouted) }
        let names = Set(expected.keys).union(seen.keys)
        return names.map { PageLane(expected[$0] ?? [], seen[$0] ?? [], handings) }
            .sorted {
                ($0.due ?? .infinity, $0.told ?? .infinity) < (
                    $1.due ?? .infinity, $1.told ?? .infinity
                )
            }
    }

    private init(
        _ due: [ExpectedNotification], _ told: [ChannelJudge.Told], _ handings: [Handing]
    ) {
        self.due = due.map(\.offset).min()
        self.told = told.map(\.at).min()
        duplicates = Dictionary(grouping: told, by: \.notification.receiver).values
            .reduce(0) { $0 + max(0, $1.count - due.count) }
        early = handings.filter(\.receipt.wasAccepted).map(\.taken).max() ?? .zero
        late = handings.filter { !$0.receipt.wasAccepted }.map(\.taken).max() ?? .zero
    }

    /// Whether somebody must have been told by then.
    func isDue(until end: TimeSpan) -> Bool {
        due.map { $0.advanced(by: Self.tolerance) <= end } ?? false
    }

    /// What the receiver was told beside what they should have been, when others were told.
    func verdict(until end: TimeSpan) -> PageVerdict {
        guard let due else { return .asExpected }
        guard let told else { return isDue(until: end) ? .partial : .notObserved }
        if told > due.advanced(by: Self.tolerance).advanced(by: late) { return .late }
        return told.advanced(by: Self.tolerance).advanced(by: early) < due ? .early : .asExpected
    }

    /// Tells lanes apart.
    private enum Name: Hashable {
        case receiver(String)
        case incident(Route.Reach?)

        init(_ due: ExpectedNotification, isRouted: Bool) {
            self = isRouted ? .receiver(due.receiver) : .incident(due.reaches)
        }

        /// A service that does not say which incident it is about tells of the latest that was due.
        init(_ told: ChannelJudge.Told, _ due: [ExpectedNotification], isRouted: Bool) {
            guard !isRouted else {
                self = .receiver(told.notification.receiver)
                return
            }
            let limit = told.at.advanced(by: PageLane.tolerance)
            let latest = due.last { $0.offset <= limit } ?? due.first
            self = .incident(told.notification.level.map { .level($0) } ?? latest?.reaches)
        }
    }
}
