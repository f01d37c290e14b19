import CalendarTime
import Drills

/// What the agent is asked: one line of JSON. It carries identifiers only; what they stand for lies in
/// files that the agent validates itself.
package struct AgentRequest: Hashable, Sendable, Codable {
    /// Chosen by the asker; the reply repeats it.
    package let id: UInt64
    package let body: Body

    /// A numbered request.
    package init(id: UInt64, body: Body) {
        self.id = id
        self.body = body
    }

    /// What is asked.
    package enum Body: Hashable, Sendable, Codable {
        /// Opens a connection. A daemon's faults are reverted when it leaves or its lease runs out.
        case hello(role: AgentRole, lease: TimeSpan)
        /// The daemon is alive.
        case lease
        case inject(fault: FaultID)
        case revert(fault: FaultID)
        /// Runs `check` of an armed fault's hook.
        case check(fault: FaultID)
        /// Runs the plain hook of a command record.
        case run(command: CommandID)
        /// Ends a running hook.
        case stop(command: CommandID)
        /// Reverts all armed faults but these.
        case revertAll(keeping: [FaultID])
        case status
    }
}

/// Who speaks to the agent.
package enum AgentRole: String, Hashable, Sendable, Codable {
    /// The one whose life the faults depend on.
    case daemon
    /// Someone who looks, or reverts by hand.
    case visitor
}

/// What the agent says: one line of JSON.
package enum AgentMessage: Hashable, Sendable, Codable {
    case reply(id: UInt64, body: AgentReply)
    case notice(AgentNotice)
}

/// The answer to one request.
package enum AgentReply: Hashable, Sendable, Codable {
    case welcome(deadManSwitch: String)
    case done
    case injected(outcome: InjectOutcome, report: HookReport)
    case reverted(outcome: RevertOutcome, attempt: Int, report: HookReport)
    case finished(report: HookReport)
    case status([FaultStatus])
    case refused(reason: String)
    /// Never sent: what the asker gets when no answer came.
    case lost(reason: String)
}

/// What the agent tells without being asked.
package enum AgentNotice: Hashable, Sendable, Codable {
    /// A fault is gone, though nobody asked for it now: its deadline passed or its daemon left.
    case reverted(fault: FaultID, report: HookReport)
    case attemptFailed(fault: FaultID, attempt: Int, reason: String, report: HookReport)
    /// The third attempt failed, or the record cannot be read: a person is needed.
    case leaked(fault: FaultID, reason: String)
}

/// One armed fault as `drillctl faults` shows it.
package struct FaultStatus: Hashable, Sendable, Codable {
    package let fault: FaultID
    package let state: State
    package let target: TargetName?
    package let armedAt: WallInstant?
    package let deadline: WallInstant?
    /// Attempts to revert that failed.
    package let failures: Int
    /// Why the last one failed, or why the record cannot be read.
    package let reason: String?

    /// How things stand.
    package enum State: String, Hashable, Sendable, Codable, CaseIterable {
        /// In place, before its deadline.
        case live
        /// Should be gone, and is not yet known to be.
        case owed
        case leaked
    }

    /// The status of an entry.
    ///
    /// - Parameter failures: the least number of attempts that are known to have failed.
    package init(_ entry: ArmedEntry, isOwed: Bool, failures seen: Int = 0) {
        let failures = max(seen, entry.history.failures)
        let isLeaked = entry.isLeaked || BackOff.isLeaked(afterFailures: failures)
        fault = entry.fault
        state = isLeaked ? .leaked : isOwed || failures > 0 ? .owed : .live
        target = entry.record?.target.name
        armedAt = entry.record?.armedAt.wall
        deadline = entry.record?.deadline.wall
        self.failures = failures
        reason = entry.reason
    }
}
