import CalendarTime
import Drills

/// The points at which exactly one decision is made, and when the next one is.
///
/// The first opens with the response; each later one when its decision, or a handoff since then, said. A checkpoint that
/// nobody decided in time, or whose recommendations conflicted, is followed by the next within five minutes.
package struct Checkpoints: Hashable, Sendable {
    /// All that were opened, oldest first.
    package private(set) var all: [Checkpoint] = []
    /// When the next one opens; nil while one is open and before the response.
    package private(set) var next: Next?
    /// Recommendations since the last decision.
    private var recommended: [Recommended] = []
    /// What a handoff promised while a checkpoint was open.
    private var promised: Next?

    /// One point of decision.
    package struct Checkpoint: Hashable, Sendable {
        /// Counted from 1.
        package let number: Int
        package let openedAt: BootInstant
        package let reason: String
        /// What was known when it opened.
        package let packet: CheckpointPacket
        package fileprivate(set) var decided: Decided?
        /// Whether the time to decide passed: discussion is frozen until someone decides.
        package fileprivate(set) var isOverdue = false
        package fileprivate(set) var conflict: Conflict?
    }

    /// A decision and whose it is.
    package struct Decided: Hashable, Sendable {
        package let decision: Decision
        package let signed: Signed
        /// The checkpoint after it, as it was planned then.
        package let next: Next
    }

    /// A checkpoint to come.
    package struct Next: Hashable, Sendable {
        package let at: BootInstant
        package let reason: String
    }

    /// The longest time to the next checkpoint after one that was overdue or had a conflict.
    package static let shortInterval = TimeSpan.minutes(5)
    /// How long after its decision a conflict is looked at again.
    package static let reassessment = TimeSpan.minutes(10)

    /// The checkpoint that waits for its decision; nil if none does.
    package var open: Checkpoint? { all.last.flatMap { $0.decided == nil ? $0 : nil } }

    /// The latest decision; nil before the first.
    package var lastDecision: Decided? { all.last { $0.decided != nil }?.decided }

    /// Every decision so far, oldest first.
    package var decisions: [Decided] { all.compactMap(\.decided) }

    /// The number that a checkpoint opened now would get, or that of the open one.
    package var currentNumber: Int { open?.number ?? all.count + 1 }

    /// The latest recommendation of each person since the last decision.
    package var recommendations: [Recommended] { recommended }

    /// The record of recommendations that conflict now; nil if they agree.
    package var conflict: Conflict? { Conflict(recommended, at: currentNumber) }

    /// The last decided checkpoint with a conflict that was not looked at again, and until when it has to be.
    package var reassessment: (checkpoint: Int, due: BootInstant)? {
        guard let last = all.last(where: { $0.decided != nil }), last.conflict != nil,
            let decided = last.decided
        else { return nil }
        return (last.number, decided.signed.at.advanced(by: Self.reassessment))
    }

    /// Takes in an event; `packet` is what is known when a checkpoint opens.
    mutating func note(_ event: RunEvent, packet: CheckpointPacket?, at now: BootInstant) {
        switch event {
        case .phaseEntered(.respond) where all.isEmpty:
            next = Next(at: now, reason: "the response begins")
        case .checkpointOpened(let number, let reason):
            guard open == nil, let packet else { return }
            all.append(
                Checkpoint(number: number, openedAt: now, reason: reason, packet: packet))
            next = nil
        case .overran(.decision(let number), _):
            guard let index = all.firstIndex(where: { $0.number == number }) else { return }
            all[index].isOverdue = all[index].decided == nil
        case .acted(let act, let person, _): follow(act, signed: Signed(by: person, at: now))
        default: break
        }
    }

    private mutating func follow(_ act: ResponseAct, signed: Signed) {
        switch act {
        case .recommend(let recommendation):
            recommended.removeAll { $0.signed.by == signed.by }
            recommended.append(Recommended(recommendation: recommendation, signed: signed))
        case .handOff(let handoff):
            bringForward(
                Next(
                    at: signed.at.advanced(by: handoff.nextCheckpoint),
                    reason: "promised at the handoff of lane \(handoff.lane.rawValue)"))
        case .decide(let decision): decide(decision, signed: signed)
        default: break
        }
    }

    private mutating func decide(_ decision: Decision, signed: Signed) {
        guard let open else { return }
        let index = all.count - 1
        let next = following(decision, at: open.number, signed.at)
        all[index].conflict = conflict
        all[index].decided = Decided(decision: decision, signed: signed, next: next)
        recommended = []
        promised = nil
        self.next = next
    }

    /// What the decision says, or what a handoff promised if that comes first.
    private func following(
        _ decision: Decision, at number: Int, _ moment: BootInstant
    ) -> Next {
        let span = interval(after: decision)
        let planned = Next(
            at: moment.advanced(by: span),
            reason: "\(span) after the decision at checkpoint \(number)")
        guard let promised, promised.at > moment, promised.at < planned.at else { return planned }
        return promised
    }

    /// How soon the next checkpoint comes after a decision that is made now.
    func interval(after decision: Decision) -> TimeSpan {
        let isShort = open?.isOverdue == true || conflict != nil
        return isShort
            ? min(decision.nextCheckpoint, Self.shortInterval) : decision.nextCheckpoint
    }

    /// A handoff may bring the next checkpoint forward, never push it back.
    private mutating func bringForward(_ promise: Next) {
        if let next {
            if promise.at < next.at { self.next = promise }
        } else if promised.map({ promise.at < $0.at }) ?? true {
            promised = promise
        }
    }
}

extension Checkpoints {
    /// What time brings about here.
    func deadlines(limit: TimeSpan, owners: Roles) -> [Deadline] {
        var due: [Deadline] = []
        if let next {
            due.append(
                Deadline(
                    at: next.at,
                    event: .checkpointOpened(number: all.count + 1, reason: next.reason)))
        }
        if let open, !open.isOverdue {
            due.append(
                Deadline(
                    at: open.openedAt.advanced(by: limit), .decision(checkpoint: open.number),
                    owner: owners.roster.deputy ?? owners.roster.commander))
        }
        if let reassessment {
            due.append(
                Deadline(
                    at: reassessment.due, .reassessment(checkpoint: reassessment.checkpoint),
                    owner: owners.roster.commander))
        }
        return due
    }
}
