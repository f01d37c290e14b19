import CalendarTime
import ControlAPI
import Drills
import Faults
import Ledger
import Systemd

/// The levers: HALT, arming, reverting and forgetting; and what the agent tells unasked.
extension DrillDesk {
    /// Pulls the HALT lever: it holds from the moment the file is there, whatever happens next.
    func halt(by person: String, reason: String) async throws -> Done {
        let halt = Halt(by: person, reason: reason, at: MachineClock.now().wall)
        // Whether or not the file can be written, everything is stopped and reverted.
        let written = Result { try HaltLever(folder: configuration.state).pull(halt) }
        for conductor in conductors.values {
            await conductor.post(.haltPulled(by: person, reason: reason))
        }
        await record(
            .haltPulled(by: person, reason: reason), priority: .critical, catalog: .haltPulled,
            fields: [.person: person, .reason: reason])
        // What no open run owns is reverted as well.
        let left = try await agent.revertAll()
        let names = left.map(\.fault.text).joined(separator: ", ")
        if case .failure(let error) = written {
            let stopped =
                left.isEmpty ? "no fault is left" : "faults still to be reverted: \(names)"
            throw Refusal(
                .failed,
                [
                    "everything was stopped (\(stopped)), but the lever could not be written: \(error)",
                    "mend that and pull it again: new drills may still start",
                ])
        }
        guard left.isEmpty else {
            return Done(message: "halted; faults still to be reverted: \(names)")
        }
        return Done(message: "halted; no fault is left, and none is injected until the release")
    }

    /// Releases the lever.
    func release(by person: String, reason: String) async throws -> Done {
        let lever = HaltLever(folder: configuration.state)
        guard lever.pulled != nil else { return Done(message: "the HALT lever is not pulled") }
        try lever.release()
        await record(
            .haltReleased(by: person, reason: reason), catalog: .haltReleased,
            fields: [.person: person, .reason: reason])
        return Done(message: "released; drills may start again")
    }

    /// Allows injections into a target.
    func arm(_ name: TargetName, by person: String) async throws -> Done {
        guard let target = calendar.targets[name] else { throw unknown(name) }
        guard target.environment == "staging" else {
            throw Refusal(
                .refused, ["target '\(name)' is '\(target.environment)'; only staging can be armed"]
            )
        }
        let arming = Arming(target: name, by: person, at: MachineClock.now().wall)
        try ArmedTargets(folder: configuration.state).arm(arming)
        await record(
            .targetArmed(target: name, by: person), catalog: .targetArmed,
            fields: [.target: name.text, .person: person])
        return Done(message: "target \(name) is armed: drills may inject into it")
    }

    /// Forbids injections into a target, known or not.
    func disarm(_ name: TargetName, by person: String) async throws -> Done {
        try ArmedTargets(folder: configuration.state).disarm(name)
        await record(
            .targetDisarmed(target: name, by: person), catalog: .targetDisarmed,
            fields: [.target: name.text, .person: person])
        guard calendar.targets[name] == nil else {
            return Done(message: "target \(name) is disarmed: nothing is injected into it")
        }
        let armed = ArmedTargets(folder: configuration.state).names.map(\.text)
        let left =
            armed.isEmpty ? "no target is armed" : "still armed: " + armed.joined(separator: ", ")
        return Done(
            message: "target \(name) is disarmed, though it is not in the calendar; \(left)")
    }

    /// Whether a run is open, or a fault is left behind by one.
    var needsTheAgent: Bool {
        // A folder that cannot be read is looked at again with the next run.
        !openRuns.isEmpty || !((try? store.entries()) ?? []).isEmpty
    }

    /// Makes one attempt to revert a fault now.
    func revert(_ fault: FaultID) async throws -> Done {
        // A fault of an open run that is not armed yet may be injected in the next moment.
        guard store.entry(of: fault) != nil else {
            throw Refusal(
                .notFound,
                [
                    "no fault '\(fault)' is armed, so nothing was done; 'drillctl faults' lists those that are"
                ])
        }
        let (outcome, attempt, report) = await agent.revert(fault)
        switch outcome {
        case .verified:
            await conductor(of: fault)?.post(
                .revertFinished(
                    fault: faultName(of: fault), outcome: outcome, attempt: attempt, report: report)
            )
            await resolveLeak(of: fault)
            return Done(message: "fault \(fault) is reverted and verified")
        case .failed(let reason):
            throw Refusal(
                .failed, ["fault \(fault) may still be in place: \(reason); it is tried again"])
        }
    }

    /// Drops an armed record on the word of two people.
    func forget(
        _ fault: FaultID, by first: String, second: PersonName, reason: String
    ) async throws -> Done {
        guard let person = PersonName(checking: first) else {
            throw Refusal(.notPermitted, ["'\(first)' is no name that can be recorded"])
        }
        guard calendar.people[second] != nil, second != person else {
            throw Refusal(
                .refused,
                ["'\(second)' is no second person of the calendar; name one with --second"])
        }
        _ = try store.forget(
            fault, reason: reason, by: person, confirmedBy: second, at: MachineClock.now().wall)
        await record(
            .faultForgotten(fault: fault, by: first, second: second.text, reason: reason),
            priority: .warning, fields: [.fault: fault.text, .person: first, .reason: reason])
        await resolveLeak(of: fault)
        return Done(message: "the record of \(fault) is dropped; a tombstone stays")
    }

    /// Every armed fault; read from the records themselves if the agent does not answer.
    func faultRows() async throws -> [FaultRow] {
        do {
            return try await agent.status().map { status in
                FaultRow(
                    fault: status.fault, target: status.target ?? "unknown",
                    state: FaultRow.State(status.state), deadline: status.deadline,
                    failedAttempts: status.failures, detail: status.reason ?? "")
            }
        } catch {
            return try store.entries().map { entry in
                FaultRow(
                    fault: entry.fault, target: entry.record?.target.name ?? "unknown",
                    state: entry.isLeaked ? .leaked : .owed,
                    deadline: entry.record?.deadline.wall,
                    failedAttempts: entry.history.failures, detail: "the agent does not answer")
            }
        }
    }

    /// Passes on what the agent tells; what belongs to no open run is recorded by itself.
    func take(_ notice: AgentNotice) async {
        switch notice {
        case .reverted(let fault, let report):
            // What two people dropped, nobody saw reverted.
            if store.isForgotten(fault) { return }
            let event = RunEvent.revertFinished(
                fault: faultName(of: fault), outcome: .verified, attempt: 0, report: report)
            if await conductor(of: fault)?.post(event) == true { return }
            await record(
                .faultRevertedLate(fault: fault, reason: "the agent reverted it"),
                catalog: .faultReverted, fields: fields(of: fault))
        case .attemptFailed(let fault, let attempt, let reason, let report):
            let event = RunEvent.revertFinished(
                fault: faultName(of: fault), outcome: .failed(reason: reason), attempt: attempt,
                report: report)
            if await conductor(of: fault)?.post(event) == true { return }
            journal.write(
                "fault \(fault): attempt \(attempt) to revert failed: \(reason)",
                priority: .error, fields: [.fault: fault.text])
        case .leaked(let fault, let reason):
            var fields = fields(of: fault)
            fields[.reason] = reason
            await record(
                .faultLeaked(fault: fault, reason: reason), priority: .critical,
                catalog: .faultLeaked, fields: fields)
        }
    }

    /// The agent is gone, and with it the faults of its daemon: no run may go on as if they were there.
    func agentWasLost() async {
        for conductor in conductors.values where !conductor.plan.faults.isEmpty {
            // Asked again while the agent stays away, a run that is on its way out has heard it.
            let phase = await conductor.phase ?? .brief
            if [.aborted, .halted, .closed].contains(phase) { continue }
            await conductor.post(
                .abortRequested(
                    by: "drilld", reason: "the agent was lost; its faults are reverted as it starts"
                ))
        }
    }

    /// The journal's fields of a fault; its target is known while it has a record or an open run.
    private func fields(of fault: FaultID) -> [Journal.Field: String] {
        let target = store.entry(of: fault)?.record?.target ?? conductor(of: fault)?.plan.target
        return [.fault: fault.text, .target: target?.name.text ?? "its target"]
    }

    private func unknown(_ target: TargetName) -> Refusal {
        let known = calendar.targets.keys.sorted().map(\.text).joined(separator: ", ")
        return Refusal(.notFound, ["there is no target '\(target)'; the calendar has \(known)"])
    }

    private func conductor(of fault: FaultID) -> RunConductor? {
        conductors.values.first { fault.text.hasPrefix("\($0.plan.run).") }
    }

    private func faultName(of fault: FaultID) -> FaultName {
        guard let run = conductor(of: fault)?.plan.run else { return FaultName(fault.text) }
        return FaultName(String(fault.text.dropFirst(run.text.count + 1)))
    }
}

extension FaultRow.State {
    fileprivate init(_ state: FaultStatus.State) {
        self =
            switch state {
            case .live: .live
            case .owed: .owed
            case .leaked: .leaked
            }
    }
}
