import Drills

/// Something the run engine wants done; the loop at the edge does it and feeds the answer back.
package enum Effect: Hashable, Sendable {
    /// Something that follows from what just happened: to be recorded and handled at once.
    case record(RunEvent)
    /// Answered by ``RunEvent/steadyChecked(stage:report:)``.
    case checkSteady(ProbeStage)
    /// Answered by ``RunEvent/probeFinished(probe:stage:report:)``.
    case probe(ProbeName, ProbeStage)
    /// Answered by ``RunEvent/abortChecked(condition:report:)``.
    case checkAbort(condition: Int)
    /// Answered by ``RunEvent/injectFinished(fault:outcome:report:)``.
    case inject(FaultName)
    /// Answered by ``RunEvent/revertFinished(fault:outcome:attempt:report:)``, once per attempt.
    case revert(FaultName)
    /// Hands a page to channels; each answers by ``RunEvent/pageSent(page:person:level:receipt:)``.
    case page(PageName, to: PersonName, level: OnCallLevel, over: [ChannelName])
    /// Posts a page again, the `number`-th time; answered by ``RunEvent/pageRepeated(page:number:receipt:)`` per channel.
    case repeatPage(PageName, to: PersonName, number: Int, over: [ChannelName])
    /// Tells the channels that these pages are still firing, before they forget; no answer unless it fails.
    case refreshPages([PageName], over: [ChannelName])
    /// Tells the channels that a page is over; no answer unless it fails.
    case resolvePage(PageName, over: [ChannelName])
    /// Answered by ``RunEvent/preChecked(check:passed:detail:)``.
    case preCheck(PreCheck)
    /// Answered by ``RunEvent/responseStarted(response:page:person:)`` and ``RunEvent/responseFinished(response:page:person:report:)``.
    ///
    /// `text` is what a person wants posted; nil unless they typed one.
    case respond(ResponseName, page: PageName?, as: PersonName, text: String?)
    /// Kills whatever hook of this run is running, except reverts.
    case stopHooks
}
