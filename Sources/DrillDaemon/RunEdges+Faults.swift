import Drills
import Failpoints
import Faults

/// Faults: the armed record comes first, and a lost answer counts as injected.
extension RunEdges {
    func inject(_ name: FaultName) async -> RunEvent {
        guard let fault = plan.fault(named: name) else {
            return failure(name, "the plan has no such fault")
        }
        let id = FaultID(run: plan.run, fault: name)
        // Its record says what a revert has to restore; another one would not know.
        guard store.entry(of: id) == nil else {
            let reason = "it is armed already, by a drilld that died"
            return .injectFinished(
                fault: name, outcome: .unknown(reason: reason),
                report: HookReport(.refused(reason: reason)))
        }
        Failpoint.daemonBeforeArmedRecord.hit()
        do {
            let record = ArmedRecord(
                run: plan.run, plan: fault, target: plan.target,
                hook: try hookGuard.admit(fault.hook), armedAt: MachineClock.now(),
                bootID: MachineClock.bootID, armedBy: "drilld")
            guard try calledOff.arm(name, by: { try store.arm(record) }) else {
                return failure(name, "it was called off before it began")
            }
        } catch {
            return failure(name, "\(error)")
        }
        Failpoint.daemonAfterArmedRecord.hit()
        let (outcome, report) = await agent.inject(id)
        Failpoint.daemonAfterInjectAnswer.hit()
        return .injectFinished(fault: name, outcome: outcome, report: report)
    }

    private func failure(_ fault: FaultName, _ reason: String) -> RunEvent {
        .injectFinished(
            fault: fault, outcome: .failed(reason: reason),
            report: HookReport(.refused(reason: reason)))
    }

    /// Takes faults back one after the other; none of them begins while it waits for its turn.
    ///
    /// One that fails stops no other. Where there is no answer it is asked again, all of them at least once even if the
    /// run does not wait any more; after a failed attempt the agent goes on by itself.
    func revert(_ names: [FaultName], post: @Sendable (RunEvent) async -> Void) async {
        for name in names { calledOff.callOff(name) }
        var unanswered = names
        repeat {
            var left: [FaultName] = []
            for name in unanswered where await !revert(name, post: post) { left.append(name) }
            unanswered = left
            if unanswered.isEmpty { return }
            // Cancelled when the run is closed, which it is once the grace period is over.
            try? await Task.sleep(for: .seconds(1))
        } while !Task.isCancelled
    }

    /// Asks for one attempt; false if there was no answer.
    private func revert(_ name: FaultName, post: @Sendable (RunEvent) async -> Void) async -> Bool {
        Failpoint.daemonBeforeRevertRequest.hit()
        let (outcome, attempt, report) = await agent.revert(FaultID(run: plan.run, fault: name))
        // Attempts that failed are counted from 1.
        guard outcome == .verified || attempt > 0 else { return false }
        Failpoint.daemonAfterRevertAnswer.hit()
        await post(
            .revertFinished(fault: name, outcome: outcome, attempt: attempt, report: report))
        return true
    }
}
