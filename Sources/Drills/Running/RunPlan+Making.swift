import CalendarTime

extension RunPlan {
    /// The plan of one cycle: the drill, its scenarios and the drawn variant put together.
    ///
    /// - Parameters:
    ///   - cycle: counted from 1.
    ///   - scheduled: when the cycle was due.
    ///   - variant: what the mutation drew for it.
    package static func make(
        drill: Drill, cycle: Int, scheduled: WallInstant, calendar: DrillCalendar,
        variant: DrawnVariant
    ) throws(PlanError) -> RunPlan {
        guard let target = calendar.targets[drill.target] else {
            throw .unknownTarget(drill.target)
        }
        let technical = try scenario(variant[.technical], of: drill, in: calendar)
        var coordination: Scenario?
        if variant[.coordination] != DrillFactor.Role.coordination.neutral {
            coordination = try scenario(variant[.coordination], of: drill, in: calendar)
        }
        let story = Story(technical: technical, coordination: coordination)
        let mutation = try MutationRecord(variant)
        return RunPlan(
            run: RunID(drill: drill.name, cycle: cycle), drill: drill.name, cycle: cycle,
            kind: drill.kind, tier: drill.tier, campaign: drill.calendar.campaign,
            scheduled: scheduled, target: target, technical: technical.name,
            coordination: coordination?.name, title: technical.title,
            severity: technical.severity, objectives: technical.objectives, packet: story.packet,
            faults: drill.tier.injects
                ? story.faults(shiftedBy: try shift(variant), with: mutation.parameters) : [],
            probes: story.probes, responses: story.responses(with: mutation.parameters),
            pages: story.pages, channels: drill.channels.compactMap { calendar.channels[$0] },
            roster: Roster(drill, cycle: cycle, scoreOwner: story.packet.scoreOwner),
            duration: drill.duration, ackDeadline: drill.ackDeadline, passScore: drill.passScore,
            mutation: mutation, response: drill.response)
    }

    private static func scenario(
        _ name: String, of drill: Drill, in calendar: DrillCalendar
    ) throws(PlanError) -> Scenario {
        guard let scenario = calendar.scenarios[ScenarioName(name)] else {
            throw .unknownScenario(name, drill: drill.name)
        }
        return scenario
    }

    private static func shift(_ variant: DrawnVariant) throws(PlanError) -> Int64 {
        do throws(ConditionError) {
            return try MutationDomains.Shift(parsing: variant[.timing]).microseconds
        } catch {
            throw .condition(error)
        }
    }
}

extension RunPlan.MutationRecord {
    fileprivate init(_ variant: DrawnVariant) throws(RunPlan.PlanError) {
        do throws(ConditionError) {
            self.init(
                seed: variant.seed, values: variant.values, parentCycle: variant.parentCycle,
                rationale: variant.rationale,
                ownerAvailability: try Availability(parsing: variant[.owner]),
                comms: try CommsCondition(parsing: variant[.comms]),
                dependencyClass: variant[.dependency], stress: variant[.stress])
        } catch {
            throw .condition(error)
        }
    }

    /// What every hook of the run is told about the mutation.
    fileprivate var parameters: [Parameter] {
        [
            Parameter(name: "DEPENDENCY_CLASS", value: .literal(dependencyClass)),
            Parameter(name: "STRESS", value: .literal(stress)),
        ]
    }
}

extension Roster {
    /// The people of one cycle of a drill.
    package init(_ drill: Drill, cycle: Int, scoreOwner: PersonName) {
        self.init(
            commander: drill.commander(ofCycle: cycle), deputy: drill.deputy,
            scoreOwner: scoreOwner, observers: drill.observers, onCall: drill.onCall,
            lanes: drill.lanes)
    }
}
