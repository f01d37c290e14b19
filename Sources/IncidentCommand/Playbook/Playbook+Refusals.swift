import Drills

extension Playbook {
    /// Why it is not a step's turn; nil: it may be taken.
    func refusal(of act: ResponseAct) -> String? {
        guard let step = act.step, !isInTurn(step), let offered else { return nil }
        if case .confirmScope = act {
            return "nobody has acknowledged a page; acknowledge one before the scope is confirmed"
        }
        guard let reason = act.outOfTurn else {
            let reasons = OutOfTurn.allCases.map(\.rawValue).joined(separator: ", ")
            let next =
                offered == .page
                ? "no page has come yet; wait for it"
                : "\(offered.rawValue) is next; take that first"
            return "\(step.rawValue) is out of turn, \(next) or name one of the reasons \(reasons)"
        }
        guard !reason.permits(step) else { return nil }
        return "\(reason.rawValue) is no reason for \(step.rawValue); "
            + "\(offered.rawValue) is next, \(reason.rawValue) \(reason.purpose)"
    }

    /// Why the rollback is not fired now; nil: nothing stands against it.
    func refusalWhileRollingBack() -> String? {
        rollbackUnderWay.map { "the rollback of \($0) is under way; wait until it has ended" }
    }
}

extension OutOfTurn {
    /// Whether it is a reason to take this step before its turn.
    package func permits(_ step: PlaybookStep) -> Bool {
        switch self {
        case .asymmetricSeverity: true
        case .rollbackWouldNotStopIt: step != .stopTheBleed
        case .dataCorruption: step == .stopTheBleed
        }
    }

    fileprivate var purpose: String {
        switch self {
        case .asymmetricSeverity: "lets any step go first"
        case .rollbackWouldNotStopIt: "lets trace, status and investigate go first"
        case .dataCorruption: "lets only stop-the-bleed go first, to stop the writes"
        }
    }
}
