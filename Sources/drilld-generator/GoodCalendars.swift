import Drills
import UnitFiles

/// Reads a set of calendars and leaves out the files with errors, so that one broken calendar does not
/// take the timers of all others with it.
struct GoodCalendars {
    /// Nil when no set of files is without errors.
    private(set) var calendar: DrillCalendar?
    /// The calendars that are part of it.
    private(set) var files: [UnitFile]
    /// The errors of the files that were left out.
    private(set) var problems: [Problem]

    /// Reads the folders, unless no calendar asks for timers.
    init(
        in folders: UnitFolders,
        reading read: ([UnitFile], [UnitFile]) -> (calendar: DrillCalendar?, problems: [Problem])
    ) {
        problems = []
        files = folders.files(in: "calendars", suffix: "calendar", into: &problems)
        guard files.contains(where: \.asksForTimers) else {
            problems = []
            return
        }
        var scenarios = folders.files(in: "scenarios", suffix: "scenario", into: &problems)
        var blamed = Self.paths(of: problems)
        // A file that is left out may break those that refer to it; each round leaves out another.
        repeat {
            files.removeAll { $0.isIn(blamed) }
            scenarios.removeAll { $0.isIn(blamed) }
            let result = read(files, scenarios)
            calendar = result.calendar
            problems += result.problems
            blamed = Self.paths(of: result.problems)
        } while calendar == nil && (files + scenarios).contains { $0.isIn(blamed) }
        problems = problems.filter { $0.severity == .error }.inFileOrder()
    }

    private static func paths(of problems: [Problem]) -> Set<String> {
        Set(problems.filter { $0.severity == .error }.map(\.position.file))
    }
}

extension UnitFile {
    /// Whether systemd's timers are to fire this calendar's drills, as far as the text tells.
    fileprivate var asksForTimers: Bool {
        sections.contains { section in
            section.kind == "Calendar"
                && section.entries.last { $0.key == "FiredBy" }?.value == FiredBy.timer.rawValue
        }
    }

    /// Whether one of the paths is this file or a drop-in of it.
    fileprivate func isIn(_ paths: Set<String>) -> Bool {
        paths.contains(path) || paths.contains { $0.contains("/\(name).d/") }
    }
}
