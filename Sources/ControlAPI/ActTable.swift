import Drills

/// Which fields each act has: the one table that reading, the forms of the console and the tests go by.
extension ResponseAct.Verb {
    /// The fields without which there is no such act, in the order people are asked for them.
    package var required: [String] {
        switch self {
        case .scope: ["users", "routes", "regions"]
        case .rollback, .trace, .replay: []
        case .status: ["text"]
        case .investigate: ["note"]
        case .clear: ["reason"]
        case .decide:
            [
                "branch", "why-now", "rejected", "reversibility", "blast-radius", "verification",
                "confidence", "execution", "verification-owner", "next-checkpoint",
            ]
        case .recommend: ["branch", "why", "reversibility", "blast-radius"]
        case .handoff:
            [
                "lane", "to", "scope-boundary", "open-unknowns", "next-checkpoint",
                "rollback-trigger",
            ]
        case .lane: ["lane", "owner"]
        case .severity: ["severity", "evidence", "why"]
        case .update: ["kind"]
        case .evidence: ["title", "bytes", "hash"]
        case .explain: ["overrun", "reason"]
        }
    }

    /// The fields that may be left out or empty.
    package var optional: [String] {
        switch self {
        case .rollback, .status, .investigate: ["out-of-turn"]
        case .trace: ["note", "out-of-turn"]
        case .decide: ["rung"]
        case .recommend: ["rung", "evidence"]
        case .update: ["note"]
        case .evidence: ["content", "command", "exit-status", "microseconds", "file", "url"]
        case .scope, .replay, .clear, .handoff, .lane, .severity, .explain: []
        }
    }
}

/// How much may be said at once.
package enum FieldLimit {
    /// The most characters of a text.
    package static let text = 4_000
    /// The most characters of an address.
    package static let address = 2_000
}
