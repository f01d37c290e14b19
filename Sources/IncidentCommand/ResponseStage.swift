import CalendarTime
import Drills

/// Someone who did something, and when.
package struct Signed: Hashable, Sendable {
    package let by: PersonName
    package let at: BootInstant

    /// A person at a moment.
    package init(by: PersonName, at: BootInstant) {
        self.by = by
        self.at = at
    }
}

/// How far the response of a run has come.
package struct ResponseStage: Hashable, Sendable {
    /// Nil until the run was opened.
    package private(set) var phase: Phase?
    /// When people began to respond; nil before.
    package private(set) var begunAt: BootInstant?
    /// Who declared all clear.
    package private(set) var cleared: Signed?
    package private(set) var isResolved = false

    /// Whether steps are due: from the begin of the response to the all clear.
    package var isResponding: Bool { phase == .respond && cleared == nil }

    /// Whether the session's clock runs: it goes on while the faults are taken back and the steady state is verified.
    package var isTimed: Bool { (phase == .respond || phase == .verify) && !isResolved }

    mutating func note(_ event: RunEvent, at now: BootInstant) {
        switch event {
        case .phaseEntered(let phase):
            self.phase = phase
            if phase == .respond, begunAt == nil { begunAt = now }
        case .acted(.clear, let person, _): cleared = cleared ?? Signed(by: person, at: now)
        case .resolved: isResolved = true
        case .closed: phase = .closed
        default: break
        }
    }
}

extension ResponseStage {
    /// Why an act does not fit where the response stands; nil: it does.
    func refusal(of verb: ResponseAct.Verb, isAttended: Bool) -> String? {
        guard phase != .closed else { return "the run is closed; nothing can be added to it" }
        guard verb.belongsToResponse else { return nil }
        guard isAttended else {
            return "people take no steps in this run, its scripts do; "
                + "write Attended=yes in its [Drill] section"
        }
        guard begunAt != nil else {
            return "the response has not begun; wait until the failure is in place"
        }
        guard verb.endsWithResponse else { return nil }
        if let cleared {
            return "\(cleared.by) declared all clear; status, trace and investigate remain"
        }
        guard phase == .respond else {
            return "the response is over, everything is being taken back; "
                + "status, trace and investigate remain"
        }
        return nil
    }
}

extension ResponseAct.Verb {
    /// Whether it is a step of the people who respond, which scripts take in a run that is not attended.
    fileprivate var belongsToResponse: Bool {
        switch self {
        case .scope, .rollback, .trace, .status, .investigate, .replay, .clear, .decide,
            .recommend:
            true
        case .handoff, .lane, .severity, .update, .evidence, .explain: false
        }
    }

    /// Whether nobody can do it any more once the response is over.
    fileprivate var endsWithResponse: Bool {
        switch self {
        case .scope, .rollback, .replay, .clear, .decide, .recommend: true
        default: false
        }
    }
}
