/// What the mutation drew for one cycle, in plain words.
package struct DrawnVariant: Hashable, Sendable, Codable {
    /// One for each factor, in the model's order.
    package let values: [RunPlan.FactorValue]
    package let seed: UInt64
    /// The scored cycle that this one differs from by few factors; nil for the first.
    package let parentCycle: Int?
    /// The reason in words.
    package let rationale: String

    /// A variant as it was drawn.
    package init(
        values: [RunPlan.FactorValue], seed: UInt64, parentCycle: Int?, rationale: String
    ) {
        self.values = values
        self.seed = seed
        self.parentCycle = parentCycle
        self.rationale = rationale
    }

    /// The value of a factor; the neutral one if it was not drawn.
    package subscript(role: DrillFactor.Role) -> String {
        values.first { $0.factor == role.rawValue }?.value ?? role.neutral
    }
}

extension RunPlan {
    /// Why no plan can be made of a variant.
    package enum PlanError: Error, Hashable, Sendable, CustomStringConvertible {
        case unknownScenario(String, drill: DrillName)
        case unknownTarget(TargetName)
        case condition(ConditionError)

        /// What is wrong, and what to do about it.
        package var description: String {
            switch self {
            case .unknownScenario(let name, let drill):
                "drill '\(drill)' drew scenario '\(name)', which the calendar does not have; "
                    + "load it again"
            case .unknownTarget(let name):
                "the calendar has no target '\(name)'; load it again"
            case .condition(let error): "the drawn variant is wrong: \(error)"
            }
        }
    }
}
