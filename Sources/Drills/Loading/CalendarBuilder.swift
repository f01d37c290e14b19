import CalendarTime
import UnitFiles

/// Resolves the references between drafts and checks what only the whole set of files can show.
struct CalendarBuilder {
    /// Asked once for each place that names a hook.
    typealias HookCheck = (HookCommand, SourcePosition) -> [Problem]

    private let calendars: [CalendarDraft]
    private let scenarios: [ScenarioName: ScenarioDraft]
    private let now: WallInstant
    private var registry: Registry
    private var targets: [TargetName: TargetDraft] = [:]
    private var people: [PersonName: Person] = [:]
    private var channels: [ChannelName: Channel] = [:]
    private(set) var problems: [Problem] = []

    init(
        _ calendars: [CalendarDraft], _ scenarios: [ScenarioDraft], registry: Registry,
        at now: WallInstant
    ) {
        self.calendars = calendars
        self.now = now
        // Two files of one name are reported when their names are declared.
        self.scenarios = Dictionary(scenarios.map { ($0.scenario.name, $0) }) { first, _ in first }
        self.registry = registry
    }

    /// The calendar, as far as it can be built.
    mutating func build(checking hookCheck: HookCheck) -> DrillCalendar {
        takeUp()
        var drills: [Drill] = []
        var used: Set<ScenarioName> = []
        var pairs: Set<PoolUse> = []
        for draft in calendars.lazy.flatMap(\.drills) {
            resolveReferences(of: draft)
            problems += draft.neverComing
            guard let drill = drill(of: draft) else { continue }
            used.formUnion(drill.scenarios + drill.coordination)
            drills.append(drill)
            checkRules(of: drill, draft, pairs: &pairs)
        }
        checkPeople(ofScenarios: used)
        checkHooks(hookCheck)
        problems += scenarios.values.flatMap(\.orderProblems)
        let calendar = calendar(of: drills)
        problems += ExclusionRules(calendar).problems(calendars, Array(scenarios.values))
        return calendar
    }

    /// Targets, people and channels by name; a second of one name is a problem that is known.
    private mutating func takeUp() {
        let targets = calendars.flatMap(\.targets).map { ($0.value.target.name, $0.value) }
        self.targets = Dictionary(targets) { first, _ in first }
        let people = calendars.flatMap(\.people).map { ($0.value.person.name, $0.value.person) }
        self.people = Dictionary(people) { first, _ in first }
        let rules = RoutingRules(
            routes: calendars.flatMap(\.routes), inhibitions: calendars.flatMap(\.inhibitions))
        let channels = calendars.flatMap(\.channels).map(\.value.channel)
        self.channels = Dictionary(
            channels.map { ($0.name, $0.with(rules.routing(of: $0.name))) }
        ) { first, _ in first }
        problems += channels.flatMap(rules.problems)
        resolve(rules.routes.map(\.channel) + rules.inhibitions.map(\.channel), "Channel")
        for draft in calendars.flatMap(\.people).flatMap(\.value.addresses) { check(draft) }
    }

    private func drill(of draft: DrillDraft) -> Drill? {
        let target = draft.target.flatMap { targets[TargetName($0.text)] }
        return draft.drill(people: people, revision: target?.revision?.value)
    }

    private func calendar(of drills: [Drill]) -> DrillCalendar {
        let freezes = calendars.flatMap(\.freezes).map(\.value)
        let places = calendars.flatMap(\.drills).map { ($0.name.value, $0.position) }
        return DrillCalendar(
            drills: drills.sorted { $0.name < $1.name },
            scenarios: scenarios.mapValues(\.scenario), targets: targets.mapValues(\.target),
            people: people, channels: channels,
            freezes: freezes.sorted { ($0.days.first, $0.name) < ($1.days.first, $1.name) },
            places: Dictionary(places) { first, _ in first })
    }
}

// References.
extension CalendarBuilder {
    private mutating func resolveReferences(of draft: DrillDraft) {
        resolve(draft.scenarios, "Scenario")
        resolve(draft.coordination, "Scenario")
        resolve(draft.target.map { [$0] } ?? [], "Target")
        resolve(draft.channels, "Channel")
        resolve(draft.commanders, "Person")
        resolve(draft.deputy.map { [$0] } ?? [], "Person")
        resolve(draft.observers, "Person")
        resolve(draft.onCall.map(\.person), "Person")
        resolve(draft.lanes.map(\.person), "Person")
    }

    /// That the channel of an address is there, and takes such addresses.
    private mutating func check(_ draft: PersonDraft.AddressDraft) {
        resolve([draft.channel], "Channel")
        guard let service = channels[ChannelName(draft.channel.text)]?.service else { return }
        draft.problem(for: service).map { problems.append($0) }
    }

    private mutating func resolve(_ words: [Word], _ kind: String) {
        for word in words {
            registry.resolve(word.text, kind, at: word.position, into: &problems)
        }
    }

    /// People of scenarios that no drill uses may belong to someone else's calendar.
    private mutating func checkPeople(ofScenarios used: Set<ScenarioName>) {
        for draft in scenarios.values.sorted(by: { $0.position < $1.position }) {
            let packet = draft.scenario.packet
            let severity = used.contains(draft.scenario.name) ? Problem.Severity.error : .warning
            registry.resolve(
                packet.scoreOwner.text, "Person", at: draft.scoreOwner, severity: severity,
                into: &problems)
            let today = "\(CivilDate(of: now, in: .utc))"
            for (followUp, position) in zip(packet.followUps, draft.followUpOwners) {
                if followUp.due < today {
                    problems.append(
                        Problem(
                            "the last day of this follow-up, \(followUp.due), has passed",
                            remedy: "name a day to come", at: position, severity: .warning))
                }
                registry.resolve(
                    followUp.owner.text, "Person", at: position, severity: severity,
                    into: &problems)
            }
        }
    }

    private mutating func checkHooks(_ check: HookCheck) {
        for calendar in calendars {
            for target in calendar.targets {
                add(check, target.value.steady)
                target.value.revision.map { add(check, $0) }
            }
            for channel in calendar.channels { channel.value.command.map { add(check, $0) } }
        }
        for draft in scenarios.values.sorted(by: { $0.position < $1.position }) {
            for hook in draft.hooks { add(check, hook) }
        }
    }

    private mutating func add(_ check: HookCheck, _ hook: Placed<HookCommand>) {
        problems += check(hook.value, hook.position)
    }
}

// Rules between a drill, its scenarios and its target.
extension CalendarBuilder {
    /// A scenario as one target is hit by it; checked once, however many drills do so.
    private struct PoolUse: Hashable {
        let scenario: ScenarioName
        let target: TargetName
    }

    private mutating func checkRules(
        of drill: Drill, _ draft: DrillDraft, pairs: inout Set<PoolUse>
    ) {
        let rules = DrillRules(drill: drill, draft: draft)
        problems += rules.addressProblems(channels: channels, people: people)
        let pages = drill.scenarios.flatMap { scenarios[$0]?.scenario.pages ?? [] }
        problems += rules.routeProblems(channels: channels, pages: pages)
        problems += rules.problems + rules.clockNotes(from: now)
        check(draft.scenarios, .technical, rules)
        check(draft.coordination, .coordination, rules)
        guard let target = targets[drill.target]?.target else { return }
        problems += rules.armingProblems(
            of: target, for: drill.scenarios.compactMap { scenarios[$0]?.scenario })
        for name in drill.scenarios + drill.coordination {
            let use = PoolUse(scenario: name, target: target.name)
            guard let scenario = scenarios[name], pairs.insert(use).inserted else {
                continue
            }
            problems += rules.blastRadius(of: scenario, on: target)
        }
    }

    private mutating func check(_ words: [Word], _ pool: ScenarioClass, _ rules: DrillRules) {
        for word in words {
            guard let draft = scenarios[ScenarioName(word.text)] else { continue }
            problems += rules.problems(of: draft, in: pool, at: word)
        }
    }
}
