import CalendarTime
import Drills

/// Something that time brings about unless people are faster.
struct Deadline: Hashable, Sendable {
    let at: BootInstant
    let event: RunEvent

    init(at: BootInstant, event: RunEvent) {
        self.at = at
        self.event = event
    }

    /// An overrun at a moment, with whoever has to do something about it.
    init(at: BootInstant, _ overrun: Overrun, owner: PersonName?) {
        self.init(at: at, event: .overran(overrun: overrun, owner: owner))
    }
}
