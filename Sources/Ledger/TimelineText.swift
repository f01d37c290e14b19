import CalendarTime
import Drills

/// A timeline as plain text, one line per event.
package enum TimelineText {
    /// Each line: wall time in UTC, time since the first event, what happened.
    ///
    /// `~` marks a time that only the wall clock measured, because the machine was restarted.
    package static func render(_ timeline: Timeline) -> String {
        guard let first = timeline.entries.first else { return "" }
        let lines = timeline.entries.map { entry in
            let words = entry.event.sentence.printable
            return "\(WallText.time(entry.at.wall))  \(offset(of: entry, from: first))  \(words)\n"
        }
        return lines.joined()
    }

    /// `+00:05:00.123`, the time of an entry since the start of its run.
    static func offset(of entry: Timeline.Entry, from first: Timeline.Entry) -> String {
        let duration = MeasuredDuration(from: first, to: entry)
        let sign = duration.microseconds < 0 ? "-" : duration.clock == .boot ? "+" : "~"
        let distance = Int64(clamping: duration.microseconds.magnitude)
        return sign + WallText.clock(distance, digits: 3)
    }
}
