import CalendarTime

extension RunEvent {
    /// What people did and what was due of them, in words; empty for other events.
    var commandSentence: String {
        switch self {
        case .preChecked(let check, true, let detail):
            "pre-check \(check.phrase) is good: \(detail)"
        case .preChecked(let check, false, let detail): "pre-check \(check.phrase) fails: \(detail)"
        case .preChecked(let check, nil, let detail):
            "pre-check \(check.phrase) was not made: \(detail)"
        case .acted(let act, let person, let via): "\(person) \(act.sentence) (\(via))"
        case .actRefused(let act, let person, let reason):
            "\(act.verb.rawValue) by \(person) refused: \(reason)"
        case .checkpointOpened(let number, let reason): "checkpoint \(number) is due: \(reason)"
        case .overran(let overrun, let owner):
            overrun.sentence + (owner.map { "; \($0) owns the answer" } ?? "")
        default: ""
        }
    }
}

extension Receipt {
    /// What became of a page, in words.
    package var sentence: String {
        let place = channel.map { " by \($0)" } ?? ""
        let tries = attempts > 1 ? " after \(attempts) attempts" : ""
        return switch verdict {
        case .accepted: "handed over\(place)\(tries)"
        case .rejected(let reason): "not handed over\(place)\(tries) (\(reason))"
        case .lost(let reason): "lost\(place)\(tries) (\(reason))"
        }
    }
}

extension Notification {
    /// Who was told what, in words.
    var sentence: String {
        let who = person.map { " by \($0)" } ?? ""
        return "\(channel) told \(receiver): page \(page) is \(status.rawValue)\(who)"
    }
}

extension PreCheck {
    fileprivate var phrase: String {
        switch self {
        case .revision: "last known-good revision"
        case .rollbackPath: "rollback path"
        case .owners: "owners"
        case .evidencePlace: "place of evidence"
        }
    }
}

extension ResponseAct {
    /// What was done, as it follows the person's name.
    package var sentence: String {
        switch self {
        case .confirmScope(let scope): "confirmed the scope: \(scope.sentence)"
        case .rollBack(let reason): "fires the rollback" + Self.outOfTurn(reason)
        case .captureTrace(let note, let reason):
            "captured a trace: \(note)" + Self.outOfTurn(reason)
        case .postStatus(let text, let reason): "posted a status: \(text)" + Self.outOfTurn(reason)
        case .investigate(let note, let reason): "investigates: \(note)" + Self.outOfTurn(reason)
        case .replay: "replays the trace"
        case .clear(let reason): "declared all clear: \(reason)"
        case .decide(let decision): decision.sentence
        case .recommend(let recommendation): recommendation.sentence
        case .handOff(let handoff): handoff.sentence
        case .ownLane(let lane, let owner): "gave lane \(lane.rawValue) to \(owner)"
        case .changeSeverity(let change):
            "changed the severity to \(change.severity.rawValue) on evidence \(change.evidence): "
                + change.why
        // Its text is long; whoever wants to read it finds it in the record.
        case .sendUpdate(let kind, _): "sent the \(kind.rawValue) update"
        case .addEvidence(let item): item.sentence
        case .explainOverrun(let overrun, let reason):
            "explained that \(overrun.sentence): \(reason)"
        }
    }

    private static func outOfTurn(_ reason: OutOfTurn?) -> String {
        reason.map { ", out of turn: \($0.rawValue)" } ?? ""
    }
}

extension Scope {
    /// The scope in words.
    package var sentence: String {
        [
            users == .one ? "one user" : "many users", routes == .one ? "one route" : "all routes",
            regions == .one ? "one region" : "all regions",
        ].joined(separator: ", ")
    }
}

extension Decision {
    fileprivate var sentence: String {
        let step = rung.map { " by \($0.rawValue)" } ?? ""
        return "decided to \(branch.rawValue)\(step) at \(confidence.rawValue): \(whyNow); "
            + "\(execution) executes, \(verificationOwner) verifies, "
            + "next checkpoint in \(nextCheckpoint)"
    }
}

extension Recommendation {
    fileprivate var sentence: String {
        let step = rung.map { " by \($0.rawValue)" } ?? ""
        let ground = evidence.map { " on evidence \($0)" } ?? ""
        return "recommends to \(branch.rawValue)\(step)\(ground): \(why)"
    }
}

extension Handoff {
    fileprivate var sentence: String {
        "handed lane \(lane.rawValue) to \(to): scope \(scopeBoundary); unknown \(openUnknowns); "
            + "rolls back at once if \(rollbackTrigger); next checkpoint in \(nextCheckpoint)"
    }
}

extension EvidenceItem {
    fileprivate var sentence: String {
        switch source {
        case .command(let line, let status, _):
            "added evidence '\(title)': \(line) ended with exit \(status)"
        case .file(let path): "added evidence '\(title)': file \(path)"
        case .address(let url): "added evidence '\(title)': \(url)"
        }
    }
}

extension Overrun {
    /// What took too long, in words.
    package var sentence: String {
        switch self {
        case .decision(let checkpoint): "checkpoint \(checkpoint) has no decision in time"
        case .update(let kind, let number): "\(kind.rawValue) update \(number) is overdue"
        case .stretch(let name): "\(name.rawValue) took longer than planned"
        case .reassessment(let checkpoint):
            "the conflict at checkpoint \(checkpoint) was not reassessed in time"
        case .allClear: "all clear did not come in time"
        }
    }
}
