import CalendarTime
import Drills

/// The one who runs hooks: injects, reverts, and keeps reverting what is owed.
package actor Agent {
    let hooks: FaultHooks
    private let injector: Injector
    let reverter: Reverter
    let deadManSwitch: any DeadManSwitch
    private let commands: CommandStore
    let notify: @Sendable (AgentNotice) -> Void

    var leases = LeaseClock()
    private var daemons = DaemonLeases()
    private var leaseSpans: [Int: TimeSpan] = [:]
    var injecting: [FaultID: Task<(InjectOutcome, HookReport), Never>] = [:]
    /// The last attempt of each fault that is being reverted.
    var reverting: [FaultID: Task<RevertAttempt, Never>] = [:]
    private var running: [CommandID: RunningCommand] = [:]
    private var connections: Set<Int> = []
    private var hadConnection = false
    var leaks = LeakTally()
    private var alarm: Task<Void, Never>?
    /// The reverts of what another agent left behind.
    private var recovery: Task<Void, Never>?

    /// A plain hook, and the connection that wants to hear how it ends.
    private struct RunningCommand {
        let connection: Int
        let task: Task<HookReport, Never>
    }

    /// An agent over the store of these hooks; `notify` hears what nobody asked for.
    package init(
        hooks: FaultHooks, deadManSwitch: any DeadManSwitch,
        notify: @escaping @Sendable (AgentNotice) -> Void
    ) {
        self.hooks = hooks
        self.deadManSwitch = deadManSwitch
        self.notify = notify
        injector = Injector(hooks: hooks, deadManSwitch: deadManSwitch)
        reverter = Reverter(hooks: hooks)
        commands = CommandStore(folder: hooks.store.folder)
    }

    /// Takes over what another agent left behind: all that nobody else holds is reverted now.
    package func recover() async throws {
        // A damaged copy keeps nobody from reverting; the fault above it says what is wrong with it.
        try? hooks.store.dropCopiesWithoutNeed()
        for entry in try hooks.store.entries().reversed() {
            watch(entry)
            if await !deadManSwitch.isHeld(entry.fault) { leases.want([entry.fault]) }
        }
        let groups = leases.due(at: MachineClock.bootNow()).map(revertInBackground)
        recovery = Task { for group in groups { await group.value } }
    }

    /// Reverts what falls due, until the task is cancelled; calls `pulse` with each look around.
    ///
    /// With `untilIdle` it also ends when the last connection is gone and nothing is armed any more.
    package func keepWatch(
        atLeastEvery interval: TimeSpan? = nil, untilIdle: Bool = false,
        pulse: @Sendable () -> Void = {}
    ) async {
        let started = MachineClock.bootNow()
        while !Task.isCancelled {
            pulse()
            if untilIdle, isIdle(since: started) { return }
            let now = MachineClock.bootNow()
            if daemons.expire(at: now) {
                await endCommands { leaseSpans[$0] != nil }
                adoptOrphans()
            }
            // An attempt of our own tells itself, after what came of it.
            for fault in leases.atRest { tellIfLeaked(fault) }
            for group in leases.due(at: now) { _ = revertInBackground(group) }
            await sleep(until: nextWake, atMost: interval ?? .minutes(60))
        }
    }

    /// Whether nothing would be missed if the agent ended now. It waits a minute for its first caller.
    private func isIdle(since started: BootInstant) -> Bool {
        let waited = MachineClock.bootNow().span(since: started) >= .minutes(1)
        return (hadConnection || waited) && connections.isEmpty && leases.faults.isEmpty
            && running.isEmpty && injecting.isEmpty
    }
}

// What connections ask for.
extension Agent {
    /// Somebody connected.
    package func opened(_ connection: Int) {
        connections.insert(connection)
        hadConnection = true
    }

    /// A connection ended, and its plain hooks with it; with the last daemon, its faults end as well.
    package func closed(_ connection: Int) async {
        connections.remove(connection)
        await endCommands { $0 == connection }
        leaseSpans[connection] = nil
        if daemons.close(connection) { adoptOrphans() }
        ring()
    }

    /// Ends the plain hooks of some connections: a step of the response that is still under way would undo what a
    /// revert has restored.
    private func endCommands(where isMeant: (Int) -> Bool) async {
        let commands = running.values.filter { isMeant($0.connection) }
        for command in commands { command.task.cancel() }
        for command in commands { _ = await command.task.value }
    }

    /// Answers a request; the answer to a long one comes when it is done.
    ///
    /// Whatever a daemon asks shows that it is alive: it need not renew its lease while it has no fault.
    package func answer(_ request: AgentRequest.Body, from connection: Int) async -> AgentReply {
        if let lease = leaseSpans[connection] { heard(connection, lease: lease) }
        switch request {
        case .hello(let role, let lease):
            if role == .daemon { heard(connection, lease: lease) }
            return .welcome(deadManSwitch: deadManSwitch.name)
        case .lease:
            guard leaseSpans[connection] != nil else {
                return .refused(reason: "only a daemon that said hello has a lease")
            }
            return .done
        case .inject(let fault):
            let (outcome, report) = await inject(fault)
            return .injected(outcome: outcome, report: report)
        case .revert(let fault):
            let attempt = await revert(fault)
            return .reverted(
                outcome: attempt.outcome, attempt: attempt.number, report: attempt.report)
        case .check(let fault): return await check(fault)
        case .run(let command): return await begin(command, for: connection).value
        case .stop(let command): return stop(command)
        case .revertAll(let kept):
            await revertAll(keeping: kept)
            return status()
        case .status: return status()
        }
    }

    private func heard(_ connection: Int, lease: TimeSpan) {
        let before = daemons.nextEnd
        leaseSpans[connection] = lease
        daemons.heard(connection, lease: lease, at: MachineClock.bootNow())
        // A lease that only got longer is soon enough looked at when it would have ended.
        if let end = daemons.nextEnd, before.map({ end < $0 }) ?? true { ring() }
    }

    private func inject(_ fault: FaultID) async -> (InjectOutcome, HookReport) {
        guard injecting[fault] == nil else {
            let refusal = InjectRefusal.injectedBefore(fault).description
            return (.unknown(reason: refusal), HookReport(.refused(reason: refusal)))
        }
        if let entry = hooks.store.entry(of: fault) {
            watch(entry)
            ring()
        }
        let injector = injector
        // Half a revert is no state to take a fingerprint of.
        let reverts = leases.neighbours(of: fault).compactMap { reverting[$0] }
        // A task of its own: an inject that has begun does not depend on who asked for it.
        let task = Task {
            for revert in reverts { _ = await revert.value }
            return await injector.inject(fault)
        }
        injecting[fault] = task
        let (outcome, report) = await task.value
        injecting[fault] = nil
        if hooks.store.entry(of: fault) == nil { leases.release(fault) }
        switch outcome {
        case .skipped, .failed: leases.want([fault])
        case .injected, .unknown: break
        }
        ring()
        return (outcome, report)
    }

    private func check(_ fault: FaultID) async -> AgentReply {
        guard let record = hooks.store.entry(of: fault)?.record else {
            return .refused(reason: InjectRefusal.notArmed(fault).description)
        }
        return .finished(report: await hooks.call(.check, of: record))
    }

    /// Begins a plain hook. From then on it can be stopped, and ends with its connection.
    func begin(_ id: CommandID, for connection: Int) -> Task<AgentReply, Never> {
        guard running[id] == nil else {
            return Task { .refused(reason: "the command '\(id)' is running") }
        }
        guard connections.contains(connection) else {
            return Task { .refused(reason: "whoever wanted the command '\(id)' is gone") }
        }
        let hooks = hooks
        let commands = commands
        let recovery = recovery
        let task = Task {
            // A step of a response that lost its agent would undo what a revert restores.
            await recovery?.wait(atMost: Self.patience)
            return await hooks.run(commandOf: id, in: commands)
        }
        running[id] = RunningCommand(connection: connection, task: task)
        return Task {
            let report = await task.value
            running[id] = nil
            ring()
            return .finished(report: report)
        }
    }

    private func stop(_ id: CommandID) -> AgentReply {
        guard let command = running[id] else {
            // It may be asked for in a moment.
            commands.discard(id)
            return .refused(reason: "no command '\(id)' is running")
        }
        command.task.cancel()
        return .done
    }

    private func status() -> AgentReply {
        do {
            let now = MachineClock.bootNow()
            return .status(
                try hooks.store.entries().map {
                    FaultStatus(
                        $0, isOwed: leases.isOwed($0.fault, at: now),
                        failures: leaks.failures(of: $0.fault))
                })
        } catch {
            return .refused(reason: "\(error)")
        }
    }
}

// When the watch looks again.
extension Agent {
    private var nextWake: BootInstant? {
        [leases.nextDue, daemons.nextEnd].compactMap { $0 }.min()
    }

    /// Sleeps, at most a second at a time while a fault is watched: a suspended machine wakes up late.
    private func sleep(until wake: BootInstant?, atMost interval: TimeSpan) async {
        let longest = leases.faults.isEmpty ? interval : min(.seconds(1), interval)
        let left = wake.map { $0.span(since: MachineClock.bootNow()) }
        let span = min(left ?? longest, longest)
        let alarm = Task<Void, Never> {
            // Cancelled when there is something new to look at.
            try? await Task.sleep(for: .microseconds(span.microseconds))
        }
        self.alarm = alarm
        await withTaskCancellationHandler {
            await alarm.value
        } onCancel: {
            alarm.cancel()
        }
    }

    func ring() {
        alarm?.cancel()
    }
}
