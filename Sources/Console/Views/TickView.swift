import CalendarTime

/// A clock on a page: its text as of rendering, and from or to when the script lets it go on.
struct TickView: Sendable {
    let tickText: String
    /// In milliseconds since boot; at most one of the two has a value.
    let since: [String]
    let until: [String]

    /// A clock that counts up.
    static func since(_ start: BootInstant, at now: BootInstant) -> TickView {
        TickView(
            tickText: TimeWords.clock(now - start), since: [start.inMilliseconds], until: [])
    }

    /// A clock that counts down, and goes on below zero.
    static func until(_ end: BootInstant, at now: BootInstant) -> TickView {
        TickView(tickText: TimeWords.clock(end - now), since: [], until: [end.inMilliseconds])
    }

    /// A clock that stands.
    static func stopped(_ microseconds: Int64) -> TickView {
        TickView(tickText: TimeWords.clock(microseconds), since: [], until: [])
    }
}

extension BootInstant {
    /// Whole milliseconds since boot, as attributes of pages have them.
    var inMilliseconds: String { "\(microsecondsSinceBoot / 1_000)" }
}
