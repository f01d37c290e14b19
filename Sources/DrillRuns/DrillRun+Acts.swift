import CalendarTime
import Drills
import IncidentCommand

/// What people do in an attended run, and what follows from it.
extension DrillRun {
    /// What somebody's step comes to: an event to be recorded, never a silent refusal.
    package func judge(
        _ act: ResponseAct, by person: PersonName, via: String, at now: Moment
    ) -> RunEvent {
        let reason = board.refusal(of: act, by: person, at: now) ?? refusal(of: act)
        guard let reason else {
            return .acted(act: board.holding(act), person: person, via: via)
        }
        return .actRefused(act: act, person: person, reason: reason)
    }

    /// Whether people take the steps of the response; then nothing of it starts by itself.
    var isAttended: Bool { plan.response.isAttended }

    mutating func follow(
        _ act: ResponseAct, by person: PersonName, at now: BootInstant
    ) -> [Effect] {
        guard isAttended, isUnderWay || phase == .verify else { return [] }
        switch act {
        case .rollBack:
            beginByHand(person)
            return takeByHand(.rollback, as: person)
        case .captureTrace:
            beginByHand(person)
            return takeByHand(.trace, as: person)
        case .replay: return takeByHand(.replay, as: person)
        case .postStatus(let text, _): return takeByHand(.status, as: person, posting: text)
        case .clear:
            progress.clearedBy = person
            return completeIfDone()
        case .confirmScope, .investigate, .decide, .recommend, .handOff, .ownLane,
            .changeSeverity, .sendUpdate, .addEvidence, .explainOverrun:
            return []
        }
    }

    /// The response has begun, though no script began it.
    mutating func beginByHand(_ person: PersonName) {
        progress.hasStarted = true
        progress.responder = progress.responder ?? person
    }

    private mutating func takeByHand(
        _ step: Response.Step, as person: PersonName, posting text: String? = nil
    ) -> [Effect] {
        guard let response = plan.response(taking: step) else {
            // Nothing that we could run: they say that they did it.
            if step == .rollback { progress.isRolledBack = true }
            return advanceIfDone()
        }
        return [ask(response, page: nil, as: person, text: text)]
    }

    /// What only the engine knows: the hooks that run, and what the kind asks for before all clear.
    private func refusal(of act: ResponseAct) -> String? {
        switch act {
        case .clear: return underWay(nil) ?? tooEarlyForClear
        case .captureTrace: return underWay(.trace) ?? stopped(.trace)
        case .replay: return underWay(.replay)
        case .postStatus: return underWay(.status) ?? stopped(.status)
        default: return nil
        }
    }

    private var tooEarlyForClear: String? {
        let missing = missingForClear
        guard !missing.isEmpty else { return nil }
        return "it is too early for all clear: " + missing.joined(separator: "; ")
    }

    /// Why a step, or without one every step, has to end first; nil: none is running.
    private func underWay(_ wanted: Response.Step?) -> String? {
        let running = inFlight.compactMap { hook in
            plan.response(named: hook.response).map { (step: $0.step, person: hook.person) }
        }
        guard let first = running.first(where: { wanted == nil || $0.step == wanted }) else {
            return nil
        }
        return "the \(first.step.rawValue) of \(first.person) is under way; "
            + "wait until it has ended"
    }

    /// Whoever stopped a run wants no hook of it to run any more, but for the reverts.
    private func stopped(_ step: Response.Step) -> String? {
        guard let phase, phase == .aborted || phase == .halted,
            plan.response(taking: step) != nil
        else { return nil }
        return "the run was \(phase.rawValue) and runs no \(step.rawValue) any more; "
            + "say it in an update"
    }

    private var missingForClear: [String] {
        var missing: [String] = []
        if plan.kind == .replay, !progress.isReplayAnswered {
            missing.append("the replay has no answer; run it first")
        }
        if mustRollBack, !progress.isRolledBack {
            missing.append("the rollback was not done; fire it first")
        }
        if mustHold, progress.isRolledBack, !watch.hasHeld {
            missing.append("the steady state has not held yet; wait until every probe has")
        }
        if plan.kind == .pageStorm, !pages.isAnswered {
            let open = pages.cards.filter { !$0.isAnswered }.map(\.plan.name.text)
            missing.append("no ack holds for \(open.joined(separator: ", "))")
        }
        return missing
    }
}
