import Drills

extension MutationModel {
    /// The model of a drill: its pools and domains as factors, its `Exclude=` lines as exclusions.
    ///
    /// - Throws: ``DrillModelError`` with all that is wrong at once.
    package init(_ drill: DrillFactors) throws(DrillModelError) {
        let factors = drill.factors.map { factor in
            Factor(
                name: FactorName(factor.name), role: Factor.Role(factor.role), values: factor.values
            )
        }
        var exclusions: [Exclusion] = []
        var problems: [String] = []
        for line in drill.exclude {
            do throws(Exclusion.ParseError) {
                exclusions.append(try Exclusion(parsing: line, factors: factors))
            } catch {
                problems.append("Exclude=\(line): \(error)")
            }
        }
        guard problems.isEmpty else { throw DrillModelError(problems: problems) }
        do throws(LoadError) {
            try self.init(factors: factors, exclusions: exclusions)
        } catch {
            throw DrillModelError(problems: ["\(error)"])
        }
    }

    /// The variant that recorded values name; nil if a factor or a value is of another model.
    package func variant(of values: [RunPlan.FactorValue]) -> Variant? {
        variant(parsing: values.map { "\($0.factor)=\($0.value)" }.joined(separator: " "))
    }
}

/// Why the factors of a drill make no model.
package struct DrillModelError: Error, Hashable, Sendable, CustomStringConvertible {
    package let problems: [String]

    package var description: String { problems.joined(separator: "; ") }
}

extension DrawnVariant {
    /// What a step of a model drew, in plain words.
    package init(_ step: MutationStep, of model: MutationModel, seed: UInt64) {
        let values = zip(model.factors, step.variant.values).map { factor, value in
            RunPlan.FactorValue(factor: factor.name.description, value: factor.values[value])
        }
        self.init(
            values: values, seed: seed, parentCycle: step.parent?.cycle, rationale: step.rationale)
    }

    /// The seed of a drill: a stable hash of its name and salt, the same on any machine.
    ///
    /// The cycle comes in through the history, so a sequence is drawn from one seed.
    package static func seed(of drill: Drill) -> UInt64 {
        StableHash.fnv1a("\(drill.name)\n\(drill.salt)")
    }
}

extension Factor.Role {
    fileprivate init(_ role: DrillFactor.Role) {
        self =
            switch role {
            case .technical: .technical
            case .coordination: .coordination
            case .timing: .timing
            case .dependency: .dependency
            case .owner: .owner
            case .comms: .comms
            case .stress: .stress
            }
    }
}
