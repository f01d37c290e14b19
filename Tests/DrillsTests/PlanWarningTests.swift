import CalendarTime
import Drills
import Foundation
import Testing

@Suite("A plan")
struct PlanWarningTests {
    @Test("warns of all that a planner should look at")
    func warns() throws {
        var fixture = Fixture()
        fixture.dropIns["base.calendar"] = """
            [Freeze week]
            Between=2027-02-01..2027-02-05
            [Drill rollback]
            OnCall=
            OnCall=primary:lead-2
            [Drill nightly]
            Kind=rollback
            Tier=service
            OnCalendar=Sun 02:30
            OnCalendar=Tue *-*-01..07 14:30
            Scenario=slow
            Target=shop
            Commander=lead-2
            Observers=observer-1
            OnCall=primary:sre-1 secondary:lead-2
            """
        let calendar = try #require(fixture.load().calendar)
        let quarter = try Quarter(parsing: "2027-Q1")
        let plan = CampaignPlan.make(calendar, window: .quarter(quarter))
        try expectGolden(plan.text, "warnings.plan.txt")
    }

    @Test("counts cycles from those that went before")
    func countsCycles() throws {
        let calendar = try Fixture().calendar()
        let quarter = try Quarter(parsing: "2027-Q1")
        let plan = CampaignPlan.make(
            calendar, window: .quarter(quarter), cyclesBefore: { _ in 7 })
        #expect(plan.rows.map(\.cycle) == [8, 9, 10])
        #expect(plan.rows.map { $0.roster?.commander.text } == ["lead-2", "lead-1", "lead-2"])
    }

    @Test("of a drill that is due each second stays bounded")
    func isBounded() throws {
        var fixture = Fixture()
        fixture.dropIns["base.calendar"] = "[Drill rollback]\nOnCalendar=*:*:*\n"
        let calendar = try #require(fixture.load().calendar)
        let days = try DateRange(parsing: "2027-01-01..2027-12-31")
        let plan = CampaignPlan.make(calendar, window: .days(days))
        #expect(plan.rows.count == CampaignPlan.rowLimit)
        #expect(
            plan.warnings.last?.text
                == "more than 2000 runs; the plan lists the first of them")
    }

    @Test("warns of a commander who owns a lane, should one come past the loader")
    func laneOfCommander() throws {
        let good = try Fixture().calendar()
        let drill = try sampleDrill(
            "manual", "2027-01-05 10:00", lanes: [.comms: "lead-1", .response: "sre-1"])
        let calendar = DrillCalendar(
            drills: [drill], scenarios: good.scenarios, targets: good.targets,
            people: good.people, channels: [:], freezes: [])
        let quarter = try Quarter(parsing: "2027-Q1")
        let plan = CampaignPlan.make(calendar, window: .quarter(quarter))
        #expect(plan.warnings.first?.text == "lead-1 commands manual and owns its lane comms")
    }

    @Test("warns of a lane without an owner when people take the steps")
    func lanesWithoutOwner() throws {
        var fixture = Fixture()
        fixture.dropIns["base.calendar"] =
            "[Drill rollback]\nAttended=yes\nLanes=response:sre-1 comms:sre-2\n"
        let quarter = try Quarter(parsing: "2027-Q1")
        let plan = CampaignPlan.make(try fixture.calendar(), window: .quarter(quarter))
        #expect(
            plan.warnings.filter { $0.topic == .roles }.map(\.text) == [
                "rollback is attended, but nobody owns its lane injection",
                "rollback is attended, but nobody owns its lane verification",
            ])
    }

    @Test("can be read by programs")
    func record() throws {
        let calendar = try Fixture().calendar()
        let quarter = try Quarter(parsing: "2027-Q1")
        let record = CampaignPlan.make(calendar, window: .quarter(quarter)).record
        let stored = try JSONDecoder().decode(
            PlanRecord.self, from: try JSONEncoder().encode(record))
        #expect(stored == record)
        let run = try #require(stored.runs.first)
        #expect(run.date == "Tue 2027-01-05 14:00:00 CET")
        #expect(run.start.microsecondsSinceEpoch == 1_799_154_000_000_000)
        #expect(run.scoreOwner == "observer-1")
        #expect(stored.warnings.map(\.topic) == ["coverage", "coverage", "coverage"])
    }

    @Test("of an empty calendar says what is missing")
    func empty() throws {
        let calendar = DrillCalendar(
            drills: [], scenarios: [:], targets: [:], people: [:], channels: [:], freezes: [])
        let plan = CampaignPlan.make(
            calendar, window: .days(try DateRange(parsing: "2027-01-01..2027-01-31")))
        #expect(
            plan.text == """
                Plan for 2027-01-01..2027-01-31: 0 runs

                4 warnings:
                  no rollback drill in 2027-01-01..2027-01-31
                  no replay drill in 2027-01-01..2027-01-31
                  no page-storm drill in 2027-01-01..2027-01-31
                  no full-fidelity drill in 2027-01-01..2027-01-31

                """)
    }
}

@Suite("The report of a verification")
struct VerifyTextTests {
    @Test("ends with what was found when all is well")
    func good() {
        let result = Fixture().load()
        let report = VerifyReport(calendar: result.calendar, problems: result.problems)
        #expect(report.isGood)
        #expect(
            report.text == "1 drill, 2 scenarios, 1 target, 5 people, 1 channel, 0 freezes: "
                + "good, 0 warnings\n")
    }

    @Test("lists each problem and refuses the calendar")
    func bad() {
        var fixture = Fixture()
        fixture.dropIns["base.calendar"] = "[Drill rollback]\nObservers=\nTarget=shp\n"
        let result = fixture.load()
        let report = VerifyReport(calendar: result.calendar, problems: result.problems)
        #expect(!report.isGood)
        #expect(
            report.text.hasSuffix(
                "base.calendar.d/test.conf:3:8: unknown target 'shp'; did you mean 'shop'?\n"
                    + "1 error, 2 warnings: refused\n"))
    }
}
