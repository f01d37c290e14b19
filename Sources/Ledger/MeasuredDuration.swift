import CalendarTime
import Drills

/// How long it took from one recorded event to another, and which clock says so.
package struct MeasuredDuration: Hashable, Sendable, Codable {
    /// Negative when the second event is the earlier one.
    package let microseconds: Int64
    package let clock: Clock

    /// Which clock measured.
    package enum Clock: String, Hashable, Sendable, Codable {
        /// The clock that never steps; both events are of one boot.
        case boot
        /// The machine was restarted in between: only wall time is left, and it may have stepped.
        case wall
    }

    /// The time between two entries: boot time within one boot, else wall time, flagged.
    package init(from start: Timeline.Entry, to end: Timeline.Entry) {
        if start.bootID == end.bootID {
            microseconds = end.at.boot - start.at.boot
            clock = .boot
        } else {
            microseconds = end.at.wall - start.at.wall
            clock = .wall
        }
    }
}

extension Timeline {
    /// The time between two of its entries; see ``MeasuredDuration``.
    package func duration(from start: Entry, to end: Entry) -> MeasuredDuration {
        MeasuredDuration(from: start, to: end)
    }
}
