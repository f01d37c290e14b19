import CalendarTime
import Drills
import Glibc
import UnitFiles

// systemd.generator(7): PID 1 runs this early at boot and at each daemon-reload, with three folders to
// write units to. It reads files and writes files, nothing else, and ends well whatever the calendars say.

let log = GeneratorLog()
guard CommandLine.arguments.count == 4 else {
    log.warn("expects the three folders that systemd.generator(7) names")
    exit(2)
}

// As SYSTEMD_UNIT_PATH does for units: other folders, from the least to the greatest precedence.
let folders =
    getenv("DRILLD_UNIT_PATH").map {
        UnitFolders(String(cString: $0).split(separator: ":").map(String.init))
    } ?? UnitFolders()
let now = WallInstant(microsecondsSinceEpoch: Int64(time(nil)) * 1_000_000)
let zones = ZoneDatabase()
let specifiers = Specifiers.ofThisHost()
let good = GoodCalendars(in: folders) { calendars, scenarios in
    DrillCalendar.reading(
        calendars: calendars, scenarios: scenarios, zones: zones, specifiers: specifiers, at: now)
}
for problem in good.problems { log.warn("\(problem)") }

guard let calendar = good.calendar else { exit(0) }
let plan = TimerPlan(calendar, files: good.files, now: now)
for note in plan.notes { log.warn(note) }

do {
    try UnitOutput(folder: CommandLine.arguments[1]).write(plan.timers)
} catch {
    log.warn("\(error)")
    exit(1)
}
