import CalendarTime
import Drills
import Foundation
import Testing
import UnitFiles

@Suite("The sample files")
struct SampleFileTests {
    @Test("of the first quarter load without a problem")
    func quarterLoads() throws {
        let result = try load(calendars: "calendars")
        #expect(result.problems.map(\.description) == [])
        let calendar = try #require(result.calendar)
        #expect(Set(calendar.drills.map(\.kind)) == Set(Kind.allCases))
    }

    @Test("of the demonstration load without a problem")
    func demonstrationLoads() throws {
        let result = try load(calendars: "calendars/demo")
        #expect(result.problems.map(\.description) == [])
        let calendar = try #require(result.calendar)
        #expect(Set(calendar.drills.map(\.kind)) == Set(Kind.allCases))
    }

    @Test("have an attended storm with routes, addresses and promises")
    func attendedStorm() throws {
        let calendar = try #require(try load(calendars: "calendars").calendar)
        let drill = try #require(calendar.drill(named: "storm-checkout"))
        let variant = DrawnVariant(
            values: [RunPlan.FactorValue(factor: "technical", value: "alert-storm")], seed: 1,
            parentCycle: nil, rationale: "first")
        let plan = try RunPlan.make(
            drill: drill, cycle: 1, scheduled: november, calendar: calendar, variant: variant)
        #expect(plan.response.isAttended)
        #expect(plan.response.addresses.map(\.person) == ["sre-3", "sre-1"])
        #expect(plan.response.cadence.map(\.kind) == [.internal, .stakeholder])
        let routing = try #require(plan.channel(named: "alertmanager")?.routing)
        #expect(routing.routes.count == 4)
        #expect(routing.inhibitions.count == 1)
        #expect(plan.pages.count == 8)
        #expect(plan.pages.map(\.duplicates).reduce(0, +) == 2)
        #expect(plan.pages.filter(\.isNoise).map(\.name) == ["apdex", "log-volume"])
        #expect(plan.pages.filter { $0.resolveAfter != nil }.map(\.name) == ["worker-restart"])
        #expect(plan.pages.filter { $0.team != nil }.map(\.name) == ["index-lag"])
        #expect(plan.pages.filter(\.wantsAck).count == 5)
    }

    @Test("make the plan of the quarter")
    func quarterPlan() throws {
        let calendar = try #require(try load(calendars: "calendars").calendar)
        let quarter = try Quarter(parsing: "2027-Q1")
        let plan = CampaignPlan.make(
            calendar, window: .quarter(quarter),
            coming: { drill, cycle in
                let turn = CampaignPlan.Coming.rotation(of: drill, cycle: cycle)
                return CampaignPlan.Coming(
                    technical: turn.technical, coordination: turn.coordination,
                    mutation: cycle == 1 ? "first cycle, no parent" : "")
            })
        try expectGolden(plan.text, "2027-q1.plan.txt")
    }

    @Test("make the list of drills")
    func quarterList() throws {
        let calendar = try #require(try load(calendars: "calendars").calendar)
        let now = try #require(calendar.drill(named: "rollback-releases")).firstStart
        let list = DrillList(calendar, at: now) { name in
            name == "rollback-releases" ? now.advanced(byMicroseconds: -3_600_000_000) : nil
        }
        try expectGolden(list.text(at: now), "2027-q1.list.txt")
    }

    @Test("make a plan of every run of the quarter, and it survives being stored")
    func runPlans() throws {
        let calendar = try #require(try load(calendars: "calendars").calendar)
        for drill in calendar.drills {
            let factors = calendar.factors(of: drill).factors
            for cycle in 1...12 {
                let values = factors.map { factor in
                    RunPlan.FactorValue(
                        factor: factor.name, value: factor.values[cycle % factor.values.count])
                }
                let variant = DrawnVariant(
                    values: values, seed: 1, parentCycle: nil, rationale: "first")
                let plan = try RunPlan.make(
                    drill: drill, cycle: cycle, scheduled: november, calendar: calendar,
                    variant: variant)
                #expect(Set(plan.faults.map(\.name)).count == plan.faults.count)
                #expect(!plan.pages.isEmpty)
                for fault in plan.faults {
                    let id = FaultID(run: plan.run, fault: fault.name)
                    #expect(FaultID(checking: id.text) != nil)
                }
                let stored = try JSONEncoder().encode(plan)
                #expect(try JSONDecoder().decode(RunPlan.self, from: stored) == plan)
            }
        }
    }

    /// Loads one folder of calendars with all scenarios; hooks must be there.
    private func load(
        calendars folder: String
    ) throws -> (calendar: DrillCalendar?, problems: [Problem]) {
        var problems: [Problem] = []
        let calendars = try files(in: folder, suffix: ".calendar", into: &problems)
        let scenarios = try files(in: "scenarios", suffix: ".scenario", into: &problems)
        let result = DrillCalendar.reading(
            calendars: calendars, scenarios: scenarios, zones: Fixture.zones,
            specifiers: Fixture.specifiers, at: november
        ) { hook, position in
            let path = repository.appendingPathComponent("scenarios/\(hook.hook)").path
            if FileManager.default.isExecutableFile(atPath: path) { return [] }
            return [Problem("there is no hook '\(hook.hook)'", at: position)]
        }
        return (result.calendar, problems + result.problems)
    }

    private func files(
        in folder: String, suffix: String, into problems: inout [Problem]
    ) throws -> [UnitFile] {
        let path = repository.appendingPathComponent(folder).path
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
            .filter { $0.hasSuffix(suffix) }.sorted()
        #expect(!names.isEmpty)
        return names.compactMap { name in
            guard let bytes = FileManager.default.contents(atPath: "\(path)/\(name)") else {
                return nil
            }
            return UnitFile.parse(
                Array(bytes), name: name, path: "\(folder)/\(name)", into: &problems)
        }
    }
}

extension Drill {
    /// The first start in 2027.
    fileprivate var firstStart: WallInstant {
        nextOccurrence(after: WallInstant(microsecondsSinceEpoch: 1_798_761_600_000_000))
            ?? november
    }
}
