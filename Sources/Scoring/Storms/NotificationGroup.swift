import CalendarTime
import Drills

/// Alerts that a route tells people about together.
struct NotificationGroup {
    private(set) var members: [LabelSet: Member] = [:]
    /// When the group is looked at next.
    private(set) var next: TimeSpan
    private var hasFlushed = false
    private var emptySince: TimeSpan?

    /// One alert as the group knows it.
    struct Member: Hashable {
        let page: PageName
        let isFiring: Bool
    }

    /// Groups that hold nothing are cleared away once in this time.
    private static let upkeep = TimeSpan.seconds(30)

    /// A group that begins with an alert.
    init(beginning at: TimeSpan, _ route: Route) {
        next = at.advanced(by: route.groupWait)
    }

    /// Whether nothing is left of the group by then.
    func isGone(at now: TimeSpan) -> Bool {
        emptySince.map { $0.advanced(by: Self.upkeep) <= now } ?? false
    }

    /// Takes in what was posted.
    ///
    /// An alert that has fired longer than the group waits is not waited for, as long as nobody
    /// was told anything: Alertmanager's `insert` sets the timer to zero.
    mutating func insert(_ labels: LabelSet, _ posting: Posting, _ route: Route) {
        while emptySince != nil, next < posting.at { next = next.advanced(by: route.tick) }
        emptySince = nil
        members[labels] = Member(page: posting.page, isFiring: posting.isFiring)
        if !hasFlushed, posting.age > route.groupWait { next = posting.at }
    }

    /// Moves on to the next look and forgets what is over.
    mutating func finishLook(_ route: Route) {
        members = members.filter(\.value.isFiring)
        emptySince = members.isEmpty ? next : nil
        hasFlushed = true
        next = next.advanced(by: route.tick)
    }
}

/// What a receiver was last told about a group.
struct NotificationLog {
    let firing: Set<LabelSet>
    let resolved: Set<LabelSet>
    let at: TimeSpan

    /// Why a receiver has to be told about a group.
    enum Reason {
        case news, stillFiring
    }

    /// Alertmanager's `needsUpdate`: something new fires, something is over, or it is time to repeat.
    static func reason(
        after last: NotificationLog?, firing: Set<LabelSet>, resolved: Set<LabelSet>,
        at now: TimeSpan, repeatInterval: TimeSpan
    ) -> Reason? {
        guard let last else { return firing.isEmpty ? nil : .news }
        guard firing.isSubset(of: last.firing) else { return .news }
        guard !firing.isEmpty else { return last.firing.isEmpty ? nil : .news }
        guard resolved.isSubset(of: last.resolved) else { return .news }
        return last.at.advanced(by: repeatInterval) <= now ? .stillFiring : nil
    }
}

extension Route {
    /// From one look at a group to the next; a service refuses zero.
    fileprivate var tick: TimeSpan { max(groupInterval, .seconds(1)) }
}

extension TimeSpan {
    /// The sum of two spans; what is too great to hold is infinity.
    func advanced(by other: TimeSpan) -> TimeSpan {
        let (sum, overflow) = microseconds.addingReportingOverflow(other.microseconds)
        return overflow ? .infinity : TimeSpan(microseconds: sum)
    }
}
