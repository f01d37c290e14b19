import CalendarTime
import DrillRuns
import Drills
import Faults
import Paging

/// Does what one run asks for, through the agent and the channels, and reports what came of it.
struct RunEdges: Sendable {
    /// How long the quick questions may take; no answer counts against going on.
    enum Patience {
        static let steady = TimeSpan.seconds(30)
        static let abort = TimeSpan.seconds(5)
    }

    let plan: RunPlan
    let agent: AgentClient
    let store: ArmedStore
    let hookGuard: HookGuard
    let pages: PageDelivery
    private let environment: [String: String]
    private let running: RunningHooks
    let calledOff = CalledOff()

    init(
        plan: RunPlan, agent: AgentClient, store: ArmedStore, pages: PageDelivery,
        configuration: DaemonConfiguration
    ) {
        self.plan = plan
        self.agent = agent
        self.store = store
        self.pages = pages
        hookGuard = HookGuard(folders: configuration.hookFolders)
        environment = [
            "DRILL_CTL": configuration.controlProgram, "DRILL_SOCKET": configuration.socket,
        ]
        running = RunningHooks(run: plan.run)
    }

    /// Does one effect; events are posted as they come.
    func perform(_ effect: Effect, post: @escaping @Sendable (RunEvent) async -> Void) async {
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
        case .revert(let fault): await revert([fault], post: post)
        case .page, .repeatPage, .refreshPages, .resolvePage: await performPaging(effect, post)
        case .preCheck(let check): await post(await preCheck(check))
        case .respond(let name, let page, let person, let text):
            await respond(name, page: page, as: person, posting: text, post: post)
        case .stopHooks: await stopHooks()
        }
    }

    /// Ends every plain hook of the run that is still going; faults are ended by their reverts.
    func stopHooks() async {
        for command in running.all { await agent.stop(command) }
    }

    func call(
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

    private func respond(
        _ name: ResponseName, page: PageName?, as person: PersonName, posting text: String?,
        post: @Sendable (RunEvent) async -> Void
    ) async {
        guard let response = plan.response(named: name) else { return }
        await post(.responseStarted(response: name, page: page, person: person))
        var more = ["DRILL_PERSON": person.text]
        if let page { more["DRILL_PAGE_ID"] = page.text }
        // A variable ends at its first zero byte.
        more["DRILL_STATUS_TEXT"] = text?.replacing("\0", with: " ")
        let report = await call(
            response.command, parameters: response.parameters, adding: more,
            timeout: response.timeout)
        await post(
            .responseFinished(response: name, page: page, person: person, report: report))
    }
}
