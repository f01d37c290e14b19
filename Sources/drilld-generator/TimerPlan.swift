import CalendarTime
import Drills
import UnitFiles

/// The timers of a calendar's drills.
struct TimerPlan {
    /// Sorted by drill.
    private(set) var timers: [DrillTimer] = []
    /// What the reader of the log ought to know.
    private(set) var notes: [String] = []

    private let frozen: FrozenTimes
    private let now: WallInstant
    private let sources: [String: String]

    /// Takes the drills that systemd fires; `files` are the calendars that they stand in.
    init(_ calendar: DrillCalendar, files: [UnitFile], now: WallInstant) {
        frozen = FrozenTimes(calendar.freezes)
        self.now = now
        sources = Dictionary(files.map { ($0.name, $0.path) }) { first, _ in first }
        let hasFreezes = !calendar.freezes.isEmpty
        for drill in calendar.drills where drill.calendar.firedBy == .timer {
            let isRegular = drill.everyWeeks == nil && !hasFreezes
            add(drill, isRegular ? Self.rules(of: drill) : dates(of: drill))
        }
    }

    private mutating func add(_ drill: Drill, _ expressions: [String]) {
        guard !expressions.isEmpty else {
            notes.append("drill '\(drill.name)' is not due within \(Self.horizonDays) days")
            return
        }
        let file = drill.calendar.file
        timers.append(
            DrillTimer(
                drill: drill.name.text, title: drill.calendar.title,
                source: sources[file] ?? file, expressions: expressions))
    }

    /// The drill's own expressions, with its calendar's zone where they name none.
    private static func rules(of drill: Drill) -> [String] {
        drill.schedule.map { expression in
            let zone = expression.zone == nil ? " \(drill.calendar.zone.name)" : ""
            return "\(expression)\(zone)"
        }
    }

    /// The starts one by one, for what OnCalendar= cannot say: every n-th week, and freezes.
    private mutating func dates(of drill: Drill) -> [String] {
        let end = now.advanced(by: .seconds(Self.horizonDays * Self.secondsPerDay))
        var dates: [String] = []
        var last = now
        while let next = drill.nextStart(after: last, frozen: frozen), next <= end {
            guard dates.count < Self.mostDates else {
                notes.append(
                    "the timer of drill '\(drill.name)' has only its next \(Self.mostDates) "
                        + "starts; 'systemctl daemon-reload' renews it")
                break
            }
            dates.append(UTCText.text(of: next))
            last = next
        }
        return dates
    }

    // Every boot and every daemon-reload makes the timers anew, so a good year is plenty.
    private static let horizonDays: Int64 = 400
    private static let secondsPerDay: Int64 = 86_400
    private static let mostDates = 500
}
