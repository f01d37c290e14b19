/// What a person may do in a response, beside acknowledging a page.
///
/// The run judges it: the answer is ``RunEvent/acted(act:person:via:)`` or ``RunEvent/actRefused(act:person:reason:)``.
package enum ResponseAct: Hashable, Sendable, Codable {
    case confirmScope(Scope)
    /// Stops the bleed: fires the rollback. `outOfTurn` names why the playbook's order is left.
    case rollBack(outOfTurn: OutOfTurn?)
    /// Captures a trace; the note says where it is if the scenario has no step that does it.
    case captureTrace(note: String, outOfTurn: OutOfTurn?)
    case postStatus(text: String, outOfTurn: OutOfTurn?)
    case investigate(note: String, outOfTurn: OutOfTurn?)
    /// Replays the captured trace with one override, by the scenario's step.
    case replay
    /// All clear: the response is over.
    case clear(reason: String)
    case decide(Decision)
    case recommend(Recommendation)
    case handOff(Handoff)
    case ownLane(Lane, owner: PersonName)
    case changeSeverity(SeverityChange)
    case sendUpdate(UpdateKind, note: String)
    case addEvidence(EvidenceItem)
    /// Why a stretch of the session's timeline took longer than it may; process debt.
    case explainOverrun(Overrun, reason: String)

    /// The verb, as `drillctl` and the console name it.
    package var verb: Verb {
        switch self {
        case .confirmScope: .scope
        case .rollBack: .rollback
        case .captureTrace: .trace
        case .postStatus: .status
        case .investigate: .investigate
        case .replay: .replay
        case .clear: .clear
        case .decide: .decide
        case .recommend: .recommend
        case .handOff: .handoff
        case .ownLane: .lane
        case .changeSeverity: .severity
        case .sendUpdate: .update
        case .addEvidence: .evidence
        case .explainOverrun: .explain
        }
    }

    /// The names of the acts.
    package enum Verb: String, CaseIterable, Hashable, Sendable, Codable {
        case scope, rollback, trace, status, investigate, replay, clear, decide, recommend
        case handoff, lane, severity, update, evidence, explain
    }
}

/// How far the failure reaches.
package struct Scope: Hashable, Sendable, Codable {
    package let users: Extent
    package let routes: Extent
    package let regions: Extent

    /// One, or more than one.
    package enum Extent: String, CaseIterable, Hashable, Sendable, Codable {
        case one, many
    }

    /// A scope in its three parts: users one or many, routes and regions one or all.
    package init(users: Extent, routes: Extent, regions: Extent) {
        self.users = users
        self.routes = routes
        self.regions = regions
    }
}

/// The named reasons to leave the playbook's order.
package enum OutOfTurn: String, CaseIterable, Hashable, Sendable, Codable {
    /// Waiting costs far more than a needless rollback.
    case asymmetricSeverity = "asymmetric-severity"
    case rollbackWouldNotStopIt = "rollback-would-not-stop-this"
    /// Writes are stopped first.
    case dataCorruption = "data-corruption"
}

/// The steps of the playbook, in the order they are offered.
package enum PlaybookStep: String, CaseIterable, Hashable, Sendable, Codable, Comparable {
    case page
    case acknowledge
    case scope
    case stopTheBleed = "stop-the-bleed"
    case trace
    case status
    case investigate

    package static func < (left: PlaybookStep, right: PlaybookStep) -> Bool {
        left.order < right.order
    }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Something kept as evidence by a person.
package struct EvidenceItem: Hashable, Sendable, Codable {
    package let title: String
    package let source: Source
    /// The first bytes of the content, at most ``maximumContent``; empty for an address.
    package let content: String
    /// All bytes of the content, kept or not.
    package let bytes: Int64
    /// SHA-256 of the whole content in hexadecimal, of the address's text for an address.
    package let hash: String

    /// Where it comes from.
    package enum Source: Hashable, Sendable, Codable {
        /// A command, run by whoever adds the evidence; how long it took, in microseconds.
        case command(line: String, exitStatus: Int32, microseconds: Int64)
        case file(path: String)
        case address(url: String)
    }

    /// The most bytes of content that are kept.
    package static let maximumContent = 48 * 1024

    /// A piece of evidence.
    package init(title: String, source: Source, content: String, bytes: Int64, hash: String) {
        self.title = title
        self.source = source
        self.content = content
        self.bytes = bytes
        self.hash = hash
    }
}
