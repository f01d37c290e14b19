import CalendarTime

/// The occurrences of one drill that passed while nobody was there to start it.
package struct Backlog: Hashable, Sendable {
    /// The oldest ones, at most ``limit``; none of them may still start.
    package let missed: [WallInstant]
    /// Whether more were missed than are listed.
    package let isTruncated: Bool
    /// The newest one; it may start if it came late by no more than is allowed.
    package let latest: WallInstant

    /// How many missed occurrences are listed, so that a drill due each second stays bounded.
    package static let limit = 100
}

extension Drill {
    /// What came due after an instant and until now; nil when nothing did.
    package func backlog(
        after lastAlive: WallInstant, through now: WallInstant, frozen: FrozenTimes
    ) -> Backlog? {
        guard let latest = lastStart(after: lastAlive, through: now, frozen: frozen) else {
            return nil
        }
        var missed: [WallInstant] = []
        var start = lastAlive
        while missed.count < Backlog.limit, let found = nextStart(after: start, frozen: frozen),
            found < latest
        {
            missed.append(found)
            start = found
        }
        let rest = nextStart(after: start, frozen: frozen) ?? latest
        return Backlog(missed: missed, isTruncated: rest < latest, latest: latest)
    }

    /// What becomes of an occurrence when its turn comes at `now`.
    package func verdict(on scheduled: WallInstant, at now: WallInstant) -> Firing.Verdict {
        let lateness = now.span(since: scheduled)
        if lateness <= Firing.grace { return .start }
        if let catchUp, lateness <= catchUp { return .catchUp }
        return .missed
    }
}

/// A drill whose turn has come.
package struct Firing: Hashable, Sendable {
    package let drill: Drill
    /// When it was due; the newest occurrence if several passed.
    package let scheduled: WallInstant
    package let verdict: Verdict
    /// Older occurrences that passed without a start; nil when there are none.
    package let backlog: Backlog?

    /// What is to be done about it.
    package enum Verdict: String, Hashable, Sendable {
        /// Start it now.
        case start
        /// Start it now, late, as `CatchUpSec=` allows.
        case catchUp = "catch-up"
        /// Record it as missed.
        case missed
    }

    /// A start may lag this much behind before it counts as missed.
    package static let grace = TimeSpan.minutes(1)
}
