import CalendarTime
import Drills

extension Scorecard.Row {
    /// Judges one criterion by what the timeline shows.
    init(judging criterion: Scorecard.Criterion, _ timeline: Timeline, _ plan: RunPlan) {
        let record = NumberedRecord(timeline)
        let (verdict, evidence) =
            switch criterion {
            case .detection: Self.detection(timeline, record, plan)
            case .ownership: Self.ownership(record, plan)
            case .reversibility: Self.reversibility(record, plan)
            case .verification: Self.verification(record, plan)
            case .followUps: Self.followUps(record, plan)
            }
        self.init(criterion: criterion, verdict: verdict, evidence: evidence)
    }

    private typealias Judgement = (Scorecard.Verdict, [Int])

    private static func detection(
        _ timeline: Timeline, _ record: NumberedRecord, _ plan: RunPlan
    ) -> Judgement {
        let injected = record.numbers { event in
            switch event {
            case .injectFinished(_, .injected, _), .injectFinished(_, .unknown, _): true
            case .phaseEntered(.respond): plan.faults.isEmpty
            default: false
            }
        }.prefix(1)
        let detected = record.numbers { event in
            switch event {
            case .detected: true
            case .acked: plan.faults.isEmpty
            default: false
            }
        }.prefix(1)
        guard let measured = Measurements(timeline)[.timeToDetect], !injected.isEmpty else {
            return (.notShown("nothing was injected"), [])
        }
        guard case .measured(let interval) = measured.value else {
            return (.notShown("nobody and no probe noticed the fault"), Array(injected))
        }
        let evidence = Array(injected) + Array(detected)
        let taken = TimeSpan(microseconds: max(0, interval.microseconds))
        let text =
            "\(taken.formatted(accuracy: .milliseconds(1))), target \(plan.objectives.detect)"
        return (measured.isWithinTarget == true ? .shown(text) : .missed(text), evidence)
    }

    private static func ownership(_ record: NumberedRecord, _ plan: RunPlan) -> Judgement {
        let checkpoints: [Phase] = [.inject, .respond, .verify, .debrief]
        let entered = checkpoints.filter { phase in
            !record.numbers { $0 == .phaseEntered(phase: phase) }.isEmpty
        }
        guard !entered.isEmpty else { return (.notShown("no checkpoint was reached"), []) }
        let owners = entered.map { phase in
            record.numbers { event in
                if case .ownerNamed(phase, _, _) = event { true } else { false }
            }
        }
        let orphans = zip(entered, owners).filter(\.1.isEmpty).map(\.0.rawValue)
        let decisions = plan.response.isAttended ? record.decisions : DecisionRecord()
        let evidence = owners.flatMap { $0 } + decisions.evidence
        guard orphans.isEmpty else {
            return (.missed("no owner named at \(orphans.joined(separator: ", "))"), evidence)
        }
        guard decisions.undecided.isEmpty else {
            let numbers = decisions.undecided.map { "\($0)" }.joined(separator: ", ")
            return (.missed("no decision at checkpoint \(numbers)"), evidence)
        }
        let owned = "an owner at each of \(entered.count) checkpoints"
        let count = decisions.made.count
        let decided = count == 0 ? "" : ", \(count) decision\(count == 1 ? "" : "s")"
        return (.shown(owned + decided), evidence)
    }

    private static func reversibility(_ record: NumberedRecord, _ plan: RunPlan) -> Judgement {
        let reverted = record.numbers { event in
            if case .revertFinished(_, .verified, _, _) = event { true } else { false }
        }
        let rolledBack = record.finished(.rollback, of: plan)
        let rolledForward = record.finished(.rollForward, of: plan)
        let decisions = plan.response.isAttended ? record.decisions.made : []
        guard !reverted.isEmpty || !rolledBack.isEmpty else {
            return (.notShown("nothing was done that could be taken back"), [])
        }
        let evidence = reverted + rolledBack + rolledForward + decisions.map(\.number)
        guard decisions.allSatisfy({ $0.decision.isSureEnough(in: plan) }) else {
            return (.missed("decided at L1 on what cannot be undone"), evidence)
        }
        guard record.leaked.isEmpty else {
            let names = record.leaked.map(\.text).joined(separator: ", ")
            return (.missed("fault \(names) may still be in place"), evidence)
        }
        guard
            !rolledBack.isEmpty || !decisions.isEmpty || plan.response(taking: .rollback) == nil
        else {
            return (.notShown("nobody mitigated; drilld took the fault back"), reverted)
        }
        guard
            rolledBack.isEmpty || plan.response(taking: .rollForward) == nil
                || !rolledForward.isEmpty
        else { return (.missed("rolled back, but not forward again"), evidence) }
        let count = record.revertedFaults.count
        let faults = "\(count) fault\(count == 1 ? "" : "s") verified as reverted"
        return (.shown(rolledForward.isEmpty ? faults : faults + ", rolled forward"), evidence)
    }

    private static func verification(_ record: NumberedRecord, _ plan: RunPlan) -> Judgement {
        let lastChange =
            record.numbers { event in
                switch event {
                case .revertFinished, .injectFinished, .responseFinished: true
                default: false
                }
            }.max() ?? 0
        guard lastChange > 0 else { return (.notShown("nothing was changed"), []) }
        let fresh = record.freshChecks(after: lastChange, probes: plan.probes.map(\.name))
        guard !fresh.isEmpty else {
            return (.notShown("nothing was checked after the last change"), [])
        }
        guard fresh.allSatisfy({ $0.value.passed }) else {
            return (.missed("a check after the last change failed"), fresh.map(\.value.number))
        }
        guard fresh.count == plan.probes.count + 1 else {
            return (
                .notShown("not every probe was asked after the last change"),
                fresh.map(\.value.number)
            )
        }
        let text = "\(fresh.count) checks passed after the last change"
        return (.shown(text), fresh.map(\.value.number))
    }

    private static func followUps(_ record: NumberedRecord, _ plan: RunPlan) -> Judgement {
        let added = record.entries.compactMap { number, event -> (number: Int, due: String)? in
            guard case .followUpAdded(let followUp) = event else { return nil }
            return (number, followUp.due)
        }
        guard !added.isEmpty else { return (.notShown("no follow-up was recorded"), []) }
        let today = "\(CivilDate(of: plan.scheduled, in: .utc))"
        // Days are written so that their texts are in their order.
        let open = added.filter { $0.due >= today }
        guard !open.isEmpty else {
            return (.missed("the last day of every follow-up had passed"), added.map(\.number))
        }
        let count = open.count
        return (.shown("\(count) follow-up\(count == 1 ? "" : "s")"), open.map(\.number))
    }
}
