import CalendarTime
import Drills
import IncidentCommand
import Scoring

/// What was decided, promised, risked and asked.
extension IncidentFacts {
    var decided: String {
        guard let last = board.checkpoints.lastDecision else { return "nothing yet" }
        return sentence(last)
    }

    /// Every decision, oldest first.
    var allDecisions: String {
        let all = board.checkpoints.decisions.map(sentence)
        return all.isEmpty ? "nothing yet" : all.joined(separator: "; ")
    }

    /// Who decided what when, and why.
    func sentence(_ decided: Checkpoints.Decided) -> String {
        let decision = decided.decision
        let rung = decision.rung.map { " by \($0.rawValue)" } ?? ""
        return "\(decision.branch.rawValue)\(rung) at \(decision.confidence.rawValue), "
            + "\(decided.signed.by) at \(time(decided.signed.at)): \(decision.whyNow)"
    }

    var checkpoint: String {
        if let open = board.checkpoints.open {
            let waiting = "\(open.number) waits for its decision for \(ago(open.openedAt))"
            return open.isOverdue
                ? waiting + "; discussion is frozen, choose a branch" : waiting
        }
        guard let next = board.checkpoints.next else { return "none is planned" }
        return "next at \(time(next.at)): \(next.reason)"
    }

    /// When people hear more, of one kind or of any.
    func nextWord(of kind: UpdateKind? = nil) -> String {
        guard board.stage.cleared == nil else { return "this was the last word of this run" }
        let slot = kind.map { kind in board.updates.next(of: kind).map { (kind, $0) } }
        guard let (kind, next) = slot ?? board.updates.nextDue else {
            return "nothing is promised"
        }
        return "\(kind.rawValue) update \(next.number) by \(wallTime(next.due))"
    }

    /// What was last posted for everybody; what a hook posts counts once it has.
    var lastStatus: String {
        let isScripted = plan.response(taking: .status) != nil
        var typed: String?
        var posted: String?
        for entry in timeline.entries {
            switch entry.event {
            case .acted(.postStatus(let text, _), _, _):
                typed = text
                if !isScripted { posted = text }
            case .responseFinished(let name, _, _, let report)
            where report.succeeded && plan.response(named: name)?.step == .status:
                posted = typed ?? posted
            default: break
            }
        }
        return posted ?? "nothing was posted yet"
    }

    var evidence: String {
        let items = board.evidence.items.map { "#\($0.number) \($0.item.title)" }
        return items.isEmpty ? "none yet" : items.joined(separator: ", ")
    }

    var risk: String {
        let risks = board.packet.residualRisk
        return risks.isEmpty ? "nothing is known" : risks.joined(separator: "; ")
    }

    /// What it cost, by rate and time.
    var damage: String { DamageWords(board.damage, now: now.boot).cost }

    /// What the same run would have cost with the bleed stopped first.
    var bleedStopFirst: String { DamageWords(board.damage, now: now.boot).bleedStopFirst }

    var debt: String {
        let all = board.overruns.all.map { record in
            record.overrun.sentence
                + (record.explanation.map { " (\($0.signed.by): \($0.reason))" }
                    ?? " (nobody said why)")
        }
        return all.isEmpty ? "nothing took longer than it may" : all.joined(separator: "; ")
    }

    /// The updates that were sent against those that were promised and missed.
    var promises: String {
        guard !board.updates.promises.isEmpty else { return "no update is promised" }
        return board.updates.promises.map { promise in
            let sent = board.updates.sent.count { $0.kind == promise.kind }
            let missed = board.overruns.all.count { record in
                if case .update(promise.kind, _) = record.overrun { true } else { false }
            }
            return "\(promise.kind.rawValue) every \(promise.every): \(sent) sent, "
                + "\(missed) missed"
        }.joined(separator: "; ")
    }

    /// The clocks of the run against their targets.
    var clocks: [String] {
        Measurements(timeline).all.filter { $0.page == nil && $0.metric != .startLag }.map {
            "\($0.metric.rawValue) \(timeline.outcome == nil ? $0.sentenceSoFar : $0.sentence)"
        }
    }

    /// What whoever is called has to do.
    var asked: String {
        let open = board.openPages.map(\.text).joined(separator: " ")
        let acks = open.isEmpty ? nil : "acknowledge: drillctl ack \(plan.run) \(open)"
        let decide = board.checkpoints.open.map {
            "decide at checkpoint \($0.number): drillctl decide \(plan.run)"
        }
        let parts = [acks, decide].compactMap { $0 }
        return parts.isEmpty
            ? "be ready; \(board.mitigation?.text ?? plan.roster.commander.text) is at work"
            : parts.joined(separator: "; ")
    }

    /// Why someone is called now.
    var whyNow: String {
        let open = board.openPages.map { "page \($0) has no ack" }
        let overruns = board.overruns.open.map(\.overrun.sentence)
        let pause = board.checkpoints.lastDecision.flatMap { last in
            last.decision.branch == .escalateAndPause ? last.decision.whyNow : nil
        }
        let reasons = open + overruns + [pause].compactMap { $0 }
        return reasons.isEmpty ? "nothing is overdue" : reasons.joined(separator: "; ")
    }
}

extension Measurement {
    /// The value while the run goes on: what was not reached may still be.
    fileprivate var sentenceSoFar: String {
        guard case .censored(let least) = value else { return sentence }
        let amount = "\(DurationText.short(Double(least.microseconds) / 1_000_000)) so far"
        guard let target else { return amount }
        let isLate = least.microseconds > target.microseconds
        return "\(amount), target \(target)" + (isLate ? ": missed" : "")
    }
}
