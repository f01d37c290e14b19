import CalendarTime

/// Everything that can happen to a run; the only thing that is stored of it.
///
/// Events are recorded before they are handled. What follows from them (milestones, scores, status) is derived, never stored.
package enum RunEvent: Hashable, Sendable, Codable {
    /// Opens the run: nothing comes before it.
    case opened(plan: RunPlan)
    case phaseEntered(phase: Phase)
    case probeFinished(probe: ProbeName, stage: ProbeStage, report: HookReport)
    /// The target's own steady-state hook ended.
    case steadyChecked(stage: ProbeStage, report: HookReport)
    case injectFinished(fault: FaultName, outcome: InjectOutcome, report: HookReport)
    /// One attempt to revert ended.
    case revertFinished(fault: FaultName, outcome: RevertOutcome, attempt: Int, report: HookReport)
    /// An abort condition was asked.
    case abortChecked(condition: Int, report: HookReport)
    /// A page is about to be handed to these channels; what came of it follows, or nobody knows.
    case pagePosting(
        page: PageName, person: PersonName, level: OnCallLevel, channels: [ChannelName])
    /// One channel answered.
    case pageSent(page: PageName, person: PersonName, level: OnCallLevel, receipt: Receipt)
    /// The same page was posted again on purpose; counted from 1.
    case pageRepeated(page: PageName, number: Int, receipt: Receipt)
    /// A page is over: its own end came, or all was cleared; the channels are told.
    case pageResolved(page: PageName, reason: String)
    /// A service told somebody about a page.
    case notified(notification: Notification)
    /// Comms of this cycle held the page back or dropped it.
    case pageWithheld(page: PageName, person: PersonName, reason: String)
    case acked(page: PageName, person: PersonName, channel: String)
    case ackRefused(page: PageName, person: PersonName, reason: String)
    /// The holder of an ack did nothing for too long; the page is open again.
    case ackExpired(page: PageName, person: PersonName)
    /// The ack deadline of a page passed; the next level is paged.
    case escalated(page: PageName, from: PersonName, to: PersonName)
    case responseStarted(response: ResponseName, page: PageName?, person: PersonName)
    case responseFinished(
        response: ResponseName, page: PageName?, person: PersonName, report: HookReport)
    /// A probe failed for the first time since the injection: the fault can be seen.
    case detected(probe: ProbeName)
    /// Steady state held for the hold time of each probe.
    case mitigated
    /// All that the kind asks for was done.
    case resolved
    /// Every fault is reverted and verified.
    case allReverted
    /// At a checkpoint: who owns the next step.
    case ownerNamed(checkpoint: Phase, lane: Lane, person: PersonName)
    case followUpAdded(followUp: FollowUp)
    /// What was looked at before the brief; `passed` is nil when nobody said how to look.
    case preChecked(check: PreCheck, passed: Bool?, detail: String)
    /// A person did something; `via` is where: `drillctl`, `console`, `link`.
    case acted(act: ResponseAct, person: PersonName, via: String)
    case actRefused(act: ResponseAct, person: PersonName, reason: String)
    /// A decision is due now; counted from 1.
    case checkpointOpened(number: Int, reason: String)
    /// Something took longer than it may; `owner` has to do something about it.
    case overran(overrun: Overrun, owner: PersonName?)
    case abortRequested(by: String, reason: String)
    case haltPulled(by: String, reason: String)
    /// The daemon or the machine died while the run was open.
    case interrupted(reason: String)
    case noted(text: String)
    /// Another process took the run over, and it goes on.
    case resumed(reason: String)
    /// Ends the run: nothing comes after it.
    case closed(outcome: Outcome)
}

/// When in a run a probe was asked.
package enum ProbeStage: String, Hashable, Sendable, Codable {
    case before, during, after
}

/// What came of an injection.
package enum InjectOutcome: Hashable, Sendable, Codable {
    case injected
    /// The hook said that it does not apply here.
    case skipped
    case failed(reason: String)
    /// No answer in time, or none at all: counts as injected.
    case unknown(reason: String)
}

/// What came of one attempt to revert.
package enum RevertOutcome: Hashable, Sendable, Codable {
    /// `check` printed the fingerprint from before the injection.
    case verified
    /// The fault may still be in place; the agent goes on trying.
    case failed(reason: String)
}

/// How a run ended.
package enum Outcome: Hashable, Sendable, Codable {
    /// All phases were gone through; the scorecard says how well.
    case completed
    /// The steady state was bad before, so nothing was injected. Never a pass.
    case notStarted(reason: String)
    /// An injection or the response failed.
    case failed(reason: String)
    case aborted(reason: String)
    case halted(reason: String)
    /// At least one fault may still be in place.
    case leaked(faults: [FaultName])
    /// The deadline passed before it was resolved.
    case censored(reason: String)
}
