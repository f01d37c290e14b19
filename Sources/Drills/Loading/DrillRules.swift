import CalendarTime
import UnitFiles

/// What must hold between the parts of one drill, and between it and its scenarios.
struct DrillRules {
    let drill: Drill
    let draft: DrillDraft

    /// What is wrong within the drill itself.
    var problems: [Problem] {
        roleProblems + scheduleProblems + limitProblems
    }

    private var label: String { "drill '\(drill.name)'" }

    private var roleProblems: [Problem] {
        var problems = drill.channels.isEmpty ? channelProblems : []
        for (lane, person) in draft.lanes
        where drill.commanders.contains(PersonName(person.text)) {
            problems.append(
                person.problem(
                    "'\(person)' commands this drill and cannot own lane \(lane.rawValue) as well",
                    remedy: "give the lane to someone else"))
        }
        let primaries = draft.onCall.filter { $0.level == .primary }
        if primaries.isEmpty, !draft.onCall.isEmpty {
            problems.append(
                draft.onCall[0].person.problem(
                    "\(label) has nobody as primary on call", remedy: "add primary:PERSON"))
        }
        for (level, person) in draft.onCall
        where level == .secondary && primaries.contains(where: { $0.person.text == person.text }) {
            problems.append(
                person.problem(
                    "'\(person)' is primary and secondary, so that an escalation reaches nobody new",
                    remedy: "name someone else as secondary"))
        }
        return problems
    }

    private var channelProblems: [Problem] {
        let isStorm = drill.kind == .pageStorm
        guard isStorm || drill.tier.injects else { return [] }
        return [
            Problem(
                isStorm
                    ? "\(label) sends a page storm but has no Channel="
                    : "\(label) has no Channel=, so nobody is paged if a fault stays in place",
                remedy: "add Channel= with the name of a [Channel] section",
                at: draft.name.position, severity: isStorm ? .error : .warning)
        ]
    }

    private var scheduleProblems: [Problem] {
        guard draft.neverComing.isEmpty, drill.everyWeeks != nil, let first = draft.schedule.first,
            drill.nextOccurrence(after: .beforeCalendars) == nil
        else { return [] }
        return [
            Problem(
                "\(label) never comes in the weeks that EveryWeeks= leaves",
                remedy: "move Anchor= to a week in which OnCalendar= comes",
                at: first.position)
        ]
    }

    private var limitProblems: [Problem] {
        var problems: [Problem] = []
        if let acknowledgement = draft.acknowledgement, acknowledgement.value >= drill.duration {
            problems.append(
                Problem(
                    "AckSec=\(acknowledgement.value) does not end before the drill does, "
                        + "after \(drill.duration)",
                    remedy: "shorten AckSec= or lengthen DurationSec=",
                    at: acknowledgement.position))
        }
        if let timeline = draft.response.timeline, timeline.value.length > drill.duration {
            problems.append(
                Problem(
                    "Timeline=\(timeline.value.rawValue) is longer than the drill, which ends "
                        + "after \(drill.duration)",
                    remedy: "choose a shorter one or lengthen DurationSec=", at: timeline.position))
        }
        return problems
    }
}

extension DrillDraft {
    /// Expressions that no day fulfils; told of a drill that lacks something else, too.
    var neverComing: [Problem] {
        schedule.filter { !$0.value.firesEver(in: header.zone) }.map { expression in
            Problem(
                "'\(expression.value)' never comes",
                remedy: "check that the month has the day and the day is that weekday",
                at: expression.position)
        }
    }
}

// Changes of the clocks.
extension DrillRules {
    /// Which occurrences of the coming two years the clocks skip or show twice.
    func clockNotes(from now: WallInstant) -> [Problem] {
        let end = now.advanced(byMicroseconds: 731 * 86_400_000_000)
        return draft.schedule.flatMap { expression in
            past(expression, at: now)
                + drill.clockNotes(of: expression.value, from: now, through: end).map { note in
                    Problem(
                        "\(note)", remedy: "choose another hour if the drill must take place",
                        at: expression.position, severity: .warning)
                }
        }
    }

    /// An expression that has come for the last time is right, but hardly what was meant.
    private func past(_ expression: Placed<CalendarExpression>, at now: WallInstant) -> [Problem] {
        let zone = drill.calendar.zone
        guard expression.value.firesEver(in: zone),
            expression.value.next(after: now, in: zone) == nil
        else { return [] }
        return [
            Problem(
                "'\(expression.value)' never comes again", remedy: "name a day to come",
                at: expression.position, severity: .warning)
        ]
    }
}

// Between a drill and a scenario of its pools.
extension DrillRules {
    /// What keeps the drill from running a scenario; `word` is where its calendar names it.
    func problems(
        of scenario: ScenarioDraft, in pool: ScenarioClass, at word: Word
    ) -> [Problem] {
        let other = scenario.scenario.scenarioClass
        guard other == pool else {
            let key = pool == .technical ? "Coordination=" : "Scenario="
            return [
                word.problem(
                    "scenario '\(word)' is of class \(other.rawValue), not \(pool.rawValue)",
                    remedy: "name it in \(key) or change its Class=")
            ]
        }
        var problems = fit(of: scenario.scenario, at: word)
        if pool == .technical {
            problems += needs(from: scenario, at: word)
        } else if drill.kind == .pageStorm, !scenario.scenario.pages.isEmpty {
            problems.append(
                word.problem(
                    "scenario '\(word)' has pages of its own, but the technical scenario makes the "
                        + "page storm",
                    remedy: "remove its [Page] sections or name another scenario"))
        }
        let owner = scenario.scenario.packet.scoreOwner
        if !drill.observers.contains(owner) {
            problems.append(
                word.problem(
                    "score owner '\(owner)' of scenario '\(word)' is no observer of \(label)",
                    remedy: "add '\(owner)' to Observers=", severity: .warning))
        }
        return problems
    }

    /// Whether all of the scenario happens before the drill is over.
    private func fit(of scenario: Scenario, at word: Word) -> [Problem] {
        let duration = drill.duration
        let remedy = "lengthen DurationSec= of the drill or shorten the scenario"
        var problems: [Problem] = []
        let shift = scenario.domains.faultTiming.map(\.microseconds).max() ?? 0
        for fault in scenario.faults {
            let end = TimeSpan(
                microseconds: fault.start.microseconds + max(0, shift) + fault.duration.microseconds
            )
            guard end > duration else { continue }
            problems.append(
                word.problem(
                    "fault '\(fault.name)' of scenario '\(word)' may end after \(end), "
                        + "but \(label) after \(duration)",
                    remedy: remedy))
        }
        for page in scenario.pages where page.lastPost >= duration {
            problems.append(
                word.problem(
                    "page '\(page.name)' of scenario '\(word)' is due after \(page.lastPost), "
                        + "but \(label) ends after \(duration)",
                    remedy: remedy))
        }
        for probe in scenario.probes where probe.hold >= duration {
            problems.append(
                word.problem(
                    "probe '\(probe.name)' of scenario '\(word)' must hold for \(probe.hold), "
                        + "but \(label) ends after \(duration)",
                    remedy: remedy))
        }
        return problems
    }

    /// What the drill's kind needs from a technical scenario.
    private func needs(from draft: ScenarioDraft, at word: Word) -> [Problem] {
        let scenario = draft.scenario
        switch drill.kind {
        case .rollback: return response(.rollback, in: scenario, at: word)
        case .replay: return response(.replay, in: scenario, at: word)
        case .pageStorm: return storm(in: scenario, at: word)
        }
    }

    private func response(
        _ step: Response.Step, in scenario: Scenario, at word: Word
    ) -> [Problem] {
        guard !scenario.responses.contains(where: { $0.step == step }) else { return [] }
        return [
            word.problem(
                "a \(drill.kind.rawValue) drill needs a \(step.rawValue) response, "
                    + "which scenario '\(word)' does not have",
                remedy: "add [Respond \(step.rawValue)] to \(word).scenario")
        ]
    }

    /// What keeps everybody from arming the target, so that the drill never begins.
    ///
    /// - Parameter scenarios: its technical pool.
    func armingProblems(of target: Target, for scenarios: [Scenario]) -> [Problem] {
        guard drill.tier.injects, scenarios.contains(where: { !$0.faults.isEmpty }) else {
            return []
        }
        var problems: [Problem] = []
        if target.environment != "staging" {
            problems.append(
                Problem(
                    "target '\(target.name)' is '\(target.environment)', so \(label) never begins",
                    remedy: "name a target with Environment=staging", at: draft.name.position,
                    severity: .warning))
        } else if target.marker == nil {
            problems.append(
                Problem(
                    "target '\(target.name)' has no Marker=, so \(label) never begins",
                    remedy: "add Marker= with a file on the target that holds the word staging",
                    at: draft.name.position, severity: .warning))
        }
        return problems
    }

    /// Faults that reach further than their target allows.
    func blastRadius(of draft: ScenarioDraft, on target: Target) -> [Problem] {
        draft.scenario.faults.flatMap { fault -> [Problem] in
            (draft.touches[fault.name] ?? []).compactMap { resource in
                guard !target.allow.contains(where: { $0.covers(resource.value) }) else {
                    return nil
                }
                return Problem(
                    "fault '\(fault.name)' touches \(resource.value), which target "
                        + "'\(target.name)' of \(label) does not allow",
                    remedy: "remove it here or add it to Allow= of the target",
                    at: resource.position)
            }
        }
    }
}
