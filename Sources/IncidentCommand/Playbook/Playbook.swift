import CalendarTime
import Drills

/// The steps of a response, each offered only in its turn.
package struct Playbook: Hashable, Sendable {
    /// How far the failure reaches, as it was last confirmed.
    package private(set) var scope: Scope?
    /// Where the order was left, with the named reason.
    package private(set) var departures: [Departure] = []
    /// Who fired the rollback that is running now.
    package private(set) var rollbackUnderWay: PersonName?
    private var taken: [PlaybookStep: Signed] = [:]
    private var skipped: [PlaybookStep: Skip] = [:]
    private var isOpen = false

    /// Where one step stands.
    package enum State: Hashable, Sendable {
        case waiting
        /// It is this step's turn.
        case offered
        /// For the first time; steps may be repeated.
        case taken(Signed)
        /// It may still be made up for.
        case skipped(Skip)
    }

    /// Why a step is passed over.
    package enum Skip: Hashable, Sendable {
        case outOfTurn(OutOfTurn)
        /// The run sends no pages.
        case noPages
        /// No page got through; people found out otherwise.
        case foundOut
    }

    /// A step that was taken before its turn.
    package struct Departure: Hashable, Sendable {
        package let step: PlaybookStep
        package let reason: OutOfTurn
        package let signed: Signed
    }

    init(_ plan: RunPlan) {
        guard plan.pages.isEmpty else { return }
        skipped = [.page: .noPages, .acknowledge: .noPages]
    }

    /// The step whose turn it is; nil before the response, after it, and when all are taken.
    package var offered: PlaybookStep? {
        guard isOpen else { return nil }
        return PlaybookStep.allCases.first { taken[$0] == nil && skipped[$0] == nil }
    }

    /// Where a step stands.
    package subscript(_ step: PlaybookStep) -> State {
        if let signed = taken[step] { return .taken(signed) }
        if let skip = skipped[step] { return .skipped(skip) }
        return offered == step ? .offered : .waiting
    }

    /// Who took a step first, and when; nil while nobody did.
    package func taking(of step: PlaybookStep) -> Signed? { taken[step] }

    /// Whether the order was left because a rollback would not help.
    package var leavesBleedAlone: Bool { skipped[.stopTheBleed] != nil }

    mutating func note(_ event: RunEvent, of plan: RunPlan, at now: BootInstant) {
        switch event {
        case .phaseEntered(let phase): isOpen = phase == .respond
        case .closed: isOpen = false
        case .pageSent(_, let person, _, let receipt) where receipt.wasAccepted:
            take(.page, by: person, at: now)
        case .acked(_, let person, _):
            if taken[.page] == nil { skipped[.page] = .foundOut }
            take(.acknowledge, by: person, at: now)
        case .responseStarted(let name, _, let person):
            guard let step = plan.response(named: name)?.step else { return }
            if step == .rollback { rollbackUnderWay = person }
            if let step = PlaybookStep(step) { take(step, by: person, at: now) }
        case .responseFinished(let name, _, _, let report):
            guard plan.response(named: name)?.step == .rollback else { return }
            rollbackUnderWay = nil
            // What failed has stopped nothing: the step has its turn again.
            if !report.succeeded { taken[.stopTheBleed] = nil }
        case .acted(let act, let person, _): follow(act, by: person, of: plan, at: now)
        default: break
        }
    }

    private mutating func follow(
        _ act: ResponseAct, by person: PersonName, of plan: RunPlan, at now: BootInstant
    ) {
        if case .confirmScope(let scope) = act { self.scope = scope }
        if case .rollBack = act, plan.response(taking: .rollback) != nil {
            rollbackUnderWay = person
        }
        guard let step = act.step else { return }
        leaveOrder(for: step, because: act.outOfTurn, signed: Signed(by: person, at: now))
        take(step, by: person, at: now)
    }

    private mutating func leaveOrder(
        for step: PlaybookStep, because reason: OutOfTurn?, signed: Signed
    ) {
        guard let reason, !isInTurn(step) else { return }
        departures.append(Departure(step: step, reason: reason, signed: signed))
        if reason == .rollbackWouldNotStopIt, taken[.stopTheBleed] == nil {
            skipped[.stopTheBleed] = .outOfTurn(reason)
        }
    }

    private mutating func take(_ step: PlaybookStep, by person: PersonName, at now: BootInstant) {
        taken[step] = taken[step] ?? Signed(by: person, at: now)
    }

    /// Whether a step may be taken as it is: it is the next one, an earlier one, or a repetition.
    func isInTurn(_ step: PlaybookStep) -> Bool {
        guard let offered else { return true }
        return step <= offered || taken[step] != nil
    }
}

extension PlaybookStep {
    /// The step that a script's step stands for, beside acks.
    fileprivate init?(_ step: Response.Step) {
        switch step {
        case .rollback: self = .stopTheBleed
        case .trace: self = .trace
        case .status: self = .status
        case .ack, .rollForward, .replay: return nil
        }
    }
}

extension ResponseAct {
    /// The step of the playbook that it takes; nil if it takes none.
    package var step: PlaybookStep? {
        switch self {
        case .confirmScope: .scope
        case .rollBack: .stopTheBleed
        case .captureTrace: .trace
        case .postStatus: .status
        case .investigate: .investigate
        default: nil
        }
    }

    /// The reason it gives for leaving the playbook's order.
    package var outOfTurn: OutOfTurn? {
        switch self {
        case .rollBack(let reason), .captureTrace(_, let reason), .postStatus(_, let reason),
            .investigate(_, let reason):
            reason
        default: nil
        }
    }
}
