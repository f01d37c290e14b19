import CalendarTime
import DrillRuns
import Drills
import Samples

/// Drives the real fold with simulated edges and a virtual clock.
struct SimulatedEdges {
    private(set) var run: DrillRun
    private let world: World
    private(set) var entries: [(at: BootInstant, event: RunEvent)] = []
    private(set) var effects: [(at: BootInstant, effect: Effect)] = []
    /// The run as it stood after each moment, with the count of entries by then: one commit of the ledger each.
    private(set) var moments: [(count: Int, at: BootInstant, run: DrillRun)] = []
    private var pending: [(at: BootInstant, order: Int, letter: Letter)] = []
    private var tries: [ResponseName: Int] = [:]
    private var order = 0
    private var now = BootInstant(microsecondsSinceBoot: 0)
    private var live: Set<FaultName> = []
    private var cured = false

    private enum Letter {
        case event(RunEvent)
        case deed(Deed)
    }

    init(_ plan: RunPlan, in world: World = World()) {
        run = DrillRun(plan: plan)
        self.world = world
        post(.opened(plan: plan), after: 0)
        for (second, event) in world.outside { post(event, after: Double(second)) }
        for (second, deed) in world.people { send(.deed(deed), after: second) }
    }

    /// Another process goes on where one died at `now`; nobody knows the answers that were still to come.
    init(
        resuming plan: RunPlan, from entries: [(at: BootInstant, event: RunEvent)],
        at now: BootInstant, in world: World
    ) {
        run = DrillRun(restoring: plan, from: entries)
        self.entries = entries
        self.world = world
        self.now = now
        post(.resumed(reason: "drilld was started again"), after: 0)
        let gone = Double(now.microsecondsSinceBoot) / 1_000_000
        for (second, deed) in world.people where second > gone {
            send(.deed(deed), after: second - gone)
        }
    }

    /// Runs until the drill is closed or nothing can happen any more.
    mutating func runToTheEnd(limit: Int = 10_000) -> Outcome? {
        for _ in 0..<limit where !run.isClosed {
            guard step() else { break }
        }
        guard case .closed(let outcome) = entries.last?.event else { return nil }
        return outcome
    }

    private mutating func step() -> Bool {
        let nextEvent = pending.min { ($0.at, $0.order) < ($1.at, $1.order) }
        switch (nextEvent, run.nextWake) {
        case (let event?, let wake?) where wake < event.at: advance(to: wake)
        case (let event?, _):
            pending.removeAll { $0.order == event.order }
            now = max(now, event.at)
            open(event.letter)
        case (nil, let wake?): advance(to: wake)
        case (nil, nil): return false
        }
        moments.append((entries.count, now, run))
        return true
    }

    private mutating func open(_ letter: Letter) {
        switch letter {
        case .event(let event): take(event)
        case .deed(.ack(let page, let person)):
            guard
                let event = run.judgeAck(of: page, by: person, channel: "console", at: .sample(now))
            else { return }
            take(event)
        case .deed(.act(let act, let person)):
            take(run.judge(act, by: person, via: "console", at: .sample(now)))
        }
    }

    private mutating func advance(to wake: BootInstant) {
        now = max(now, wake)
        perform(run.wake(at: now))
    }

    private mutating func take(_ event: RunEvent) {
        entries.append((now, event))
        perform(run.handle(event, at: now))
    }

    private mutating func post(_ event: RunEvent, after seconds: Double) {
        send(.event(event), after: seconds)
    }

    private mutating func send(_ letter: Letter, after seconds: Double) {
        order += 1
        let at = now.advanced(byMicroseconds: Int64(seconds * 1_000_000))
        pending.append((at, order, letter))
    }

    private mutating func perform(_ batch: [Effect]) {
        for effect in batch where !run.isClosed {
            effects.append((now, effect))
            perform(effect)
        }
    }

    private mutating func perform(_ effect: Effect) {
        switch effect {
        case .record(let event): take(event)
        case .checkSteady(let stage):
            let broken = stage == .before ? world.steadyBefore : (world.staysBroken ? 1 : 0)
            post(.steadyChecked(stage: stage, report: .exit(broken)), after: 0.1)
        case .probe(let probe, let stage): post(answer(of: probe, stage), after: 0.1)
        case .checkAbort(let condition):
            let holds = world.abort.map { now.microsecondsSinceBoot >= $0.from * 1_000_000 }
            let status = holds == true ? world.abort?.status ?? 1 : 1
            post(.abortChecked(condition: condition, report: .exit(status)), after: 0.05)
        case .inject(let fault): inject(fault)
        case .revert(let fault): revert(fault)
        case .page(let page, let person, let level, let channels):
            for receipt in world.receipts(of: channels) {
                post(
                    .pageSent(page: page, person: person, level: level, receipt: receipt),
                    after: 0.2)
            }
        case .repeatPage(let page, _, let number, let channels):
            for receipt in world.receipts(of: channels) {
                post(.pageRepeated(page: page, number: number, receipt: receipt), after: 0.2)
            }
        case .preCheck(let check):
            let isKnown = !world.unknownPreChecks.contains(check)
            let passed = isKnown ? !world.failingPreChecks.contains(check) : nil
            post(.preChecked(check: check, passed: passed, detail: "looked"), after: 0.1)
        case .respond(let name, let page, let person, _): respond(name, page, person)
        case .refreshPages, .resolvePage, .stopHooks: break
        }
    }

    private func answer(of probe: ProbeName, _ stage: ProbeStage) -> RunEvent {
        let broken =
            switch stage {
            case .before: false
            case .during: !live.isEmpty && !cured
            case .after: world.staysBroken
            }
        return .probeFinished(probe: probe, stage: stage, report: .exit(broken ? 1 : 0))
    }

    private mutating func inject(_ fault: FaultName) {
        let status = world.injectStatus[fault] ?? 0
        let outcome: InjectOutcome =
            switch status {
            case 0: .injected
            case 77: .skipped
            default: .failed(reason: "exit \(status)")
            }
        if status != 77 { live.insert(fault) }
        post(.injectFinished(fault: fault, outcome: outcome, report: .exit(status)), after: 0.3)
    }

    private mutating func revert(_ fault: FaultName) {
        guard world.revertsAnswer else { return }
        let failures = world.failingReverts[fault] ?? 0
        for attempt in 1...(min(failures, 5) + 1) {
            let isVerified = attempt > failures
            let outcome: RevertOutcome = isVerified ? .verified : .failed(reason: "exit 7")
            if isVerified { live.remove(fault) }
            post(
                .revertFinished(
                    fault: fault, outcome: outcome, attempt: attempt,
                    report: .exit(isVerified ? 0 : 7)), after: Double(attempt))
        }
    }

    private mutating func respond(_ name: ResponseName, _ page: PageName?, _ person: PersonName) {
        take(.responseStarted(response: name, page: page, person: person))
        tries[name, default: 0] += 1
        let fails = tries[name, default: 0] <= world.failingTries[name] ?? 0
        let report = HookReport.exit(fails ? 1 : world.responseStatus[name] ?? 0)
        if name == "rollback", world.rollbackCures, !fails { cured = true }
        if name == "ack", let page,
            let ack = run.judgeAck(of: page, by: person, channel: "script", at: .sample(now))
        {
            post(ack, after: 1.9)
        }
        post(
            .responseFinished(response: name, page: page, person: person, report: report), after: 2)
    }
}
