/// The response surface that a drill exercises.
package enum Kind: String, CaseIterable, Hashable, Sendable, Codable {
    case rollback
    case replay
    case pageStorm = "page-storm"
}

/// The size of a drill.
package enum Tier: String, CaseIterable, Hashable, Sendable, Codable {
    /// Talked through: people are paged and decide, nothing is injected.
    case tabletop
    case service
    /// A game day.
    case fullFidelity = "full-fidelity"

    /// Whether the faults of the scenario are injected.
    package var injects: Bool { self != .tabletop }
}

/// How bad the incident that a scenario tells would be.
package enum Severity: String, CaseIterable, Hashable, Sendable, Codable {
    case sev1 = "SEV-1"
    case sev2 = "SEV-2"
    case sev3 = "SEV-3"
}

/// Which of the two rotation pools a scenario belongs to.
package enum ScenarioClass: String, CaseIterable, Hashable, Sendable, Codable {
    case technical
    case coordination
}

/// Who starts drills: the daemon's own agenda or one systemd timer per drill.
package enum FiredBy: String, CaseIterable, Hashable, Sendable, Codable {
    case daemon
    case timer
}

/// The stages a run goes through, in order, and the two ways it can be cut short.
package enum Phase: String, CaseIterable, Hashable, Sendable, Codable {
    case brief
    case inject
    case respond
    case verify
    case debrief
    case aborted
    case halted
    case closed
}

/// The part of a response that one person owns.
package enum Lane: String, CaseIterable, Hashable, Sendable, Codable, CodingKeyRepresentable {
    case injection
    case response
    case verification
    case comms
}

/// The rank of a person on call.
package enum OnCallLevel: String, CaseIterable, Hashable, Sendable, Codable, Comparable {
    case primary
    case secondary

    package static func < (left: OnCallLevel, right: OnCallLevel) -> Bool {
        left == .primary && right == .secondary
    }
}

/// A recorded point in a run from which metrics are computed.
package enum Milestone: String, CaseIterable, Hashable, Sendable, Codable {
    case scheduled, started, injected, detected, paged, acked, escalated, scoped
    case rollbackStarted = "rollback_started"
    case rolledBack = "rolled_back"
    case replayStarted = "replay_started"
    case replayAnswered = "replay_answered"
    case traceCaptured = "trace_captured"
    case statusPosted = "status_posted"
    case mitigated, resolved, reverted, closed
}
