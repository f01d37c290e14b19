import Drills

/// A notification that came back, and the run it belongs to.
package struct Returned: Hashable, Sendable {
    package let run: RunID
    package let notification: Notification
    /// Whether people are told again when the same delivery comes a second time.
    ///
    /// PagerDuty and our own acks name each request once, so a known delivery is the same request
    /// again, to be dropped. Alertmanager names nothing: when it repeats a notification after
    /// `repeat_interval`, or because its group changed, the bytes are those of before, and a pager
    /// rings again; that is recorded as a duplicate. It also posts again when our answer got lost,
    /// which nobody can tell from a repeat; it stops as soon as it gets an answer.
    package let isToldAgain: Bool
    /// How many alerts of the same notification the service left out (`max_alerts`).
    package let truncated: Int

    /// A notification of a run.
    package init(run: RunID, notification: Notification, isToldAgain: Bool, truncated: Int = 0) {
        self.run = run
        self.notification = notification
        self.isToldAgain = isToldAgain
        self.truncated = truncated
    }
}
