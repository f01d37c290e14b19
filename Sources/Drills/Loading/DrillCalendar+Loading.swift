import CalendarTime
import UnitFiles

extension DrillCalendar {
    /// Reads `calendars/` and `scenarios/` of these folders, drop-ins and precedence included.
    ///
    /// - Returns: the calendar, unless a problem is an error, and all problems in the order of the files.
    package static func load(
        from folders: UnitFolders, zones: ZoneDatabase, specifiers: Specifiers,
        at now: WallInstant,
        checkHook: (HookCommand, SourcePosition) -> [Problem] = { _, _ in [] }
    ) -> (calendar: DrillCalendar?, problems: [Problem]) {
        var problems: [Problem] = []
        let calendars = folders.files(in: "calendars", suffix: "calendar", into: &problems)
        let scenarios = folders.files(in: "scenarios", suffix: "scenario", into: &problems)
        let result = reading(
            calendars: calendars, scenarios: scenarios, zones: zones, specifiers: specifiers,
            at: now,
            checkHook: checkHook)
        problems = (problems + result.problems).sorted()
        return (problems.containsError ? nil : result.calendar, problems)
    }
}
