import CalendarTime
import Drills

/// What the response has come to.
struct ResponseProgress: Sendable {
    var hasStarted = false
    var responder: PersonName?
    var isRolledBack = false
    var isReplayAnswered = false
    var isMitigated = false
    /// Who declared all clear, which only an attended run waits for.
    var clearedBy: PersonName?
}

/// A step of the response that was asked for and has not ended.
struct StepInFlight: Hashable, Sendable {
    let response: ResponseName
    let page: PageName?
    let person: PersonName
}

/// The steps that people, or a script in their place, take.
extension DrillRun {
    mutating func beginResponse(at now: BootInstant) -> [Effect] {
        let held = schedulePages(at: now)
        guard plan.pages.isEmpty else { return held }
        return startResponse(by: board.roles.owners[.response] ?? plan.roster.commander)
    }

    /// Takes the first step that the kind asks for; later calls change nothing.
    mutating func startResponse(by person: PersonName) -> [Effect] {
        guard !progress.hasStarted, isUnderWay, !isAttended else { return [] }
        progress.hasStarted = true
        progress.responder = person
        let first: Response.Step =
            switch plan.kind {
            case .rollback, .pageStorm: .rollback
            case .replay: plan.response(taking: .trace) == nil ? .replay : .trace
            }
        return take(first) + take(.status)
    }

    mutating func noteResponse(
        _ name: ResponseName, by person: PersonName, _ report: HookReport, at now: BootInstant
    ) -> [Effect] {
        guard let response = plan.response(named: name), isUnderWay || isWindingDown else {
            return []
        }
        let failure = "response \(name) failed: \(report.ending)"
        switch response.step {
        case .ack: return []
        case .status: return report.succeeded ? [] : [noteFailure(failure, of: person)]
        case .rollback:
            guard report.succeeded else { return failStep(failure, of: person) }
            progress.isRolledBack = true
        case .trace:
            guard report.succeeded else { return failStep(failure, of: person) }
            return isAttended ? [] : take(.replay)
        case .replay:
            guard ReplayAnswer(report) != nil else { return failStep(failure, of: person) }
            progress.isReplayAnswered = true
            return (isAttended ? [] : take(.rollback)) + completeIfDone()
        case .rollForward:
            guard phase == .verify else { return [] }
            if !report.succeeded, ending == nil { ending = .failed(reason: failure) }
            return startChecks(.after)
        }
        return advanceIfDone()
    }

    /// A script that fails fails the run; people may try again.
    private mutating func failStep(_ failure: String, of person: PersonName) -> [Effect] {
        isAttended ? [noteFailure(failure, of: person)] : fail(.failed(reason: failure))
    }

    private func noteFailure(_ failure: String, of person: PersonName) -> Effect {
        .record(.noted(text: isAttended ? "\(failure); \(person) may try again" : failure))
    }

    /// After all faults are gone: forward again to where the drill found the target.
    mutating func rollForwardOrCheck(at now: BootInstant) -> [Effect] {
        guard ending == nil, progress.isRolledBack, plan.response(taking: .rollForward) != nil
        else { return startChecks(.after) }
        return take(.rollForward)
    }

    /// Notes a mitigation first; the run completes once that is recorded, or at once without one.
    func advanceIfDone() -> [Effect] {
        let mitigation = mitigateIfHeld()
        return mitigation.isEmpty ? completeIfDone() : mitigation
    }

    /// The steady state is back while faults were still in place: the response did it, not our revert.
    func mitigateIfHeld() -> [Effect] {
        guard isUnderWay, watch.isDetected, watch.hasHeld, progress.hasStarted, hasAnswered,
            !progress.isMitigated, !faults.anyRevertAsked
        else { return [] }
        return [.record(.mitigated)]
    }

    /// Ends the response once everything the kind asks for was done, and in an attended run is declared over.
    func completeIfDone() -> [Effect] {
        guard phase == .respond, ending == nil, hasAnswered,
            plan.kind != .pageStorm || pages.isAnswered
        else { return [] }
        // All clear calls off what is still planned, and was not accepted before the steady state held.
        let isOver =
            isAttended ? progress.clearedBy != nil : faults.allAsked && (!mustHold || watch.hasHeld)
        return isOver ? [.record(.phaseEntered(phase: .verify))] : []
    }

    /// Ends the verification; steps that people began after the all clear come to their ends first.
    func debriefIfDone() -> [Effect] {
        guard phase == .verify, board.stage.isResolved, !isAttended || inFlight.isEmpty else {
            return []
        }
        return [.record(.phaseEntered(phase: .debrief))]
    }

    /// Whether the rollback is part of what the kind asks for.
    var mustRollBack: Bool {
        switch plan.kind {
        case .rollback: true
        case .replay: plan.response(taking: .rollback) != nil
        // People may find that a rollback would not stop the bleed.
        case .pageStorm: plan.response(taking: .rollback) != nil && !isAttended
        }
    }

    /// Whether the steady state has to come back before the response is over.
    var mustHold: Bool {
        !plan.probes.isEmpty && (plan.response(taking: .rollback) != nil || progress.isRolledBack)
    }

    /// Whether the step that the kind is named for, and a planned rollback, were done.
    private var hasAnswered: Bool {
        (plan.kind != .replay || progress.isReplayAnswered)
            && (!mustRollBack || progress.isRolledBack)
    }

    private mutating func take(_ step: Response.Step) -> [Effect] {
        guard let response = plan.response(taking: step) else { return [] }
        return [ask(response, page: nil, as: progress.responder ?? plan.roster.commander)]
    }

    /// Asks for a step, and remembers that its end has to come.
    mutating func ask(
        _ response: Response, page: PageName?, as person: PersonName, text: String? = nil
    ) -> Effect {
        inFlight.append(StepInFlight(response: response.name, page: page, person: person))
        return .respond(response.name, page: page, as: person, text: text)
    }
}
