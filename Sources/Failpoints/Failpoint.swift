#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A named place where a debug build can be made to die, so that tests prove what survives.
///
/// `DRILLD_FAILPOINT=NAME` in the environment ends the process with SIGKILL when it reaches the place; with
/// `DRILLD_FAILPOINT_SIGNAL=STOP` it stops there instead, so that another process can be killed at this very
/// moment. A release build has none of this.
package enum Failpoint: String, CaseIterable, Sendable {
    // The daemon
    case daemonBeforeOpened = "daemon.before-opened"
    case daemonAfterOpened = "daemon.after-opened"
    case daemonAfterEvent = "daemon.after-event"
    case daemonBeforeArmedRecord = "daemon.before-armed-record"
    case daemonAfterArmedRecord = "daemon.after-armed-record"
    case daemonAfterInjectRequest = "daemon.after-inject-request"
    case daemonAfterInjectAnswer = "daemon.after-inject-answer"
    case daemonBeforeRevertRequest = "daemon.before-revert-request"
    case daemonAfterRevertAnswer = "daemon.after-revert-answer"
    case daemonBeforeClosed = "daemon.before-closed"
    case daemonAfterClosed = "daemon.after-closed"
    // The armed record
    case recordBeforeRename = "record.before-rename"
    case recordAfterRename = "record.after-rename"
    // The agent
    case agentBeforeHold = "agent.before-hold"
    case agentAfterHold = "agent.after-hold"
    case agentBeforeInject = "agent.before-inject"
    case agentDuringInject = "agent.during-inject"
    case agentAfterInject = "agent.after-inject"
    case agentBeforeRevert = "agent.before-revert"
    case agentAfterRevert = "agent.after-revert"
    case agentAfterCheck = "agent.after-check"
    case agentAfterRecordRemoved = "agent.after-record-removed"
    // The ledger
    case ledgerBeforeCommit = "ledger.before-commit"
    case ledgerAfterCommit = "ledger.after-commit"

    /// Dies here if the environment names this place; otherwise does nothing.
    package func hit() {
        #if FAILPOINTS
            guard let wanted = getenv("DRILLD_FAILPOINT"), String(cString: wanted) == rawValue
            else { return }
            if let signal = getenv("DRILLD_FAILPOINT_SIGNAL"), String(cString: signal) == "STOP" {
                // Sent to this thread, which therefore goes no step further.
                raise(SIGSTOP)
            } else {
                kill(getpid(), SIGKILL)
            }
        #endif
    }
}
