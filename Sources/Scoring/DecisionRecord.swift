import Drills

/// The checkpoints of a run and what was decided at each, by their numbers in the timeline.
struct DecisionRecord {
    private(set) var made: [Made] = []
    /// Checkpoints that were opened and have no decision.
    private(set) var undecided: [Int] = []
    /// Every checkpoint and every decision, in order.
    private(set) var evidence: [Int] = []

    /// A decision and its place in the timeline.
    struct Made {
        let number: Int
        let decision: Decision
    }

    mutating func note(_ event: RunEvent, number: Int) {
        switch event {
        case .checkpointOpened(let checkpoint, _):
            undecided.append(checkpoint)
            evidence.append(number)
        case .acted(.decide(let decision), _, _):
            made.append(Made(number: number, decision: decision))
            if !undecided.isEmpty { undecided.removeLast() }
            evidence.append(number)
        default: break
        }
    }
}

extension NumberedRecord {
    /// What was decided where.
    var decisions: DecisionRecord {
        var record = DecisionRecord()
        for (number, event) in entries { record.note(event, number: number) }
        return record
    }
}

extension Decision {
    /// Whether the confidence suffices for the step: at L1 only what can be undone is decided.
    func isSureEnough(in plan: RunPlan) -> Bool {
        guard confidence == .low else { return true }
        return switch (branch, rung) {
        case (_, .flagOff), (.escalateAndPause, nil): true
        case (.rollBack, .fullRollback): plan.response(taking: .rollback) != nil
        default: false
        }
    }
}
