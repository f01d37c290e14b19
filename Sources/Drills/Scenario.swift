import CalendarTime

/// A failure story: what breaks, how one sees it, how one answers.
package struct Scenario: Hashable, Sendable, Codable {
    package let name: ScenarioName
    package let title: String
    package let scenarioClass: ScenarioClass
    package let severity: Severity
    package let boundary: String
    package let signal: String
    /// Time targets; nil where the scenario sets none.
    package let objectives: Objectives
    package let packet: Packet
    package let faults: [FaultPlan]
    package let probes: [Probe]
    package let responses: [Response]
    package let pages: [PagePlan]
    package let domains: MutationDomains

    /// A scenario as its file describes it.
    package init(
        name: ScenarioName, title: String, scenarioClass: ScenarioClass, severity: Severity,
        boundary: String, signal: String, objectives: Objectives, packet: Packet,
        faults: [FaultPlan], probes: [Probe], responses: [Response], pages: [PagePlan],
        domains: MutationDomains
    ) {
        self.name = name
        self.title = title
        self.scenarioClass = scenarioClass
        self.severity = severity
        self.boundary = boundary
        self.signal = signal
        self.objectives = objectives
        self.packet = packet
        self.faults = faults
        self.probes = probes
        self.responses = responses
        self.pages = pages
        self.domains = domains
    }
}

/// The time targets of a scenario.
package struct Objectives: Hashable, Sendable, Codable {
    /// TTD: injected → detected.
    package let detect: TimeSpan
    /// TTM: injected → mitigated.
    package let mitigate: TimeSpan
    /// TTR: injected → resolved.
    package let resolve: TimeSpan
    /// Users harmed per minute while the fault bites; nil if not known.
    package let usersAffectedPerMinute: Int?

    /// The targets; all of them count from the injection.
    package init(
        detect: TimeSpan, mitigate: TimeSpan, resolve: TimeSpan, usersAffectedPerMinute: Int?
    ) {
        self.detect = detect
        self.mitigate = mitigate
        self.resolve = resolve
        self.usersAffectedPerMinute = usersAffectedPerMinute
    }
}

/// What must be settled before anything is injected; every field is required.
package struct Packet: Hashable, Sendable, Codable {
    package let hypothesis: String
    package let trigger: String
    package let blastRadius: String
    /// Each is a hook: exit 0 means the condition holds and the run aborts, 1 means it does not.
    package let abort: [HookCommand]
    package let scoreOwner: PersonName
    /// Follow-ups agreed beforehand; more come from the debrief.
    package let followUps: [FollowUp]

    /// The packet of a scenario.
    package init(
        hypothesis: String, trigger: String, blastRadius: String, abort: [HookCommand],
        scoreOwner: PersonName, followUps: [FollowUp]
    ) {
        self.hypothesis = hypothesis
        self.trigger = trigger
        self.blastRadius = blastRadius
        self.abort = abort
        self.scoreOwner = scoreOwner
        self.followUps = followUps
    }
}

/// Work agreed on, with an owner and a deadline.
package struct FollowUp: Hashable, Sendable, Codable {
    package let owner: PersonName
    /// The last day, as `2027-02-01`.
    package let due: String
    package let text: String

    /// A follow-up that someone owns.
    package init(owner: PersonName, due: String, text: String) {
        self.owner = owner
        self.due = due
        self.text = text
    }
}

/// One failure to inject.
package struct FaultPlan: Hashable, Sendable, Codable {
    package let name: FaultName
    /// The file with the verbs inject, revert, check and describe.
    package let hook: HookCommand
    package let parameters: [Parameter]
    /// After the beginning of the inject phase; the mutation shifts it.
    package let start: TimeSpan
    /// The longest the fault may live: the deadline of its hold unit.
    package let duration: TimeSpan
    /// What it touches; each must be allowed by the target.
    package let touches: [Resource]
    /// Whether the fault may go on while the daemon is down, up to its duration.
    package let outlivesDaemon: Bool

    /// A fault as its scenario describes it.
    package init(
        name: FaultName, hook: HookCommand, parameters: [Parameter], start: TimeSpan,
        duration: TimeSpan, touches: [Resource], outlivesDaemon: Bool
    ) {
        self.name = name
        self.hook = hook
        self.parameters = parameters
        self.start = start
        self.duration = duration
        self.touches = touches
        self.outlivesDaemon = outlivesDaemon
    }
}

/// A steady-state check.
package struct Probe: Hashable, Sendable, Codable {
    package let name: ProbeName
    package let command: HookCommand
    package let every: TimeSpan
    /// How long it must pass without a break before the steady state counts as held.
    package let hold: TimeSpan
    package let timeout: TimeSpan

    /// A probe as its scenario describes it.
    package init(
        name: ProbeName, command: HookCommand, every: TimeSpan, hold: TimeSpan, timeout: TimeSpan
    ) {
        self.name = name
        self.command = command
        self.every = every
        self.hold = hold
        self.timeout = timeout
    }
}

/// One step of a response that a script takes when no person does.
package struct Response: Hashable, Sendable, Codable {
    package let name: ResponseName
    package let step: Step
    package let command: HookCommand
    package let parameters: [Parameter]
    /// The time target of the step, from the page (rollback) or from its own start (replay).
    package let target: TimeSpan?
    package let timeout: TimeSpan

    /// What the step does for the drill; the fold starts steps in the order its kind needs.
    package enum Step: String, CaseIterable, Hashable, Sendable, Codable {
        /// A scripted on-call acknowledges a page; runs once per page and person.
        case ack
        case rollback
        case rollForward = "roll-forward"
        /// Opens the trace; the replay clock starts with it.
        case trace
        /// Replays with one override; exit 0 reproduces, 3 does not.
        case replay
        /// Posts a status update.
        case status
    }

    /// A scripted step as its scenario describes it.
    package init(
        name: ResponseName, step: Step, command: HookCommand, parameters: [Parameter],
        target: TimeSpan?, timeout: TimeSpan
    ) {
        self.name = name
        self.step = step
        self.command = command
        self.parameters = parameters
        self.target = target
        self.timeout = timeout
    }
}

/// The values that cycles draw from, as written in `[Mutate]`.
package struct MutationDomains: Hashable, Sendable, Codable {
    /// Signed shifts of the faults' start, in microseconds, beside their text.
    package let faultTiming: [Shift]
    package let dependencyClass: [String]
    package let ownerAvailability: [String]
    package let comms: [String]
    package let stress: [String]
    /// Combinations that must not occur, such as `owner=absent comms=channel-down`.
    package let exclude: [String]

    /// A signed shift such as `-10min`.
    package struct Shift: Hashable, Sendable, Codable {
        package let text: String
        package let microseconds: Int64

        /// A shift and how it was written.
        package init(text: String, microseconds: Int64) {
            self.text = text
            self.microseconds = microseconds
        }
    }

    /// The domains of one scenario.
    package init(
        faultTiming: [Shift], dependencyClass: [String], ownerAvailability: [String],
        comms: [String], stress: [String], exclude: [String]
    ) {
        self.faultTiming = faultTiming
        self.dependencyClass = dependencyClass
        self.ownerAvailability = ownerAvailability
        self.comms = comms
        self.stress = stress
        self.exclude = exclude
    }
}
