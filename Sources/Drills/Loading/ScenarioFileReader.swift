import CalendarTime
import UnitFiles

/// Turns one scenario file into a scenario; the file's name without suffix is the scenario's name.
struct ScenarioFileReader {
    let specifiers: Specifiers

    /// The scenario of a file, or nil when something is missing; problems are added.
    func read(_ file: UnitFile, into problems: inout [Problem]) -> ScenarioDraft? {
        let sections = DirectiveTable.scenario.settings(
            of: file, specifiers: specifiers, into: &problems)
        let position = SourcePosition(file: file.path)
        guard let name = ScenarioName(checking: file.stem) else {
            problems.append(
                Problem(
                    "the scenario's name '\(file.stem)' is no name",
                    remedy: "rename the file: letters, digits, '-', '_' and '.'", at: position))
            return nil
        }
        var parts = ScenarioParts()
        for settings in sections {
            var reader = SectionReader(settings)
            reader.read(into: &parts)
            problems += reader.problems
        }
        return parts.draft(name: name, position: position)
    }
}

/// The sections of a scenario file as they are read, one after the other.
struct ScenarioParts {
    var story: Story?
    var packet: PacketDraft?
    var faults: [FaultPlan] = []
    var touches: [FaultName: [Placed<Resource>]] = [:]
    var faultPositions: [FaultName: SourcePosition] = [:]
    var probes: [Probe] = []
    var responses: [Response] = []
    var pages: [PageDraft] = []
    var hooks: [Placed<HookCommand>] = []
    var exclude: [[Word]] = []
    var domains = MutationDomains(
        faultTiming: [], dependencyClass: [], ownerAvailability: [], comms: [], stress: [],
        exclude: [])

    /// The `[Scenario]` section.
    struct Story {
        let title: String
        let scenarioClass: ScenarioClass
        let severity: Severity
        let boundary: String
        let signal: String
        let objectives: Objectives
    }

    /// The `[Packet]` section.
    struct PacketDraft {
        let packet: Packet
        let scoreOwner: SourcePosition
        let followUpOwners: [SourcePosition]
    }

    func draft(name: ScenarioName, position: SourcePosition) -> ScenarioDraft? {
        guard let story, let packet else { return nil }
        let scenario = Scenario(
            name: name, title: story.title, scenarioClass: story.scenarioClass,
            severity: story.severity, boundary: story.boundary, signal: story.signal,
            objectives: story.objectives, packet: packet.packet, faults: faults, probes: probes,
            responses: responses, pages: pages.map { $0.plan(in: story.severity) },
            domains: domains)
        return ScenarioDraft(
            scenario: scenario, position: position, scoreOwner: packet.scoreOwner,
            followUpOwners: packet.followUpOwners, touches: touches,
            faultPositions: faultPositions, hooks: hooks,
            exclude: exclude)
    }
}

extension SectionReader {
    fileprivate mutating func read(into parts: inout ScenarioParts) {
        switch settings.kind {
        case "Scenario": parts.story = story()
        case "Packet": parts.packet = packet(hooks: &parts.hooks)
        case "Fault": readFault(into: &parts)
        case "Probe": probe(hooks: &parts.hooks).map { parts.probes.append($0) }
        case "Respond": response(hooks: &parts.hooks).map { parts.responses.append($0) }
        case "Page": page().map { parts.pages.append($0) }
        case "Mutate": readDomains(into: &parts)
        default: break
        }
    }

    private mutating func story() -> ScenarioParts.Story? {
        let title = text("Description")
        let scenarioClass = choice("Class", of: ScenarioClass.self)
        let severity = choice("Severity", of: Severity.self)
        let boundary = text("Boundary")
        let signal = text("Signal")
        let objectives = objectives()
        guard let title, let scenarioClass, let severity, let boundary, let signal, let objectives
        else { return nil }
        return ScenarioParts.Story(
            title: title, scenarioClass: scenarioClass, severity: severity, boundary: boundary,
            signal: signal, objectives: objectives)
    }

    private mutating func objectives() -> Objectives? {
        let users = integer("UsersAffectedPerMinute")
        guard let detect = positiveSpan("DetectSec"), let mitigate = positiveSpan("MitigateSec"),
            let resolve = positiveSpan("ResolveSec")
        else { return nil }
        reportIfLonger("DetectSec", detect, than: "MitigateSec", mitigate)
        reportIfLonger("MitigateSec", mitigate, than: "ResolveSec", resolve)
        return Objectives(
            detect: detect, mitigate: mitigate, resolve: resolve, usersAffectedPerMinute: users)
    }

    /// All three count from the injection, so the later milestone cannot have the shorter target.
    private mutating func reportIfLonger(
        _ key: String, _ span: TimeSpan, than laterKey: String, _ later: TimeSpan
    ) {
        guard span > later else { return }
        let culprit = settings.isSet(key) ? key : laterKey
        report(
            "\(key)=\(span) is longer than \(laterKey)=\(later), but both count from the injection",
            remedy: "shorten \(key)= or lengthen \(laterKey)=",
            at: settings.position(of: culprit))
    }
}
