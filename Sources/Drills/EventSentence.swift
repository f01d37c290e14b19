import CalendarTime

extension RunEvent {
    /// The event as people read it in a timeline: lower case, no full stop.
    package var sentence: String {
        switch self {
        case .opened(let plan): plan.sentence
        case .phaseEntered(let phase): "phase \(phase.rawValue)"
        case .mitigated: "mitigated: the steady state held"
        case .resolved: "resolved: everything the drill asks for was done"
        case .allReverted: "every fault is reverted and verified"
        case .noted(let text): "note: \(text)"
        case .interrupted(let reason): "interrupted: \(reason)"
        case .abortRequested(let person, let reason): "\(person) asked to abort: \(reason)"
        case .haltPulled(let person, let reason): "\(person) pulled the halt lever: \(reason)"
        case .closed(let outcome): "closed: \(outcome.sentence)"
        case .probeFinished, .steadyChecked, .abortChecked, .detected: checkSentence
        case .injectFinished, .revertFinished: faultSentence
        case .pagePosting, .pageSent, .pageRepeated, .pageResolved, .notified, .pageWithheld,
            .acked, .ackRefused, .ackExpired, .escalated:
            pageSentence
        case .responseStarted, .responseFinished, .ownerNamed, .followUpAdded: responseSentence
        case .preChecked, .acted, .actRefused, .checkpointOpened, .overran: commandSentence
        case .resumed(let reason): "taken up again: \(reason)"
        }
    }

    private var checkSentence: String {
        switch self {
        case .probeFinished(let probe, let stage, let report):
            "probe \(probe) \(stage.phrase) \(report.verdict(pass: "passed", fail: "failed"))"
        case .steadyChecked(let stage, let report):
            "steady state \(stage.phrase) "
                + report.verdict(pass: "is good", fail: "is not shown")
        case .abortChecked(let condition, let report):
            "abort condition \(condition + 1) \(report.abortVerdict)"
        case .detected(let probe): "detected: probe \(probe) sees the fault"
        default: ""
        }
    }

    private var faultSentence: String {
        switch self {
        case .injectFinished(let fault, .injected, let report):
            "fault \(fault) injected (\(report.ending))"
        case .injectFinished(let fault, .skipped, _):
            "fault \(fault) skipped: it does not apply here"
        case .injectFinished(let fault, .failed(let reason), let report):
            "fault \(fault) could not be injected: \(reason) (\(report.ending))"
        case .injectFinished(let fault, .unknown(let reason), _):
            "fault \(fault) counts as injected: \(reason)"
        case .revertFinished(let fault, .verified, let attempt, _):
            "fault \(fault) reverted and verified (attempt \(attempt))"
        case .revertFinished(let fault, .failed(let reason), let attempt, let report):
            "fault \(fault) not reverted (attempt \(attempt)): \(reason) (\(report.ending))"
        default: ""
        }
    }

    private var pageSentence: String {
        switch self {
        case .pagePosting(let page, let person, let level, let channels):
            "page \(page) goes to \(person) (\(level.rawValue)) over "
                + channels.map(\.text).joined(separator: " ")
        case .pageSent(let page, let person, let level, let receipt):
            "page \(page) to \(person) (\(level.rawValue)) \(receipt.sentence)"
        case .pageRepeated(let page, let number, let receipt):
            "page \(page) posted again (\(number)) \(receipt.sentence)"
        case .pageResolved(let page, let reason): "page \(page) resolved: \(reason)"
        case .notified(let notification): notification.sentence
        case .ackExpired(let page, let person):
            "ack of page \(page) by \(person) expired: nothing was done since"
        case .pageWithheld(let page, let person, let reason):
            "page \(page) to \(person) withheld: \(reason)"
        case .acked(let page, let person, let channel):
            "\(person) acknowledged page \(page) by \(channel)"
        case .ackRefused(let page, let person, let reason):
            "ack of page \(page) by \(person) refused: \(reason)"
        case .escalated(let page, let from, let to):
            "page \(page) escalated: no ack from \(from) in time, \(to) is next"
        default: ""
        }
    }

    private var responseSentence: String {
        switch self {
        case .responseStarted(let response, let page, let person):
            "\(person) starts \(response)\(Self.forPage(page))"
        case .responseFinished(let response, let page, let person, let report):
            "\(response) of \(person)\(Self.forPage(page)) ended (\(report.ending))"
        case .ownerNamed(let checkpoint, let lane, let person):
            "checkpoint \(checkpoint.rawValue): \(person) owns \(lane.rawValue)"
        case .followUpAdded(let followUp):
            "follow-up for \(followUp.owner) until \(followUp.due): \(followUp.text)"
        default: ""
        }
    }

    private static func forPage(_ page: PageName?) -> String {
        page.map { " for page \($0)" } ?? ""
    }
}

extension RunPlan {
    fileprivate var sentence: String {
        let stories = [technical, coordination].compactMap { $0?.text }.joined(separator: " with ")
        return
            "run \(run) opened: \(kind.rawValue) drill of tier \(tier.rawValue) on \(target.name), "
            + "\(stories), commander \(roster.commander)"
    }
}

extension ProbeStage {
    fileprivate var phrase: String {
        switch self {
        case .before: "before the injection"
        case .during: "during the fault"
        case .after: "after the revert"
        }
    }
}

extension HookReport {
    fileprivate func verdict(pass: String, fail: String) -> String {
        succeeded ? pass : "\(fail) (\(ending))"
    }

    /// Exit 1 is the only answer that lets a run go on.
    fileprivate var abortVerdict: String {
        switch ending {
        case .exited(status: 0): "holds"
        case .exited(status: 1): "does not hold"
        default: "gave no answer (\(ending)), which counts as holding"
        }
    }
}

extension Outcome {
    /// The end of a run as people read it: lower case, no full stop.
    package var sentence: String {
        switch self {
        case .completed: "completed"
        case .notStarted(let reason): "not started, \(reason)"
        case .failed(let reason): "failed, \(reason)"
        case .aborted(let reason): "aborted, \(reason)"
        case .halted(let reason): "halted, \(reason)"
        case .leaked(let faults):
            "leaked, these faults may still be in place: "
                + faults.map(\.text).joined(separator: " ")
        case .censored(let reason): "censored, \(reason)"
        }
    }
}
