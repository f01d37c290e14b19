import CalendarTime
import DrillRuns
import Drills
import Failpoints
import Faults
import Synchronization

/// Does what one run asks for, through the agent, and reports what came of it.
struct RunEdges: Sendable {
    /// How long the quick questions may take; no answer counts against going on.
    enum Patience {
        static let steady = TimeSpan.seconds(30)
        static let abort = TimeSpan.seconds(5)
    }

    private let plan: RunPlan
    private let agent: AgentClient
    private let store: ArmedStore
    private let hookGuard: HookGuard
    private let environment: [String: String]
    private let running: RunningHooks

    init(
        plan: RunPlan, agent: AgentClient, store: ArmedStore, configuration: DaemonConfiguration
    ) {
        self.plan = plan
        self.agent = agent
        self.store = store
        hookGuard = HookGuard(folders: configuration.hookFolders)
        environment = [
            "DRILL_CTL": configuration.controlProgram, "DRILL_SOCKET": configuration.socket,
        ]
        running = RunningHooks(run: plan.run)
    }

    /// Does one effect; events are posted as they come.
    func perform(_ effect: Effect, post: @Sendable (RunEvent) async -> Void) async {
        switch effect {
        case .record(let event): await post(event)
        case .checkSteady(let stage):
            let report = await call(plan.target.steady, timeout: Patience.steady)
            await post(.steadyChecked(stage: stage, report: report))
        case .probe(let name, let stage):
            guard let probe = plan.probe(named: name) else { return }
            let report = await call(probe.command, timeout: probe.timeout)
            await post(.probeFinished(probe: name, stage: stage, report: report))
        case .checkAbort(let condition):
            let report = await call(plan.packet.abort[condition], timeout: Patience.abort)
            await post(.abortChecked(condition: condition, report: report))
        case .inject(let fault): await post(await inject(fault))
        case .revert(let fault): await revert(fault, post: post)
        case .page(let page, let person, let level, let channels):
            for channel in channels {
                let receipt = await send(page, to: person, over: channel)
                await post(.pageSent(page: page, person: person, level: level, receipt: receipt))
            }
        case .repeatPage, .refreshPages, .resolvePage, .preCheck: break
        case .respond(let name, let page, let person):
            await respond(name, page: page, as: person, post: post)
        case .stopHooks: await stopHooks()
        }
    }

    /// Ends every plain hook of the run that is still going; faults are ended by their reverts.
    func stopHooks() async {
        for command in running.all { await agent.stop(command) }
    }

    private func call(
        _ command: HookCommand, parameters: [Parameter] = [], adding more: [String: String] = [:],
        timeout: TimeSpan
    ) async -> HookReport {
        let id = running.begin()
        defer { running.end(id) }
        return await agent.run(
            CommandRecord(
                id: id, run: plan.run, target: plan.target, command: command,
                parameters: parameters, environment: environment.merging(more) { _, new in new },
                timeout: timeout))
    }
}

// Faults: the armed record comes first, and a lost answer counts as injected.
extension RunEdges {
    private func inject(_ name: FaultName) async -> RunEvent {
        guard let fault = plan.fault(named: name) else {
            return failure(name, "the plan has no such fault")
        }
        Failpoint.daemonBeforeArmedRecord.hit()
        do {
            let record = ArmedRecord(
                run: plan.run, plan: fault, target: plan.target,
                hook: try hookGuard.admit(fault.hook), armedAt: MachineClock.now(),
                bootID: MachineClock.bootID, armedBy: "drilld")
            try store.arm(record)
        } catch {
            return failure(name, "\(error)")
        }
        Failpoint.daemonAfterArmedRecord.hit()
        let (outcome, report) = await agent.inject(FaultID(run: plan.run, fault: name))
        Failpoint.daemonAfterInjectAnswer.hit()
        return .injectFinished(fault: name, outcome: outcome, report: report)
    }

    private func failure(_ fault: FaultName, _ reason: String) -> RunEvent {
        .injectFinished(
            fault: fault, outcome: .failed(reason: reason),
            report: HookReport(.refused(reason: reason)))
    }

    /// Asks until there is an answer; the agent itself goes on after a failed attempt.
    private func revert(_ name: FaultName, post: @Sendable (RunEvent) async -> Void) async {
        Failpoint.daemonBeforeRevertRequest.hit()
        let id = FaultID(run: plan.run, fault: name)
        while !Task.isCancelled {
            let (outcome, attempt, report) = await agent.revert(id)
            if case .lost = report.ending {
                // Cancelled when the run is closed, which it is once the grace period is over.
                try? await Task.sleep(for: .seconds(1))
                continue
            }
            Failpoint.daemonAfterRevertAnswer.hit()
            return await post(
                .revertFinished(fault: name, outcome: outcome, attempt: attempt, report: report))
        }
    }
}

// People: pages and the steps of the response.
extension RunEdges {
    private func send(
        _ name: PageName, to person: PersonName, over channelName: ChannelName
    ) async -> Receipt {
        guard let channel = plan.channel(named: channelName), let page = plan.page(named: name),
            case .exec(let command, let parameters) = channel.service
        else {
            let report = HookReport(.refused(reason: "the drill has no such page or channel"))
            return Receipt(channel: channelName, report: report)
        }
        let report = await call(
            command, parameters: parameters,
            adding: [
                "DRILL_PAGE_ID": name.text, "DRILL_PAGE_TO": person.text,
                "DRILL_PAGE_SUMMARY": page.summary, "DRILL_PAGE_SEVERITY": page.severity.rawValue,
                "DRILL_PAGE_TEXT": page.text(in: plan),
            ], timeout: channel.timeout)
        return Receipt(channel: channelName, report: report)
    }

    private func respond(
        _ name: ResponseName, page: PageName?, as person: PersonName,
        post: @Sendable (RunEvent) async -> Void
    ) async {
        guard let response = plan.response(named: name) else { return }
        await post(.responseStarted(response: name, page: page, person: person))
        var more = ["DRILL_PERSON": person.text]
        if let page { more["DRILL_PAGE_ID"] = page.text }
        let report = await call(
            response.command, parameters: response.parameters, adding: more,
            timeout: response.timeout)
        await post(
            .responseFinished(response: name, page: page, person: person, report: report))
    }
}

extension PagePlan {
    /// What the person who is paged reads: that it is a drill, what is wrong, what to do.
    func text(in plan: RunPlan) -> String {
        "[DRILL \(plan.run)] \(severity.rawValue) \(summary). This is a drill on \(plan.target.name) "
            + "(\(plan.target.environment)). Acknowledge with: drillctl ack \(plan.run) \(name)"
    }
}

/// The hooks of one run that are running now.
final class RunningHooks: Sendable {
    private struct State {
        var count = 0
        var commands: Set<CommandID> = []
    }

    private let run: RunID
    private let state = Mutex(State())

    init(run: RunID) {
        self.run = run
    }

    /// Sorted, so that they are stopped in the order they were started.
    var all: [CommandID] { state.withLock { $0.commands.sorted() } }

    func begin() -> CommandID {
        state.withLock { state in
            state.count += 1
            let id = CommandID("\(run).hook-\(state.count)")
            state.commands.insert(id)
            return id
        }
    }

    func end(_ id: CommandID) {
        _ = state.withLock { $0.commands.remove(id) }
    }
}
