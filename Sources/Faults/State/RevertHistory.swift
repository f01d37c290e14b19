import CalendarTime

/// What became of the attempts to revert one fault; kept beside its armed record.
package struct RevertHistory: Hashable, Sendable, Codable {
    /// Attempts that did not end in the fingerprint from before.
    package private(set) var failures: Int
    /// Since when the fault counts as LEAKED.
    package private(set) var leakedSince: WallInstant?
    /// Why the last attempt failed.
    package private(set) var lastReason: String?

    /// No attempt yet.
    package init() {
        failures = 0
    }

    /// Counts one more failed attempt.
    package mutating func fail(_ reason: String, at now: WallInstant) {
        failures += 1
        lastReason = reason
        if BackOff.isLeaked(afterFailures: failures), leakedSince == nil { leakedSince = now }
    }

    /// Whether the fault may still be in place after the third failure.
    package var isLeaked: Bool { leakedSince != nil }
}

/// How long to wait before the next attempt to revert, for ever.
package enum BackOff {
    /// 1 s, doubled with each failure, at most 60 s.
    package static func delay(afterFailures failures: Int) -> TimeSpan {
        .seconds(failures >= 7 ? 60 : Int64(1) << max(0, failures - 1))
    }

    /// Whether that many failures make a fault LEAKED.
    package static func isLeaked(afterFailures failures: Int) -> Bool { failures >= 3 }
}
