import CalendarTime
import Drills
import IncidentCommand

/// Steady state before, during and after, and the abort conditions.
extension DrillRun {
    mutating func startChecks(_ stage: ProbeStage) -> [Effect] {
        let preChecks = stage == .before && isAttended ? PreCheck.allCases : []
        checks = CheckRound(plan.probes, preChecks: preChecks)
        return [.checkSteady(stage)] + plan.probes.map { .probe($0.name, stage) }
            + preChecks.map(look)
    }

    /// Owners are in the plan; for everything else someone has to go and look.
    private func look(_ check: PreCheck) -> Effect {
        guard check == .owners else { return .preCheck(check) }
        let (passed, detail) = OwnerGraph.check(plan)
        return .record(.preChecked(check: check, passed: passed, detail: detail))
    }

    mutating func notePreCheck(
        _ check: PreCheck, passed: Bool?, _ detail: String, at now: BootInstant
    ) -> [Effect] {
        checks.note(check, passed: passed, detail)
        return judgeChecks(.before, at: now)
    }

    mutating func noteSteady(
        _ stage: ProbeStage, _ report: HookReport, at now: BootInstant
    ) -> [Effect] {
        checks.noteSteady(report)
        return judgeChecks(stage, at: now)
    }

    mutating func noteProbe(
        _ probe: ProbeName, _ stage: ProbeStage, _ report: HookReport, at now: BootInstant
    ) -> [Effect] {
        guard stage == .during else {
            checks.note(probe, report)
            return judgeChecks(stage, at: now)
        }
        guard isUnderWay else { return [] }
        watch.note(probe, passed: report.succeeded, at: now)
        askAgain(.probe(probe), every: plan.probe(named: probe)?.every ?? .seconds(1), at: now)
        guard report.succeeded || watch.isDetected || !faults.anyAnswered else {
            return [.record(.detected(probe: probe))]
        }
        return advanceIfDone()
    }

    mutating func noteAbortCheck(
        _ condition: Int, _ report: HookReport, at now: BootInstant
    ) -> [Effect] {
        guard isUnderWay else { return [] }
        guard plan.packet.abort.indices.contains(condition) else { return [] }
        let by = "abort condition '\(plan.packet.abort[condition])'"
        switch report.ending {
        case .exited(status: 1):
            askAgain(.checkAbort(condition: condition), every: Self.abortInterval, at: now)
            return []
        case .exited(status: 0): return [.record(.abortRequested(by: by, reason: "it holds"))]
        case let ending:
            let reason = "it could not be told (\(ending)), which counts as holding"
            return [.record(.abortRequested(by: by, reason: reason))]
        }
    }

    /// Asks a beat later than last time, or at once when the answer took longer than a beat.
    private mutating func askAgain(
        _ task: RunTimers.Task, every beat: TimeSpan, at now: BootInstant
    ) {
        let next = (lastAsked[task] ?? now).advanced(by: beat)
        timers.add(task, at: max(next, now))
    }

    private mutating func judgeChecks(_ stage: ProbeStage, at now: BootInstant) -> [Effect] {
        guard checks.isComplete else { return [] }
        switch (stage, phase) {
        case (.before, .brief): return judgeBefore()
        case (.after, .verify), (.after, .aborted), (.after, .halted): return judgeAfter(at: now)
        default: return []
        }
    }

    private func judgeBefore() -> [Effect] {
        guard checks.failures.isEmpty else {
            let reason = checks.failures.joined(separator: ", ")
            return [.record(.closed(outcome: .notStarted(reason: reason)))]
        }
        return [.record(.phaseEntered(phase: .inject))]
    }

    private mutating func judgeAfter(at now: BootInstant) -> [Effect] {
        if let ending {
            guard phase == .verify else { return [.record(.closed(outcome: ending))] }
            return [.record(.phaseEntered(phase: .debrief))]
        }
        guard checks.failures.isEmpty else {
            let beat = plan.probes.map(\.every).min() ?? .seconds(1)
            timers.add(.steady, at: now.advanced(by: beat))
            return []
        }
        return [.record(.resolved)]
    }
}
