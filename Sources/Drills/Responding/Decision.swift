import CalendarTime

/// What the commander decided at a checkpoint, with all that makes it one.
package struct Decision: Hashable, Sendable, Codable {
    package let branch: Branch
    /// The rung of the reversible ladder that is taken or kept; nil when the branch takes none.
    package let rung: Rung?
    package let whyNow: String
    package let rejected: String
    package let reversibility: String
    package let blastRadius: String
    package let verification: String
    package let confidence: Confidence
    package let execution: PersonName
    package let verificationOwner: PersonName
    /// When the next checkpoint is, from the decision.
    package let nextCheckpoint: TimeSpan

    /// One of three, never two.
    package enum Branch: String, CaseIterable, Hashable, Sendable, Codable {
        case continueMitigation = "continue-mitigation"
        case rollBack = "roll-back"
        case escalateAndPause = "escalate-and-pause"
    }

    /// The reversible ladder, the most reversible first.
    package enum Rung: String, CaseIterable, Hashable, Sendable, Codable {
        case flagOff = "flag-off"
        case boundedPatch = "bounded-patch"
        case fullRollback = "full-rollback"
    }

    /// How sure the commander is; L1 allows only what can be undone, and never a close.
    package enum Confidence: String, CaseIterable, Hashable, Sendable, Codable {
        case low = "L1"
        case medium = "L2"
        case high = "L3"
    }

    /// A decision with every statement it needs.
    package init(
        branch: Branch, rung: Rung?, whyNow: String, rejected: String, reversibility: String,
        blastRadius: String, verification: String, confidence: Confidence,
        execution: PersonName, verificationOwner: PersonName, nextCheckpoint: TimeSpan
    ) {
        self.branch = branch
        self.rung = rung
        self.whyNow = whyNow
        self.rejected = rejected
        self.reversibility = reversibility
        self.blastRadius = blastRadius
        self.verification = verification
        self.confidence = confidence
        self.execution = execution
        self.verificationOwner = verificationOwner
        self.nextCheckpoint = nextCheckpoint
    }
}

/// What someone thinks should be decided; two that conflict become one record.
package struct Recommendation: Hashable, Sendable, Codable {
    package let branch: Decision.Branch
    package let rung: Decision.Rung?
    package let why: String
    /// How easily it is undone: 0 never, 3 at once.
    package let reversibility: Int
    /// How much it may harm: 0 nothing, 3 everything.
    package let blastRadius: Int
    /// The number of the evidence that speaks for it, counted from 1; nil if there is none.
    package let evidence: Int?

    /// A recommendation; both scores lie in 0...3.
    package init(
        branch: Decision.Branch, rung: Decision.Rung?, why: String, reversibility: Int,
        blastRadius: Int, evidence: Int?
    ) {
        self.branch = branch
        self.rung = rung
        self.why = why
        self.reversibility = reversibility
        self.blastRadius = blastRadius
        self.evidence = evidence
    }
}

/// A lane going from one person to another, with all the next one needs.
package struct Handoff: Hashable, Sendable, Codable {
    package let lane: Lane
    package let to: PersonName
    package let scopeBoundary: String
    package let openUnknowns: String
    /// When the next checkpoint is, from the handoff.
    package let nextCheckpoint: TimeSpan
    /// What would make the next owner roll back at once.
    package let rollbackTrigger: String

    /// A handoff with every statement it needs.
    package init(
        lane: Lane, to: PersonName, scopeBoundary: String, openUnknowns: String,
        nextCheckpoint: TimeSpan, rollbackTrigger: String
    ) {
        self.lane = lane
        self.to = to
        self.scopeBoundary = scopeBoundary
        self.openUnknowns = openUnknowns
        self.nextCheckpoint = nextCheckpoint
        self.rollbackTrigger = rollbackTrigger
    }
}

/// A change of severity, which needs evidence.
package struct SeverityChange: Hashable, Sendable, Codable {
    package let severity: Severity
    /// The number of the evidence it rests on, counted from 1.
    package let evidence: Int
    package let why: String

    /// A change with its evidence.
    package init(severity: Severity, evidence: Int, why: String) {
        self.severity = severity
        self.evidence = evidence
        self.why = why
    }
}
