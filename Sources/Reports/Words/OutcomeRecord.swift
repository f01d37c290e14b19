import Drills

/// How a run ended, as programs read it: a word to compare with, and what there is to say about it.
package struct OutcomeRecord: Hashable, Sendable, Encodable {
    /// `completed`, `notStarted`, `failed`, `aborted`, `halted`, `leaked` or `censored`.
    package let outcome: String
    /// Why; nil for a completed or leaked run.
    package let reason: String?
    /// The faults that may still be in place; nil unless it leaked.
    package let leakedFaults: [FaultName]?

    /// Takes an end apart.
    package init(_ outcome: Outcome) {
        switch outcome {
        case .completed: self.init("completed")
        case .notStarted(let reason): self.init("notStarted", reason)
        case .failed(let reason): self.init("failed", reason)
        case .aborted(let reason): self.init("aborted", reason)
        case .halted(let reason): self.init("halted", reason)
        case .leaked(let faults): self.init("leaked", leaked: faults)
        case .censored(let reason): self.init("censored", reason)
        }
    }

    private init(_ outcome: String, _ reason: String? = nil, leaked: [FaultName]? = nil) {
        self.outcome = outcome
        self.reason = reason
        leakedFaults = leaked
    }
}
