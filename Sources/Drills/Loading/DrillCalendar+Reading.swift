import CalendarTime
import UnitFiles

extension DrillCalendar {
    /// Makes a calendar from parsed files and reports all that is wrong with them at once.
    ///
    /// Reads no file but those of time zones. A calendar is returned only when no problem is an error.
    ///
    /// - Parameters:
    ///   - calendars: `*.calendar` files with their drop-ins laid over.
    ///   - scenarios: `*.scenario` files with their drop-ins laid over.
    ///   - now: changes of the clocks in the two years from here are warned of.
    ///   - checkHook: called for each place that names a hook; says what is wrong with its file.
    package static func reading(
        calendars: [UnitFile], scenarios: [UnitFile], zones: ZoneDatabase, specifiers: Specifiers,
        at now: WallInstant,
        checkHook: (HookCommand, SourcePosition) -> [Problem] = { _, _ in [] }
    ) -> (calendar: DrillCalendar?, problems: [Problem]) {
        var problems: [Problem] = []
        var registry = Registry()
        let scenarioReader = ScenarioFileReader(specifiers: specifiers)
        let calendarReader = CalendarFileReader(zones: zones, specifiers: specifiers)
        var scenarioDrafts: [ScenarioDraft] = []
        for file in scenarios {
            let place = SourcePosition(file: file.path)
            registry.declare("Scenario", file.stem, at: place, into: &problems)
            scenarioReader.read(file, into: &problems).map { scenarioDrafts.append($0) }
        }
        var calendarDrafts: [CalendarDraft] = []
        for file in calendars {
            registry.declareSections(of: file, into: &problems)
            calendarDrafts.append(calendarReader.read(file, into: &problems))
        }
        var builder = CalendarBuilder(
            calendarDrafts, scenarioDrafts, registry: registry, at: now)
        let calendar = builder.build(checking: checkHook)
        problems += builder.problems
        problems.sort()
        return (problems.containsError ? nil : calendar, problems)
    }
}

extension Registry {
    /// Takes up the names of all sections that have one, whether or not the rest of them is good.
    ///
    /// Twice the same header in one file is found when the file is parsed.
    fileprivate mutating func declareSections(
        of file: UnitFile, into problems: inout [Problem]
    ) {
        for section in file.sections {
            guard let name = section.name,
                DirectiveTable.calendar.rule(for: section.kind)?.naming == .required
            else { continue }
            if position(of: name, section.kind)?.file == section.position.file { continue }
            declare(section.kind, name, at: section.namePosition, into: &problems)
        }
    }
}
