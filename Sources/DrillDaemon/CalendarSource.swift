import CalendarTime
import Drills
import Faults
import Mutation
import UnitFiles

/// Reads the calendar with all its checks: files, references, hooks and mutation models.
package struct CalendarSource: Sendable {
    private let folders: UnitFolders
    private let zones: ZoneDatabase
    private let hookGuard: HookGuard

    /// A source over these folders.
    package init(folders: UnitFolders, zones: ZoneDatabase, hookGuard: HookGuard) {
        self.folders = folders
        self.zones = zones
        self.hookGuard = hookGuard
    }

    /// A source over the folders of a configuration.
    package init(_ configuration: DaemonConfiguration) {
        self.init(
            folders: configuration.folders, zones: configuration.zones,
            hookGuard: HookGuard(folders: configuration.hookFolders))
    }

    /// Reads everything as of an instant; no calendar if any problem is an error.
    package func load(at now: WallInstant = MachineClock.now().wall) -> (
        calendar: DrillCalendar?, problems: [Problem]
    ) {
        let (calendar, problems) = DrillCalendar.load(
            from: folders, zones: zones, specifiers: .ofThisHost(), at: now,
            checkHook: { command, position in
                hookGuard.problems(with: command).map { Problem($0, at: position) }
            })
        guard let calendar else { return (nil, problems) }
        let modelProblems = calendar.drills.flatMap { Self.modelProblems(of: $0, in: calendar) }
        let all = (problems + modelProblems).sorted()
        return (all.containsError ? nil : calendar, all)
    }

    /// Exclusions that cannot be read or forbid everything are errors; what can never occur is worth a warning.
    private static func modelProblems(of drill: Drill, in calendar: DrillCalendar) -> [Problem] {
        let position =
            calendar.places[drill.name] ?? SourcePosition(file: drill.calendar.file)
        do throws(DrillModelError) {
            let model = try MutationModel(calendar.factors(of: drill))
            return model.notices.map {
                Problem("drill '\(drill.name)': \($0)", at: position, severity: .warning)
            }
        } catch {
            return error.problems.map { Problem("drill '\(drill.name)': \($0)", at: position) }
        }
    }
}
