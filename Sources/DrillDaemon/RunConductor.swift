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
    private nonisolated let mailbox = Mailbox()
    private var ledgerFailed = false

    /// A conductor of a run that is about to be opened, or that another process left open.
    init(
        plan: RunPlan, recorded: [Timeline.Entry], ledger: LedgerStore, edges: RunEdges,
        report: RunReport
    ) {
        self.plan = plan
        run = DrillRun(restoring: plan, from: recorded.map { ($0.at.boot, $0.event) })
        recorder = RunRecorder(ledger, run: plan.run, entries: recorded)
        self.edges = edges
        self.report = report
    }

    /// Where the run stands; nil before it was opened.
    package var phase: Phase? { run.phase }

    /// Everything recorded so far.
    package var timeline: Timeline {
        get async { await recorder.timeline }
    }

    /// The entries after the first `count`, as soon as there is one or the patience is over.
    package func entries(after count: Int, within patience: Duration) async -> Timeline {
        await recorder.change(after: count, within: patience)
        return await recorder.timeline
    }

    /// Hands an event from outside to the run; false if it has ended.
    ///
    /// That a fault is gone may be told twice, by the answer to a request and by a notice; it is recorded once.
    @discardableResult
    package nonisolated func post(_ event: RunEvent) async -> Bool {
        await mailbox.post(
            Letter(
                event: { view in
                    guard case .revertFinished(let fault, .verified, _, _) = event else {
                        return event
                    }
                    return view.run.owes(fault) ? event : nil
                }, recorded: nil))
    }

    /// Hands an event from outside to the run and returns once it is durable; false if it never will be.
    package nonisolated func record(_ event: RunEvent) async -> Bool {
        await recorded { _ in event } != nil
    }

    /// Tries to acknowledge a page; the answer is the recorded event, nil if the run has no such page or has ended.
    package nonisolated func acknowledge(
        _ page: PageName, by person: PersonName, channel: String
    ) async -> RunEvent? {
        await recorded { $0.run.judgeAck(of: page, by: person, channel: channel, at: $0.now) }
    }

    private nonisolated func recorded(
        _ event: @escaping @Sendable (RunView) -> RunEvent?
    ) async -> RunEvent? {
        await withCheckedContinuation { continuation in
            let letter = Letter(event: event, recorded: { continuation.resume(returning: $0) })
            Task {
                if await !mailbox.post(letter) { continuation.resume(returning: nil) }
            }
        }
    }

    /// Plays the run to its end, beginning with an event; returns the timeline.
    func conduct(from first: RunEvent) async -> Timeline {
        await withDiscardingTaskGroup { group in
            await take(first, in: &group)
            while !run.isClosed {
                if let letter = await mailbox.next(until: run.nextWake) {
                    await read(letter, in: &group)
                } else {
                    await follow(run.wake(at: MachineClock.bootNow()), in: &group)
                }
            }
            for letter in mailbox.close() { letter.recorded?(nil) }
            await edges.stopHooks()
            group.cancelAll()
        }
        await settleLedger()
        return await recorder.timeline
    }

    private func read(_ letter: Letter, in group: inout DiscardingTaskGroup) async {
        let view = RunView(run: run, now: MachineClock.bootNow())
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
        event.failpoints.before?.hit()
        let (entry, failure) = await recorder.record(event)
        Failpoint.daemonAfterEvent.hit()
        event.failpoints.after?.hit()
        recorded?(failure == nil ? event : nil)
        report.say(event)
        await follow(run.handle(event, at: entry.at.boot), in: &group)
        if let failure, !ledgerFailed {
            ledgerFailed = true
            let reason = "the ledger cannot be written: \(failure)"
            await take(.abortRequested(by: "drilld", reason: reason), in: &group)
        }
    }

    private func follow(_ effects: [Effect], in group: inout DiscardingTaskGroup) async {
        let edges = edges
        for effect in effects where !run.isClosed {
            if case .record(let event) = effect {
                await take(event, in: &group)
                continue
            }
            group.addTask { [self] in
                await edges.perform(effect) { await self.post($0) }
            }
        }
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

extension RunEvent {
    /// Where the daemon may be made to die beside recording this event.
    fileprivate var failpoints: (before: Failpoint?, after: Failpoint?) {
        switch self {
        case .opened: (.daemonBeforeOpened, .daemonAfterOpened)
        case .closed: (.daemonBeforeClosed, .daemonAfterClosed)
        default: (nil, nil)
        }
    }
}
