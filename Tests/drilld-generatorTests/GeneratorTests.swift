import Foundation
import Testing

@Suite("The generator of timers")
struct GeneratorTests {
    static let header = "[Calendar]\nDescription=100% of payments\nTimeZone=Europe/Berlin\n"
    static let timed = header + "FiredBy=timer\n\n"

    @Test("writes one timer for each drill, in the time zone of its calendar")
    func timers() throws {
        let text =
            Self.timed + drillSection("night", "OnCalendar=Tue *-*-01..07 14:00")
            + drillSection(
                "game.day_1", "OnCalendar=quarterly", "OnCalendar=*-12-24 12:00 Asia/Tokyo")
        let run = try GeneratorRun(calendars: ["q1.calendar": text]).run()
        #expect(run.errors == "")
        #expect(run.status == 0)
        #expect(try run.units == ["drill@game.day_1.timer", "drill@night.timer"])
        #expect(
            try run.unit("drill@night.timer") == """
                # Written by drilld-generator; the plan is in ETC/calendars/q1.calendar
                [Unit]
                Description=Time of drill night: 100%% of payments
                Documentation=man:drilld(8)
                SourcePath=ETC/calendars/q1.calendar

                [Timer]
                OnCalendar=Tue *-*-01..07 14:00:00 Europe/Berlin
                AccuracySec=1us
                Persistent=no
                Unit=drill@night.service

                """)
        #expect(
            try run.times("drill@game.day_1.timer") == [
                "*-01,04,07,10-01 00:00:00 Europe/Berlin", "*-12-24 12:00:00 Asia/Tokyo",
            ])
    }

    @Test("has timers.target start them")
    func wants() throws {
        let text = Self.timed + drillSection("night", "OnCalendar=daily")
        let run = try GeneratorRun(calendars: ["q1.calendar": text]).run()
        let link = run.folder.appending(path: "normal/timers.target.wants/drill@night.timer")
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: link.path)
        #expect(target == "../drill@night.timer")
    }

    @Test("leaves the drills alone that the daemon fires")
    func daemonFires() throws {
        let text = Self.header + drillSection("night", "OnCalendar=daily")
        let run = try GeneratorRun(calendars: ["q1.calendar": text]).run()
        #expect(run.status == 0 && run.errors == "")
        #expect(try run.units == [])
    }

    @Test("names the dates of a drill that recurs every other week")
    func everyOtherWeek() throws {
        let text =
            Self.timed
            + drillSection(
                "fortnight", "OnCalendar=Tue 14:00", "EveryWeeks=2", "Anchor=2026-01-06")
        let run = try GeneratorRun(calendars: ["q1.calendar": text]).run()
        let dates = try run.times("drill@fortnight.timer")
        #expect((28...29).contains(dates.count))
        let days = try dates.map { try Self.day(of: $0) }
        #expect(zip(days, days.dropFirst()).allSatisfy { $1 - $0 == 14 })
        #expect(dates.allSatisfy { $0.hasSuffix(":00:00 UTC") })
        #expect(dates.allSatisfy { $0.contains(" 12:") || $0.contains(" 13:") })
    }

    @Test("leaves out the days of a freeze")
    func freeze() throws {
        let today = Int(Date().timeIntervalSince1970) / 86_400
        let first = Self.text(ofDay: today + 10)
        let last = Self.text(ofDay: today + 19)
        let text =
            "[Calendar]\nFiredBy=timer\n\n[Freeze release]\nBetween=\(first)..\(last)\n\n"
            + drillSection("daily", "OnCalendar=*-*-* 12:00")
        let run = try GeneratorRun(calendars: ["q1.calendar": text]).run()
        let days = try run.times("drill@daily.timer").map { try Self.day(of: $0) }
        #expect(days.contains(today + 9) && days.contains(today + 20))
        #expect(!days.contains { (today + 10...today + 19).contains($0) })
        #expect((389...391).contains(days.count))
    }

    @Test("says that a list of dates is not the whole year")
    func manyDates() throws {
        let text =
            Self.timed
            + drillSection("hourly", "OnCalendar=hourly", "EveryWeeks=2", "Anchor=2026-01-06")
        let run = try GeneratorRun(calendars: ["q1.calendar": text]).run()
        #expect(try run.times("drill@hourly.timer").count == 500)
        #expect(
            run.errors == "<4>drilld-generator: the timer of drill 'hourly' has only its next 500 "
                + "starts; 'systemctl daemon-reload' renews it\n")
    }

    @Test("skips a broken calendar, says where it is broken, and keeps the others")
    func brokenCalendar() throws {
        let run = try GeneratorRun(calendars: [
            "good.calendar": Self.timed + drillSection("night", "OnCalendar=daily"),
            "bad.calendar": Self.timed + drillSection("day", "OnCalendar=Someday 14:00"),
        ]).run()
        #expect(run.status == 0)
        #expect(try run.units == ["drill@night.timer"])
        #expect(run.errors.hasPrefix("<4>drilld-generator: "))
        #expect(run.errors.contains("calendars/bad.calendar:7:"))
    }

    @Test("skips a calendar with a broken drop-in")
    func brokenDropIn() throws {
        let run = try GeneratorRun(calendars: [
            "good.calendar": Self.timed + drillSection("night", "OnCalendar=daily"),
            "bad.calendar": Self.timed + drillSection("day", "OnCalendar=daily"),
            "bad.calendar.d/10.conf": "[Drill day]\nTeir=service\n",
        ]).run()
        #expect(try run.units == ["drill@night.timer"])
        #expect(run.errors.contains("bad.calendar.d/10.conf:2:"))
    }

    @Test("skips what refers to a broken calendar, and still ends well")
    func brokenPeople() throws {
        let run = try GeneratorRun(calendars: [
            "people.calendar": "[Person\n",
            "night.calendar": Self.timed + drillSection("night", "OnCalendar=daily"),
        ]).run()
        #expect(run.status == 0)
        #expect(try run.units == [])
        #expect(run.errors.contains("calendars/people.calendar:1:"))
        #expect(run.errors.contains("calendars/night.calendar:"))
    }

    @Test("ends well where there is no folder at all")
    func noFolders() throws {
        let run = try GeneratorRun(calendars: [:])
        try FileManager.default.removeItem(at: run.folder.appending(path: "etc"))
        #expect(try run.run().status == 0)
        #expect(run.errors == "")
        #expect(try run.units == [])
    }

    @Test("says which file it cannot write")
    func unwritable() throws {
        let text = Self.timed + drillSection("night", "OnCalendar=daily")
        let run = try GeneratorRun(calendars: ["q1.calendar": text])
        let missing = run.folder.appending(path: "missing").path
        _ = try run.run(arguments: [missing, missing, missing])
        #expect(run.status == 1)
        #expect(
            run.errors
                == "<4>drilld-generator: \(missing)/timers.target.wants: No such file or directory\n"
        )
    }

    @Test("wants the three folders of systemd.generator(7)")
    func usage() throws {
        let run = try GeneratorRun(calendars: [:]).run(arguments: ["one"])
        #expect(run.status == 2)
        #expect(
            run.errors == "<4>drilld-generator: expects the three folders that "
                + "systemd.generator(7) names\n")
    }

    // Days since 1970 of `2027-01-05 13:00:00 UTC`.
    private static func day(of text: String) throws -> Int {
        let word = try #require(text.split(separator: " ").first)
        let date = try Date("\(word)T00:00:00Z", strategy: .iso8601)
        return Int(date.timeIntervalSince1970) / 86_400
    }

    private static func text(ofDay day: Int) -> String {
        let date = Date(timeIntervalSince1970: Double(day) * 86_400)
        return String(date.ISO8601Format().prefix(10))
    }
}
