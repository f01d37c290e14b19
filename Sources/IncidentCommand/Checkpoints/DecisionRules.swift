import CalendarTime
import Drills

/// What makes a decision acceptable, beside who makes it and when.
struct DecisionRules {
    let plan: RunPlan
    let roles: Roles
    let checkpoints: Checkpoints
    /// How many pieces of evidence there are.
    let evidence: Int

    /// Why a decision is not accepted, by the first rule that it breaks; nil: it is.
    func refusal(of decision: Decision) -> String? {
        missingStatements(of: decision) ?? nextCheckpointRefusal(decision.nextCheckpoint)
            ?? owners(of: decision) ?? branch(of: decision) ?? ladder(of: decision)
            ?? confidence(of: decision) ?? conflict(with: decision)
    }

    private func missingStatements(of decision: Decision) -> String? {
        missing([
            ("why-now", decision.whyNow), ("rejected", decision.rejected),
            ("reversibility", decision.reversibility), ("blast-radius", decision.blastRadius),
            ("verification", decision.verification),
        ]).map { "a decision without \($0) is not accepted; write a sentence for each" }
    }

    private func owners(of decision: Decision) -> String? {
        for owner in [decision.execution, decision.verificationOwner] {
            if let refusal = roles.refusal(of: owner) { return refusal }
        }
        guard !roles.onlyWatches(decision.execution) else {
            return "\(decision.execution) watches and scores this run; name someone who responds"
        }
        guard decision.execution == decision.verificationOwner else { return nil }
        return "\(decision.execution) cannot execute and verify; name two people"
    }

    private func branch(of decision: Decision) -> String? {
        guard decision.branch != .rollBack || decision.rung != nil else {
            return "roll-back needs a rung; choose flag-off or full-rollback"
        }
        return decision.branch.refusal(taking: decision.rung)
    }

    /// The more reversible rungs come first: each was taken at an earlier checkpoint or is named as rejected.
    private func ladder(of decision: Decision) -> String? {
        guard let rung = decision.rung else { return nil }
        let tried = Set(checkpoints.decisions.compactMap(\.decision.rung))
        let above = Decision.Rung.allCases.prefix { $0 != rung }.filter {
            !tried.contains($0) && !decision.rejected.mentions($0.rawValue)
        }
        guard !above.isEmpty else { return nil }
        let names = above.map(\.rawValue).joined(separator: " and ")
        return "\(rung.rawValue) comes after \(names) on the reversible ladder; "
            + "take that first, or say in rejected why not \(names)"
    }

    private func confidence(of decision: Decision) -> String? {
        guard decision.confidence == .low, !canBeUndone(decision) else { return nil }
        return "at L1 only what can be undone is decided; choose flag-off, "
            + (hasRollback ? "roll-back by full-rollback" : "escalate-and-pause")
            + " or a higher confidence"
    }

    private func canBeUndone(_ decision: Decision) -> Bool {
        switch (decision.branch, decision.rung) {
        case (_, .flagOff), (.escalateAndPause, nil): true
        case (.rollBack, .fullRollback): hasRollback
        default: false
        }
    }

    private var hasRollback: Bool { plan.response(taking: .rollback) != nil }

    /// Against the winner of a conflict only with evidence, or with the winner named among the rejected.
    private func conflict(with decision: Decision) -> String? {
        guard let conflict = checkpoints.conflict, conflict.isAgainst(decision) else { return nil }
        let winner = conflict.winner.recommendation
        let names = [winner.rung?.rawValue, winner.branch.rawValue].compactMap { $0 }
        let text = decision.whyNow + " " + decision.rejected
        let rests = (1...max(evidence, 1)).contains { evidence >= $0 && text.cites($0) }
        guard !rests, !names.contains(where: decision.rejected.mentions) else { return nil }
        return "recommendations conflict at checkpoint \(conflict.checkpoint) and "
            + "\(conflict.winner.course) of \(conflict.winner.signed.by) goes first; "
            + "take it, say in rejected why not \(names[0]), or cite evidence such as 'evidence 1'"
    }
}

extension Decision.Branch {
    /// Why a rung does not belong to the branch; nil: it does, or there is none.
    func refusal(taking rung: Decision.Rung?) -> String? {
        switch (self, rung) {
        case (_, nil), (_, .flagOff), (.rollBack, .fullRollback),
            (.continueMitigation, .boundedPatch):
            nil
        case (.rollBack, .boundedPatch):
            "a bounded-patch rolls nothing back; choose flag-off or full-rollback, "
                + "or continue-mitigation by bounded-patch"
        case (.continueMitigation, .fullRollback):
            "a full-rollback is a branch of its own; choose roll-back by full-rollback, "
                + "or continue-mitigation by flag-off or bounded-patch"
        case (.escalateAndPause, .boundedPatch), (.escalateAndPause, .fullRollback):
            "a pause changes nothing but a flag; choose escalate-and-pause without a rung or by "
                + "flag-off, continue-mitigation by bounded-patch, or roll-back by full-rollback"
        }
    }
}

extension String {
    /// Whether a name such as `flag-off` is mentioned, in either spelling of its hyphens and any case.
    fileprivate func mentions(_ name: String) -> Bool {
        let words = lowercased().map { $0 == "-" ? " " : $0 }
        return String(words).contains(String(name.map { $0 == "-" ? " " : $0 }))
    }

    /// Whether `evidence N` is written here with this number.
    fileprivate func cites(_ number: Int) -> Bool {
        let words = lowercased().split { !$0.isLetter && !$0.isNumber }
        return zip(words, words.dropFirst()).contains {
            $0 == "evidence" && $1 == String(number)
        }
    }
}
