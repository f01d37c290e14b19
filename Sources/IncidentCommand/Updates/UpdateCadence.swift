import CalendarTime
import Drills

/// The updates that were promised against those that were sent.
///
/// The first of a kind is due one interval after the response began, each later one an interval after the last was sent or
/// missed; the first-five update is due once.
package struct UpdateCadence: Hashable, Sendable {
    package let promises: [ResponsePlan.Promise]
    package private(set) var sent: [Sent] = []
    private var slots: [UpdateKind: Slot] = [:]

    /// An update that was sent.
    package struct Sent: Hashable, Sendable {
        package let kind: UpdateKind
        package let note: String
        package let signed: Signed
    }

    /// The next update of a kind.
    package struct Slot: Hashable, Sendable {
        /// Counted from 1 over those sent and missed.
        package let number: Int
        package let due: BootInstant
    }

    init(_ plan: ResponsePlan) {
        promises = plan.cadence
    }

    /// The next update of a kind; nil if none is promised or due any more.
    package func next(of kind: UpdateKind) -> Slot? { slots[kind] }

    /// The update that is due first; nil if none is.
    package var nextDue: (kind: UpdateKind, slot: Slot)? {
        promises.compactMap { promise in slots[promise.kind].map { (promise.kind, $0) } }
            .min { $0.1.due < $1.1.due }
    }

    mutating func note(_ event: RunEvent, at now: BootInstant) {
        switch event {
        case .phaseEntered(.respond) where slots.isEmpty:
            for promise in promises { slots[promise.kind] = Slot(number: 1, due: now + promise) }
        case .acted(.sendUpdate(let kind, let note), let person, _):
            sent.append(Sent(kind: kind, note: note, signed: Signed(by: person, at: now)))
            advance(kind, from: now)
        case .overran(.update(let kind, let number), _):
            guard let slot = slots[kind], slot.number == number else { return }
            advance(kind, from: slot.due)
        default: break
        }
    }

    private mutating func advance(_ kind: UpdateKind, from moment: BootInstant) {
        guard let slot = slots[kind], let promise = promises.first(where: { $0.kind == kind })
        else { return }
        slots[kind] =
            kind == .firstFiveMinutes
            ? nil : Slot(number: slot.number + 1, due: moment + promise)
    }

    func deadlines(owner: PersonName) -> [Deadline] {
        promises.compactMap { promise in
            slots[promise.kind].map {
                Deadline(at: $0.due, .update(promise.kind, number: $0.number), owner: owner)
            }
        }
    }
}

private func + (moment: BootInstant, promise: ResponsePlan.Promise) -> BootInstant {
    moment.advanced(by: promise.every)
}
