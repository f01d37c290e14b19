import CalendarTime
import Drills

extension IncidentBoard {
    /// Why a person may not do something now; nil: they may.
    package func refusal(
        of act: ResponseAct, by person: PersonName, at now: Moment
    ) -> String? {
        stage.refusal(of: act.verb, isAttended: plan.response.isAttended)
            ?? roles.refusal(of: person) ?? absence(of: person, at: now)
            ?? watching(act, by: person) ?? playbook.refusal(of: act)
            ?? specific(act, by: person, at: now)
    }

    /// Who only watches keeps evidence and leaves the response alone.
    private func watching(_ act: ResponseAct, by person: PersonName) -> String? {
        guard roles.onlyWatches(person) else { return nil }
        switch act {
        case .addEvidence, .explainOverrun: return nil
        default:
            return "\(person) watches and scores this run; observers add evidence, "
                + "the people who respond take the steps"
        }
    }

    private func specific(
        _ act: ResponseAct, by person: PersonName, at now: Moment
    ) -> String? {
        switch act {
        case .confirmScope: nil
        case .rollBack: playbook.refusalWhileRollingBack()
        case .captureTrace(let note, _): traceRefusal(note)
        case .postStatus(let text, _):
            missing([("text", text)]).map { _ in "a status needs a text; say how things stand" }
        case .investigate(let note, _):
            missing([("note", note)]).map { _ in "say in a note what is investigated" }
        case .replay: replayRefusal
        case .clear(let reason): clearRefusal(reason, at: now.boot)
        case .decide(let decision): refusal(of: decision, by: person, at: now)
        case .recommend(let recommendation): refusal(of: recommendation)
        case .handOff(let handoff):
            roles.refusal(of: handoff, by: person, absence: absence(of: handoff.to, at: now))
        case .ownLane(let lane, let owner):
            roles.refusalToGive(lane, by: person)
                ?? roles.refusal(of: owner, owning: lane, absence: absence(of: owner, at: now))
        case .changeSeverity(let change):
            severity.refusal(
                of: change, by: person, roles: roles, evidence: evidence.items.count)
        case .sendUpdate: nil
        case .addEvidence(let item): evidence.refusal(of: item)
        case .explainOverrun(let overrun, let reason):
            overruns.refusal(of: overrun, reason: reason)
        }
    }

    private func traceRefusal(_ note: String) -> String? {
        guard plan.response(taking: .trace) == nil else { return nil }
        return missing([("note", note)]).map { _ in
            "the scenario has no step that captures a trace; say in a note where it is"
        }
    }

    private var replayRefusal: String? {
        guard plan.response(taking: .replay) != nil else {
            return "the scenario has no step that replays a trace; investigate by hand"
        }
        guard playbook.taking(of: .trace) != nil else {
            return "there is no trace to replay; capture one first"
        }
        return nil
    }

    private func clearRefusal(_ reason: String, at now: BootInstant) -> String? {
        guard missing([("reason", reason)]) == nil else {
            return "all clear needs its reason; say what shows that it is over"
        }
        guard openPages.isEmpty else {
            let pages = openPages.map(\.text).joined(separator: ", ")
            return "these pages are not acknowledged: \(pages); acknowledge them first"
        }
        guard damage.isStopped || playbook.leavesBleedAlone else {
            return "the bleed is not stopped, nothing was rolled back or mitigated; "
                + "stop it first"
        }
        if let frozen = frozenRefusal(at: now) { return frozen }
        guard checkpoints.lastDecision?.decision.confidence != .low else {
            return "the last decision was made at L1, which allows no close; "
                + "decide at L2 or L3 first"
        }
        return nil
    }

    /// A branch has to be chosen before the end, as long as somebody is there who can choose it.
    private func frozenRefusal(at now: BootInstant) -> String? {
        let leaders = [roles.roster.commander] + [roles.roster.deputy].compactMap { $0 }
        guard let open = checkpoints.open, open.isOverdue,
            leaders.contains(where: { !pages.isOut($0, at: now) })
        else { return nil }
        return "checkpoint \(open.number) is frozen without a decision; "
            + "\(roles.leaders) has to choose a branch first"
    }
}

// Who may decide and recommend, and when.
extension IncidentBoard {
    private func refusal(
        of decision: Decision, by person: PersonName, at now: Moment
    ) -> String? {
        guard let open = checkpoints.open else { return noCheckpoint(at: now.boot) }
        if let refusal = leadRefusal(person, at: open, now.boot) { return refusal }
        for owner in [decision.execution, decision.verificationOwner] {
            if let words = absence(of: owner, at: now) { return "\(words); name someone else" }
        }
        return DecisionRules(
            plan: plan, roles: roles, checkpoints: checkpoints, evidence: evidence.items.count
        ).refusal(of: decision)
    }

    private func noCheckpoint(at now: BootInstant) -> String {
        let next = checkpoints.next.map { "the next opens in \($0.at.span(since: now).rough)" }
        guard let last = checkpoints.all.last, let decided = last.decided else {
            return "no checkpoint is open yet; " + (next ?? "wait for the first")
        }
        return "checkpoint \(last.number) was decided by \(decided.signed.by); "
            + (next ?? "wait for the next")
    }

    /// The deputy decides once the checkpoint is overdue, which makes them its owner, or when the commander is out.
    private func leadRefusal(
        _ person: PersonName, at open: Checkpoints.Checkpoint, _ now: BootInstant
    ) -> String? {
        let commander = roles.roster.commander
        guard roles.leads(person) else {
            return "checkpoint \(open.number) is decided by \(commander); recommend it to them"
        }
        guard person != commander, !open.isOverdue, !pages.isOut(commander, at: now) else {
            return nil
        }
        let left = open.openedAt.advanced(by: plan.response.decisionLimit).span(since: now)
        return "checkpoint \(open.number) is \(commander)'s to decide for another "
            + "\(left.rough); recommend it until then"
    }

    private func refusal(of recommendation: Recommendation) -> String? {
        if let open = checkpoints.open, open.isOverdue {
            return "discussion is frozen, checkpoint \(open.number) has no decision after "
                + "\(plan.response.decisionLimit); \(roles.leaders) has to choose a branch"
        }
        guard missing([("why", recommendation.why)]) == nil else {
            return "a recommendation needs its reason; say why in a sentence"
        }
        let scores = [recommendation.reversibility, recommendation.blastRadius]
        guard scores.allSatisfy((0...3).contains) else {
            return "reversibility and blast-radius are numbers from 0 to 3"
        }
        return recommendation.branch.refusal(taking: recommendation.rung)
            ?? recommendation.evidence.flatMap { evidenceRefusal($0, of: evidence.items.count) }
    }
}
