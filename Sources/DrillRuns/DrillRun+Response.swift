import CalendarTime
import Drills

/// What the response has come to.
struct ResponseProgress: Sendable {
    var hasStarted = false
    var responder: PersonName?
    var isRolledBack = false
    var isReplayAnswered = false
    var isMitigated = false
}

/// The steps that people, or a script in their place, take.
extension DrillRun {
    mutating func beginResponse(at now: BootInstant) -> [Effect] {
        let held = schedulePages(at: now)
        guard plan.pages.isEmpty else { return held }
        return startResponse(by: plan.roster.lanes[.response] ?? plan.roster.commander)
    }

    /// Takes the first step that the kind asks for; later calls change nothing.
    mutating func startResponse(by person: PersonName) -> [Effect] {
        guard !progress.hasStarted, isUnderWay else { return [] }
        progress.hasStarted = true
        progress.responder = person
        let first: Response.Step? =
            switch plan.kind {
            case .rollback, .pageStorm: .rollback
            case .replay: plan.response(taking: .trace) == nil ? .replay : .trace
            }
        return [first, .status].compactMap { $0 }.flatMap(take)
    }

    mutating func noteResponse(
        _ name: ResponseName, _ report: HookReport, at now: BootInstant
    ) -> [Effect] {
        guard let response = plan.response(named: name), isUnderWay || isWindingDown else {
            return []
        }
        let failure = Outcome.failed(reason: "response \(name) failed: \(report.ending)")
        switch response.step {
        case .ack, .status: return []
        case .rollback:
            guard report.succeeded else { return fail(failure) }
            progress.isRolledBack = true
        case .trace: return report.succeeded ? take(.replay) : fail(failure)
        case .replay:
            guard ReplayAnswer(report) != nil else { return fail(failure) }
            progress.isReplayAnswered = true
            return take(.rollback) + completeIfDone()
        case .rollForward:
            guard phase == .verify else { return [] }
            if !report.succeeded, ending == nil { ending = failure }
            return startChecks(.after)
        }
        return advanceIfDone()
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

    /// Ends the response once everything the kind asks for was done.
    func completeIfDone() -> [Effect] {
        guard phase == .respond, ending == nil, faults.allAsked, hasAnswered,
            plan.kind != .pageStorm || pages.allAcked
        else { return [] }
        let mustHold = plan.response(taking: .rollback) != nil && !plan.probes.isEmpty
        guard !mustHold || watch.hasHeld else { return [] }
        return [.record(.phaseEntered(phase: .verify))]
    }

    /// Whether the step that the kind is named for, and a planned rollback, were done.
    private var hasAnswered: Bool {
        let isRolledBack = progress.isRolledBack || plan.response(taking: .rollback) == nil
        switch plan.kind {
        case .rollback: return progress.isRolledBack
        case .replay: return progress.isReplayAnswered && isRolledBack
        case .pageStorm: return isRolledBack
        }
    }

    private func take(_ step: Response.Step) -> [Effect] {
        guard let response = plan.response(taking: step) else { return [] }
        let person = progress.responder ?? plan.roster.commander
        return [.respond(response.name, page: nil, as: person)]
    }
}
