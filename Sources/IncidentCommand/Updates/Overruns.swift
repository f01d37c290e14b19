import CalendarTime
import Drills

/// What took longer than it may, and the reasons people gave.
package struct Overruns: Hashable, Sendable {
    package private(set) var all: [Record] = []

    /// Something that took too long.
    package struct Record: Hashable, Sendable {
        package let overrun: Overrun
        package let at: BootInstant
        /// Who has to do something about it.
        package let owner: PersonName?
        /// Nil until someone gave it.
        package fileprivate(set) var explanation: Explanation?
    }

    /// Why it took too long.
    package struct Explanation: Hashable, Sendable {
        package let reason: String
        package let signed: Signed
    }

    /// Those that nobody explained yet.
    package var open: [Record] { all.filter { $0.explanation == nil } }

    /// Those with their reason: process debt.
    package var debt: [Record] { all.filter { $0.explanation != nil } }

    /// Whether something is on the record as too long.
    package func contains(_ overrun: Overrun) -> Bool { all.contains { $0.overrun == overrun } }

    mutating func note(_ event: RunEvent, at now: BootInstant) {
        switch event {
        case .overran(let overrun, let owner):
            guard !contains(overrun) else { return }
            all.append(Record(overrun: overrun, at: now, owner: owner))
        case .acted(.explainOverrun(let overrun, let reason), let person, _):
            guard let index = all.firstIndex(where: { $0.overrun == overrun }) else { return }
            all[index].explanation =
                all[index].explanation
                ?? Explanation(reason: reason, signed: Signed(by: person, at: now))
        default: break
        }
    }

    /// Why an explanation is not taken; nil: it is.
    func refusal(of overrun: Overrun, reason: String) -> String? {
        guard let record = all.first(where: { $0.overrun == overrun }) else {
            return "it is not on the record that \(overrun.sentence); nothing is to be explained"
        }
        if let explanation = record.explanation {
            return "\(explanation.signed.by) explained already that \(overrun.sentence)"
        }
        return missing([("reason", reason)]).map { _ in
            "an explanation needs a reason; say what took so long"
        }
    }
}
