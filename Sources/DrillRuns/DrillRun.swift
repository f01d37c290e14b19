import CalendarTime
import Drills

/// One run of a drill: a fold over its events, without clock, I/O or chance.
///
/// Feed each recorded event to ``handle(_:at:)`` and call ``wake(at:)`` when ``nextWake`` has come;
/// both answer with effects. Time is boot time, so a step of the wall clock changes nothing.
package struct DrillRun: Sendable {
    package let plan: RunPlan
    /// Nil until the opening event was handled.
    package internal(set) var phase: Phase?
    var timers = RunTimers()
    var faults: FaultBoard
    var pages: PageBoard
    var watch: SteadyWatch
    var checks: CheckRound
    var progress = ResponseProgress()
    /// The bad end that was decided on; nil while the run may still complete.
    var ending: Outcome?
    /// When each probe and abort condition was last asked, so that they keep their beat.
    var lastAsked: [RunTimers.Task: BootInstant] = [:]
    var firstPageAt: BootInstant?

    /// A run that has not been opened.
    package init(plan: RunPlan) {
        self.plan = plan
        faults = FaultBoard(plan.faults.map(\.name))
        pages = PageBoard(plan.pages.map(\.name))
        watch = SteadyWatch(plan.probes)
        checks = CheckRound(plan.probes)
    }

    /// A run as its recorded events left it; what they asked for was done or lost by then.
    package init(restoring plan: RunPlan, from events: [(at: BootInstant, event: RunEvent)]) {
        self.init(plan: plan)
        for (at, event) in events {
            _ = wake(at: at)
            _ = handle(event, at: at)
        }
    }

    /// When ``wake(at:)`` wants to be called next; nil: only an event can move the run on.
    package var nextWake: BootInstant? { isClosed ? nil : timers.next }

    /// Whether the run has ended.
    package var isClosed: Bool { phase == .closed }

    /// Takes in a recorded event and says what is to be done about it.
    package mutating func handle(_ event: RunEvent, at now: BootInstant) -> [Effect] {
        guard !isClosed else { return [] }
        return follow(event, at: now) + wake(at: now)
    }

    /// Does what time itself brings about, up to `now`.
    package mutating func wake(at now: BootInstant) -> [Effect] {
        var effects: [Effect] = []
        while !isClosed, let entry = timers.popDue(at: now) {
            effects += fire(entry.task, at: entry.at)
        }
        return effects
    }

    private mutating func follow(_ event: RunEvent, at now: BootInstant) -> [Effect] {
        switch event {
        case .opened:
            timers.add(.deadline, at: now.advanced(by: plan.duration))
            return [.record(.phaseEntered(phase: .brief))]
        case .phaseEntered(let phase): return enter(phase, at: now)
        case .steadyChecked(let stage, let report): return noteSteady(stage, report, at: now)
        case .probeFinished(let probe, let stage, let report):
            return noteProbe(probe, stage, report, at: now)
        case .injectFinished(let fault, let outcome, _):
            return noteInjection(of: fault, outcome, at: now)
        case .revertFinished(let fault, let outcome, let attempt, _):
            return noteRevert(of: fault, outcome, attempt: attempt, at: now)
        case .abortChecked(let condition, let report):
            return noteAbortCheck(condition, report, at: now)
        case .pageSent, .pageWithheld, .acked, .escalated: return followPaging(event, at: now)
        case .responseFinished(let response, _, _, let report):
            return noteResponse(response, report, at: now)
        case .detected:
            watch.markDetected()
            return findOut(at: now)
        case .mitigated:
            progress.isMitigated = true
            return completeIfDone()
        case .allReverted: return rollForwardOrCheck(at: now)
        case .abortRequested(let by, let reason):
            return cutShort(.aborted(reason: "\(by): \(reason)"), as: .aborted)
        case .haltPulled(let by, let reason):
            return cutShort(.halted(reason: "\(by): \(reason)"), as: .halted)
        case .interrupted(let reason): return takeUp(because: reason, at: now)
        case .closed:
            phase = .closed
            return []
        case .resolved, .ownerNamed, .ackRefused, .responseStarted, .followUpAdded, .noted,
            .pagePosting, .pageRepeated, .pageResolved, .notified, .ackExpired, .preChecked, .acted,
            .actRefused, .checkpointOpened, .overran, .resumed:
            return []
        }
    }

    private mutating func fire(_ task: RunTimers.Task, at due: BootInstant) -> [Effect] {
        switch task {
        case .inject(let fault):
            faults.move(fault, to: .injecting)
            return [.inject(fault)]
        case .expire(let fault):
            guard faults[fault] == .live else { return [] }
            faults.move(fault, to: .reverting)
            return [.revert(fault)]
        case .page(let page): return sendOrWithhold(page)
        case .scriptedAck(let page, let person): return scriptedAck(of: page, by: person, at: due)
        case .ackDeadline(let page): return escalateIfOpen(page)
        case .probe(let probe):
            lastAsked[task] = due
            return [.probe(probe, .during)]
        case .checkAbort(let condition):
            lastAsked[task] = due
            return [.checkAbort(condition: condition)]
        case .steady: return startChecks(.after)
        case .deadline: return runOutOfTime()
        case .revertGrace: return giveUpWaiting()
        }
    }
}
