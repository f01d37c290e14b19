import CalendarTime
import DrillRuns
import Drills
import Failpoints
import Faults
import Ledger

/// Plays one run: records each event, hands it to the fold, and does what the fold asks for.
package actor RunConductor {
    package nonisolated let plan: RunPlan
    private var run: DrillRun
    private let recorder: RunRecorder
    private let edges: RunEdges
    private let report: RunReport
    nonisolated let mailbox = Mailbox()
    private var ledgerFailed = false
    /// The deliveries of all recorded notifications: what comes twice is recorded once, also after a restart.
    private var deliveries: Set<String>

    /// A conductor of a run that is about to be opened, or that another process left open.
    init(
        plan: RunPlan, recorded: [Timeline.Entry], ledger: LedgerStore, edges: RunEdges,
        report: RunReport
    ) {
        self.plan = plan
        run = DrillRun(restoring: plan, from: recorded.map { ($0.at.boot, $0.event) })
        canResume = run.canResume
        phase = run.phase
        deliveries = Set(recorded.compactMap { $0.event.delivery })
        recorder = RunRecorder(ledger, run: plan.run, entries: recorded)
        self.edges = edges
        self.report = report
    }

    /// Whether a run that another process left open can go on.
    nonisolated let canResume: Bool

    /// Where the run stands by what is recorded; nil before it was opened.
    package private(set) var phase: Phase?

    /// Everything recorded so far.
    package var timeline: Timeline {
        get async { await recorder.timeline }
    }

    /// Whether the run is on the record.
    var isOpened: Bool {
        get async { await recorder.isOpened }
    }

    /// Whether the ledger did not take the last events.
    var isBehind: Bool {
        get async { await recorder.isBehind }
    }

    /// The entries after the first `count`, as soon as there is one or the patience is over.
    package func entries(after count: Int, within patience: Duration) async -> Timeline {
        await recorder.change(after: count, within: patience)
        return await recorder.timeline
    }

    /// Lets nobody wait for entries any longer: the run is filed.
    package func end() async {
        await recorder.end()
    }

    /// Plays the run to its end, beginning with an event; returns the timeline.
    func conduct(from first: RunEvent) async -> Timeline {
        await withDiscardingTaskGroup { group in
            await take(first, in: &group)
            while !run.isClosed {
                if let letter = await mailbox.next(until: run.nextWake) {
                    await read(letter, in: &group)
                } else {
                    await wake(in: &group)
                }
            }
            for letter in mailbox.close() { letter.recorded?(nil) }
            await edges.stopHooks()
            group.cancelAll()
        }
        await edges.settlePages()
        await settleLedger()
        return await recorder.timeline
    }

    private func read(_ letter: Letter, in group: inout DiscardingTaskGroup) async {
        let view = RunView(run: run, now: MachineClock.now(), deliveries: deliveries)
        guard let event = letter.event(view) else {
            letter.recorded?(nil)
            return
        }
        await take(event, in: &group, recorded: letter.recorded)
    }

    private func take(
        _ event: RunEvent, in group: inout DiscardingTaskGroup,
        recorded: (@Sendable (RunEvent?) -> Void)? = nil
    ) async {
        guard !run.isClosed else {
            recorded?(nil)
            return
        }
        let moment = MachineClock.now()
        var step = Step()
        fold(event, at: moment, into: &step)
        let failure = await play(step, at: moment, in: &group)
        recorded?(failure == nil ? event : nil)
        if let failure, !ledgerFailed {
            ledgerFailed = true
            let reason = "the ledger cannot be written: \(failure)"
            await take(.abortRequested(by: "drilld", reason: reason), in: &group)
        }
    }

    private func wake(in group: inout DiscardingTaskGroup) async {
        let moment = MachineClock.now()
        var step = Step()
        fold(run.wake(at: moment.boot), at: moment, into: &step)
        await play(step, at: moment, in: &group)
    }

    /// Writes what is still in memory; gives up after a minute, and then the next start closes the run.
    private func settleLedger() async {
        for _ in 0..<60 {
            guard await recorder.flush() != nil else { return }
            // A full disk may have room again.
            try? await Task.sleep(for: .seconds(1))
        }
        report.sayUnrecorded()
    }
}

// One moment: the fold runs to its end, what it says is recorded in one commit, and then it is done.
extension RunConductor {
    private struct Step {
        var events: [RunEvent] = []
        var effects: [Effect] = []
    }

    private func fold(_ event: RunEvent, at moment: Moment, into step: inout Step) {
        if case .closed = event {
            for lost in run.unanswered { fold(lost, at: moment, into: &step) }
        }
        step.events.append(event)
        if let delivery = event.delivery { deliveries.insert(delivery) }
        fold(run.handle(event, at: moment.boot), at: moment, into: &step)
    }

    private func fold(_ effects: [Effect], at moment: Moment, into step: inout Step) {
        for effect in effects where !run.isClosed {
            if case .record(let event) = effect {
                fold(event, at: moment, into: &step)
            } else {
                step.effects.append(effect)
            }
        }
    }

    /// Nothing is done before what led to it is durable, or known not to become so.
    @discardableResult
    private func play(
        _ step: Step, at moment: Moment, in group: inout DiscardingTaskGroup
    ) async -> (any Error)? {
        for event in step.events { event.failpoints.before?.hit() }
        let failure = step.events.isEmpty ? nil : await recorder.record(step.events, at: moment)
        phase = run.phase
        for event in step.events {
            Failpoint.daemonAfterEvent.hit()
            event.failpoints.after?.hit()
            report.say(event)
        }
        // What nobody could record is not injected: only what takes back goes on.
        let injections = failure == nil ? step.effects.filter(\.isInjection) : []
        let edges = edges
        // Faults may touch the same thing: they come one after the other, and the last that came goes first.
        group.addTask { [self] in
            for effect in injections { await edges.perform(effect) { await self.post($0) } }
        }
        group.addTask { [self] in
            await edges.revert(step.effects.compactMap(\.reverted)) { await self.post($0) }
        }
        for effect in step.effects where !effect.isInjection && effect.reverted == nil {
            group.addTask { [self] in await edges.perform(effect) { await self.post($0) } }
        }
        return failure
    }
}

extension Effect {
    fileprivate var isInjection: Bool {
        if case .inject = self { true } else { false }
    }

    /// The fault that is to be taken back.
    fileprivate var reverted: FaultName? {
        if case .revert(let fault) = self { fault } else { nil }
    }
}

extension RunEvent {
    fileprivate var delivery: String? {
        guard case .notified(let notification) = self else { return nil }
        return notification.delivery
    }

    /// Where the daemon may be made to die beside recording this event.
    fileprivate var failpoints: (before: Failpoint?, after: Failpoint?) {
        switch self {
        case .opened: (.daemonBeforeOpened, .daemonAfterOpened)
        case .closed: (.daemonBeforeClosed, .daemonAfterClosed)
        default: (nil, nil)
        }
    }
}
