import CalendarTime

/// The recorded events of one run, oldest first.
package struct Timeline: Hashable, Sendable, Codable {
    package let entries: [Entry]

    /// One event and when it was recorded.
    package struct Entry: Hashable, Sendable, Codable {
        package let at: Moment
        /// The boot that `at.boot` counts from.
        package let bootID: String
        package let event: RunEvent

        /// An event at a moment of a boot.
        package init(at: Moment, bootID: String, event: RunEvent) {
            self.at = at
            self.bootID = bootID
            self.event = event
        }
    }

    /// A timeline of events that were recorded in this order.
    package init(entries: [Entry]) {
        self.entries = entries
    }

    /// The plan that opened the run; nil for an empty timeline.
    package var plan: RunPlan? {
        guard case .opened(let plan) = entries.first?.event else { return nil }
        return plan
    }

    /// How the run ended; nil while it is open.
    package var outcome: Outcome? {
        guard case .closed(let outcome) = entries.last?.event else { return nil }
        return outcome
    }
}
