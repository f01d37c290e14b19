import CalendarTime
import Drills
import IncidentCommand

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
    /// Where the people of the run stand, folded from the same events.
    package internal(set) var board: IncidentBoard
    var watch: SteadyWatch
    var checks: CheckRound
    var progress = ResponseProgress()
    /// The bad end that was decided on; nil while the run may still complete.
    var ending: Outcome?
    /// When each probe and abort condition was last asked, so that they keep their beat.
    var lastAsked: [RunTimers.Task: BootInstant] = [:]
    /// Steps of the response that were asked for and have not ended.
    var inFlight: [StepInFlight] = []

    /// A run that has not been opened.
    package init(plan: RunPlan) {
        self.plan = plan
        faults = FaultBoard(plan.faults.map(\.name))
        board = IncidentBoard(plan)
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

    /// Where each page stands.
    package var pages: PageBoard { board.pages }

    /// When ``wake(at:)`` wants to be called next; nil: only an event can move the run on.
    package var nextWake: BootInstant? {
        isClosed ? nil : [timers.next, board.nextWake, pages.nextWake].compactMap { $0 }.min()
    }

    /// Whether the run has ended.
    package var isClosed: Bool { phase == .closed }

    /// Takes in a recorded event and says what is to be done about it.
    package mutating func handle(_ event: RunEvent, at now: BootInstant) -> [Effect] {
        guard !isClosed else { return [] }
        board.note(event, at: now)
        return follow(event, at: now) + fireTimers(at: now)
    }

    /// Does what time itself brings about, up to `now`.
    ///
    /// What the board proposes comes by itself and one at a time: recording it can make the rest untrue.
    package mutating func wake(at now: BootInstant) -> [Effect] {
        let effects = fireTimers(at: now)
        guard effects.isEmpty, !isClosed else { return effects }
        if let event = pages.wake(at: now).first { return [.record(event)] }
        return board.wake(at: now).map(Effect.record)
    }

    private mutating func fireTimers(at now: BootInstant) -> [Effect] {
        var effects: [Effect] = []
        while !isClosed, let entry = timers.popDue(at: now) {
            effects += fire(entry.task, due: entry.at, at: now)
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
        case .pagePosting, .pageSent, .pageWithheld, .pageResolved, .acked, .escalated:
            return followPaging(event, at: now)
        case .acted(let act, let person, _): return follow(act, by: person, at: now)
        case .preChecked(let check, let passed, let detail):
            return notePreCheck(check, passed: passed, detail, at: now)
        case .responseFinished(let response, let page, let person, let report):
            inFlight.removeAll {
                $0 == StepInFlight(response: response, page: page, person: person)
            }
            return noteResponse(response, by: person, report, at: now) + debriefIfDone()
        case .detected:
            watch.markDetected()
            return findOut(at: now)
        case .mitigated:
            progress.isMitigated = true
            return completeIfDone()
        case .resolved: return debriefIfDone()
        case .allReverted: return rollForwardOrCheck(at: now)
        case .abortRequested(let by, let reason):
            return cutShort(.aborted(reason: "\(by): \(reason)"), as: .aborted)
        case .haltPulled(let by, let reason):
            return cutShort(.halted(reason: "\(by): \(reason)"), as: .halted)
        case .interrupted(let reason): return takeUp(because: reason, at: now)
        case .resumed: return resume(at: now)
        case .closed:
            phase = .closed
            return []
        case .ownerNamed, .ackRefused, .responseStarted, .followUpAdded, .noted,
            .pageRepeated, .notified, .ackExpired, .actRefused, .checkpointOpened, .overran:
            return []
        }
    }

    private mutating func fire(
        _ task: RunTimers.Task, due: BootInstant, at now: BootInstant
    ) -> [Effect] {
        // An end that was decided on in this very moment leaves nothing to begin: an injection beside its own revert
        // could come after it, and nobody is paged for a run that is over.
        guard ending == nil || !task.begins else { return [] }
        switch task {
        case .inject(let fault):
            guard isUnderWay, faults[fault] == .planned else { return [] }
            faults.move(fault, to: .injecting)
            return [.inject(fault)]
        case .expire(let fault):
            guard faults[fault] == .live else { return [] }
            faults.move(fault, to: .reverting)
            return [.revert(fault)]
        case .page(let page): return sendOrWithhold(page)
        case .escalatedPage(let page, let person): return sendLate(page, to: person)
        case .scriptedAck(let page, let person): return scriptedAck(of: page, by: person, at: due)
        case .repeatPage(let page, let number): return repeatPage(page, number: number)
        case .endPage(let page): return endPage(page)
        case .refreshPages: return refreshPages(due: due, at: now)
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
