import CalendarTime
import Drills

/// What the daemon says of itself.
package struct DaemonStatus: Hashable, Sendable, Codable {
    package let version: String
    /// Set while the HALT lever is pulled.
    package let halt: HaltState?
    package let openRuns: [RunRow]
    package let next: NextDrill?
    package let drills: Int
    /// Problems of the last reload, if it was refused; the calendar before it stays in force.
    package let reloadProblems: [String]
    package let faults: [FaultRow]
    package let armedTargets: [TargetName]
    package let started: WallInstant

    /// The state of the daemon at one moment.
    package init(
        version: String, halt: HaltState?, openRuns: [RunRow], next: NextDrill?, drills: Int,
        reloadProblems: [String], faults: [FaultRow], armedTargets: [TargetName],
        started: WallInstant
    ) {
        self.version = version
        self.halt = halt
        self.openRuns = openRuns
        self.next = next
        self.drills = drills
        self.reloadProblems = reloadProblems
        self.faults = faults
        self.armedTargets = armedTargets
        self.started = started
    }

    /// The pulled lever.
    package struct HaltState: Hashable, Sendable, Codable {
        package let by: String
        package let reason: String
        package let at: WallInstant

        /// Who pulled it, why and when.
        package init(by: String, reason: String, at: WallInstant) {
            self.by = by
            self.reason = reason
            self.at = at
        }
    }

    /// The drill that comes due next.
    package struct NextDrill: Hashable, Sendable, Codable {
        package let drill: DrillName
        package let at: WallInstant

        /// A drill and its time.
        package init(drill: DrillName, at: WallInstant) {
            self.drill = drill
            self.at = at
        }
    }
}

/// A drill in a list.
package struct DrillRow: Hashable, Sendable, Codable {
    package let drill: DrillName
    package let kind: Kind
    package let tier: Tier
    package let target: TargetName
    package let calendar: String
    /// Nil if nothing is due within the horizon.
    package let next: WallInstant?
    package let last: WallInstant?
    /// How the last run ended; nil before the first.
    package let lastOutcome: String?

    /// A drill as it stands in the list.
    package init(
        drill: DrillName, kind: Kind, tier: Tier, target: TargetName, calendar: String,
        next: WallInstant?, last: WallInstant?, lastOutcome: String?
    ) {
        self.drill = drill
        self.kind = kind
        self.tier = tier
        self.target = target
        self.calendar = calendar
        self.next = next
        self.last = last
        self.lastOutcome = lastOutcome
    }
}

/// A run in a list.
package struct RunRow: Hashable, Sendable, Codable {
    package let run: RunID
    package let kind: Kind
    package let scheduled: WallInstant
    package let phase: Phase
    package let outcome: Outcome?

    /// A run as it stands in the list.
    package init(
        run: RunID, kind: Kind, scheduled: WallInstant, phase: Phase, outcome: Outcome?
    ) {
        self.run = run
        self.kind = kind
        self.scheduled = scheduled
        self.phase = phase
        self.outcome = outcome
    }
}

/// A fault that is live, owed or leaked.
package struct FaultRow: Hashable, Sendable, Codable {
    package let fault: FaultID
    package let target: TargetName
    package let state: State
    package let deadline: WallInstant?
    package let failedAttempts: Int
    /// The last word on it.
    package let detail: String

    /// Where a fault stands.
    package enum State: String, Hashable, Sendable, Codable {
        /// In place, within its deadline.
        case live
        /// To be reverted; the revert is under way.
        case owed
        /// Three attempts to revert it failed.
        case leaked
    }

    /// A fault as it stands in the list.
    package init(
        fault: FaultID, target: TargetName, state: State, deadline: WallInstant?,
        failedAttempts: Int, detail: String
    ) {
        self.fault = fault
        self.target = target
        self.state = state
        self.deadline = deadline
        self.failedAttempts = failedAttempts
        self.detail = detail
    }
}

/// A way into the console, good once.
package struct ConsoleLink: Hashable, Sendable, Codable {
    package let url: String
    package let expires: WallInstant

    /// A link and how long it can be used.
    package init(url: String, expires: WallInstant) {
        self.url = url
        self.expires = expires
    }
}

/// The trend report as it stands now.
package struct TrendReply: Hashable, Sendable, Codable {
    /// A whole page, self-contained.
    package let page: String

    /// A rendered report.
    package init(page: String) {
        self.page = page
    }
}

/// Something was started.
package struct Started: Hashable, Sendable, Codable {
    package let run: RunID

    /// The run that was started.
    package init(run: RunID) {
        self.run = run
    }
}

/// Something was done, and what there is to say about it.
package struct Done: Hashable, Sendable, Codable {
    package let message: String

    /// What was done, in a sentence.
    package init(message: String) {
        self.message = message
    }
}

/// Something was not done, with every reason at once.
package struct Refusal: Error, Hashable, Sendable, Codable {
    package let status: Status
    package let reasons: [String]

    /// The kind of refusal, with the HTTP status that carries it.
    package enum Status: Int, Hashable, Sendable, Codable {
        case badRequest = 400
        case notPermitted = 403
        case notFound = 404
        /// A guard said no.
        case refused = 409
        case failed = 500
        case unavailable = 503
    }

    /// A refusal with its reasons.
    package init(_ status: Status, _ reasons: [String]) {
        self.status = status
        self.reasons = reasons
    }
}
