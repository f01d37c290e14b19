/// One thing that may differ from cycle to cycle of a drill, and the values it may take.
package struct DrillFactor: Hashable, Sendable {
    package let role: Role
    /// Never empty, each value once, in the order of the files.
    package let values: [String]

    /// What `Exclude=` and rationales call it.
    package var name: String { role.rawValue }

    /// The seven factors, in the order of the model.
    package enum Role: String, CaseIterable, Hashable, Sendable, Codable {
        case technical, coordination, timing, dependency, owner, comms, stress

        /// The value that changes nothing, for a factor that no scenario gives values.
        package var neutral: String {
            switch self {
            case .technical, .coordination, .dependency, .stress: "none"
            case .timing: "0"
            case .owner: "present"
            case .comms: "normal"
            }
        }
    }
}

/// The mutation model of a drill in plain words.
package struct DrillFactors: Hashable, Sendable {
    /// All seven, in the order of ``DrillFactor/Role``.
    package let factors: [DrillFactor]
    /// Lines such as `owner=absent comms=channel-down`; those of a scenario hold for it alone.
    package let exclude: [String]
}

extension DrillCalendar {
    /// What the cycles of a drill draw from: its pools, and the domains of its scenarios united.
    package func factors(of drill: Drill) -> DrillFactors {
        let technical = drill.scenarios.compactMap { scenarios[$0] }
        let coordination = drill.coordination.compactMap { scenarios[$0] }
        let domains = (technical + coordination).map(\.domains)
        let factors = DrillFactor.Role.allCases.map { role in
            let values: [String] =
                switch role {
                case .technical: drill.scenarios.map(\.text)
                case .coordination: drill.coordination.map(\.text)
                default: domains.flatMap { $0.words(of: role) }
                }
            return DrillFactor(
                role: role, values: values.isEmpty ? [role.neutral] : distinct(values))
        }
        let exclude =
            technical.flatMap { Self.exclusions(of: $0, as: .technical) }
            + coordination.flatMap { Self.exclusions(of: $0, as: .coordination) }
        let possible = exclude.filter { Self.canOccur($0, factors) }
        return DrillFactors(factors: factors, exclude: distinct(drill.exclude + possible))
    }

    /// The lines of a scenario, kept to the cycles that draw it.
    private static func exclusions(of scenario: Scenario, as role: DrillFactor.Role) -> [String] {
        let term = "\(role.rawValue)="
        return scenario.domains.exclude.map { line in
            let isScoped = line.split { $0 == " " || $0 == "\t" }.contains { $0.hasPrefix(term) }
            return isScoped ? line : "\(term)\(scenario.name) \(line)"
        }
    }

    /// Whether the factors take all values of a line; scenarios are written without knowing the others.
    private static func canOccur(_ line: String, _ factors: [DrillFactor]) -> Bool {
        line.split { $0 == " " || $0 == "\t" }.allSatisfy { word in
            factors.contains { factor in
                word.hasPrefix("\(factor.name)=")
                    && factor.values.contains(String(word.dropFirst(factor.name.count + 1)))
            }
        }
    }

    private func distinct(_ values: [String]) -> [String] {
        var seen: Set<String> = []
        return values.filter { seen.insert($0).inserted }
    }
}

extension MutationDomains {
    /// The words of the domain that a factor draws from; none for the pools.
    fileprivate func words(of role: DrillFactor.Role) -> [String] {
        switch role {
        case .technical, .coordination: []
        case .timing: faultTiming.map(\.text)
        case .dependency: dependencyClass
        case .owner: ownerAvailability
        case .comms: comms
        case .stress: stress
        }
    }
}
