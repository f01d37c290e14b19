import Mutation

/// Models that several suites use.
enum DrillModel {
    private static func values(_ prefix: String, _ count: Int) -> [String] {
        (0..<count).map { "\(prefix)\($0)" }
    }

    /// The drill model 6·4·4·4·4·4·5 with its 410 pairs.
    static let factors = [
        Factor(
            name: "technical", role: .technical,
            values: [
                "dependency-timeout", "config-drift", "queue-backlog", "auth-token",
                "billing-state",
                "permission-leak",
            ]),
        Factor(
            name: "coordination", role: .coordination,
            values: ["owner-unavailable", "blackout", "handoff", "double-command"]),
        Factor(name: "timing", role: .timing, values: ["-10min", "0", "+10min", "+20min"]),
        Factor(
            name: "dependency", role: .dependency,
            values: ["auth", "billing", "messaging", "observability"]),
        Factor(name: "owner", role: .owner, values: ["present", "on-call", "late:5min", "absent"]),
        Factor(
            name: "comms", role: .comms,
            values: ["normal", "delayed:3min", "noisy", "channel-down"]),
        Factor(
            name: "stress", role: .stress,
            values: ["none", "delayed-signal", "partial-owners", "conflicting", "audit-call"]),
    ]

    /// Two pairs, one pair with stress, and one triple that may not occur.
    static let exclusionLines = [
        "owner=absent comms=channel-down", "technical=auth-token dependency=billing",
        "stress=audit-call timing=+20min",
        "coordination=handoff owner=late:5min comms=noisy",
    ]

    static func standard() throws -> MutationModel {
        try MutationModel(factors: factors)
    }

    static func constrained() throws -> MutationModel {
        try model(excluding: exclusionLines)
    }

    static func model(excluding lines: [String]) throws -> MutationModel {
        try MutationModel(
            factors: factors, exclusions: lines.map { try Exclusion(parsing: $0, factors: factors) }
        )
    }

    /// A model with the given numbers of values and roles.
    static func small(_ sizes: [(Factor.Role, Int)], excluding: [String] = []) throws
        -> MutationModel
    {
        let factors = sizes.enumerated().map { index, size in
            Factor(
                name: FactorName("\(size.0.rawValue)\(index)"), role: size.0,
                values: values("v", size.1))
        }
        return try MutationModel(
            factors: factors,
            exclusions: excluding.map { try Exclusion(parsing: $0, factors: factors) })
    }
}
