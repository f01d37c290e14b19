import CalendarTime

/// Everything one run will do, resolved and mutated: the input of the run engine, stored as the first event.
package struct RunPlan: Hashable, Sendable, Codable {
    package let run: RunID
    package let drill: DrillName
    /// Counted from 1.
    package let cycle: Int
    package let kind: Kind
    package let tier: Tier
    package let campaign: String
    package let scheduled: WallInstant
    package let target: Target
    package let technical: ScenarioName
    package let coordination: ScenarioName?
    package let title: String
    package let severity: Severity
    package let objectives: Objectives
    package let packet: Packet
    package let faults: [FaultPlan]
    package let probes: [Probe]
    package let responses: [Response]
    package let pages: [PagePlan]
    /// The first is the one that ``CommsCondition/channelDown`` silences.
    package let channels: [Channel]
    package let roster: Roster
    package let duration: TimeSpan
    package let ackDeadline: TimeSpan
    package let passScore: Int
    package let mutation: MutationRecord
    package let response: ResponsePlan

    /// How this cycle differs from its parent, and why.
    package struct MutationRecord: Hashable, Sendable, Codable {
        package let seed: UInt64
        /// Factor names and values, in the model's order.
        package let values: [FactorValue]
        package let parentCycle: Int?
        /// The reason in words.
        package let rationale: String
        package let ownerAvailability: Availability
        package let comms: CommsCondition
        package let dependencyClass: String
        package let stress: String

        /// A mutation as it was drawn.
        package init(
            seed: UInt64, values: [FactorValue], parentCycle: Int?, rationale: String,
            ownerAvailability: Availability, comms: CommsCondition, dependencyClass: String,
            stress: String
        ) {
            self.seed = seed
            self.values = values
            self.parentCycle = parentCycle
            self.rationale = rationale
            self.ownerAvailability = ownerAvailability
            self.comms = comms
            self.dependencyClass = dependencyClass
            self.stress = stress
        }
    }

    /// One factor and the value it took.
    package struct FactorValue: Hashable, Sendable, Codable {
        package let factor: String
        package let value: String

        /// A factor with its value.
        package init(factor: String, value: String) {
            self.factor = factor
            self.value = value
        }
    }

    /// A resolved run.
    package init(
        run: RunID, drill: DrillName, cycle: Int, kind: Kind, tier: Tier, campaign: String,
        scheduled: WallInstant, target: Target, technical: ScenarioName,
        coordination: ScenarioName?, title: String, severity: Severity, objectives: Objectives,
        packet: Packet, faults: [FaultPlan], probes: [Probe], responses: [Response],
        pages: [PagePlan], channels: [Channel], roster: Roster, duration: TimeSpan,
        ackDeadline: TimeSpan, passScore: Int, mutation: MutationRecord,
        response: ResponsePlan = .scripted
    ) {
        self.run = run
        self.drill = drill
        self.cycle = cycle
        self.kind = kind
        self.tier = tier
        self.campaign = campaign
        self.scheduled = scheduled
        self.target = target
        self.technical = technical
        self.coordination = coordination
        self.title = title
        self.severity = severity
        self.objectives = objectives
        self.packet = packet
        self.faults = faults
        self.probes = probes
        self.responses = responses
        self.pages = pages
        self.channels = channels
        self.roster = roster
        self.duration = duration
        self.ackDeadline = ackDeadline
        self.passScore = passScore
        self.mutation = mutation
        self.response = response
    }
}
