import CalendarTime
import Drills
import Testing

@Suite("A run plan")
struct RunPlanTests {
    @Test(
        "shifts faults in time, never before the beginning, and keeps their duration",
        arguments: [("-10min", 0), ("0", 5), ("+10min", 15)] as [(String, Int64)])
    func shifts(timing: String, minutes: Int64) throws {
        let plan = try plan(drawing: ["timing": timing])
        let fault = try #require(plan.faults.first)
        #expect(fault.start == .minutes(minutes))
        #expect(fault.duration == .minutes(10))
    }

    @Test("tells every hook the dependency class and the stress")
    func tellsHooks() throws {
        let plan = try plan(drawing: ["dependency": "billing", "stress": "partial-owners"])
        let told = [
            Parameter(name: "DEPENDENCY_CLASS", value: .literal("billing")),
            Parameter(name: "STRESS", value: .literal("partial-owners")),
        ]
        #expect(plan.faults.map { Array($0.parameters.suffix(2)) } == [told])
        #expect(plan.responses.map(\.parameters) == [told])
        #expect(plan.mutation.dependencyClass == "billing")
        #expect(plan.mutation.stress == "partial-owners")
    }

    @Test("joins both scenarios under names that do not clash")
    func joins() throws {
        var fixture = Fixture()
        fixture.dropIns["gap.scenario"] = """
            [Fault latency]
            Hook=hooks/mute
            DurationSec=1min
            [Probe checkout]
            Command=hooks/present
            [Probe chat]
            Command=hooks/chat
            """
        let plan = try plan(of: fixture, drawing: ["coordination": "gap"])
        #expect(plan.faults.map(\.name.text) == ["latency", "coordination-latency"])
        #expect(plan.probes.map(\.name.text) == ["checkout", "coordination-checkout", "chat"])
        #expect(
            plan.packet.abort.map(\.description) == [
                "hooks/errors-above 50%", "hooks/errors-above 80%",
            ])
        #expect(plan.coordination == "gap")
    }

    @Test("pages the primary at once when the scenario has no pages")
    func pages() throws {
        let page = PagePlan(
            name: "primary", summary: "Payments answer slowly", after: .zero, to: .primary,
            severity: .sev2)
        #expect(try plan(drawing: [:]).pages == [page])
    }

    @Test("says who can act and whether pages get through")
    func conditions() throws {
        let mutation = try plan(drawing: ["owner": "late:5min", "comms": "channel-down"]).mutation
        #expect(mutation.ownerAvailability == .late(.minutes(5)))
        #expect(mutation.comms == .channelDown)
    }

    @Test("lets commanders take turns", arguments: [(1, "lead-1"), (2, "lead-2"), (3, "lead-1")])
    func rotates(cycle: Int, commander: String) throws {
        let plan = try plan(drawing: [:], cycle: cycle)
        #expect(plan.roster.commander.text == commander)
        #expect(plan.run.text == "rollback-\(cycle)")
    }

    @Test(
        "is refused with a reason when the variant does not fit",
        arguments: [
            (
                "technical", "gone",
                "drill 'rollback' drew scenario 'gone', which the calendar does not have; "
                    + "load it again"
            ),
            (
                "timing", "soon",
                "the drawn variant is wrong: 'soon' is no shift in time; write 0, or a sign and a "
                    + "span such as +10min"
            ),
            (
                "owner", "gone",
                "the drawn variant is wrong: 'gone' is no availability; write present, absent or "
                    + "for example late:5min"
            ),
        ])
    func refuses(factor: String, value: String, reason: String) throws {
        let error = #expect(throws: RunPlan.PlanError.self) {
            try plan(drawing: [factor: value])
        }
        #expect(error?.description == reason)
    }

    @Test(
        "injects what its scenario says, unless it is only talked through", arguments: Tier.allCases
    )
    func tiers(tier: Tier) throws {
        var fixture = Fixture()
        fixture.dropIns["base.calendar"] = "[Drill rollback]\nTier=\(tier.rawValue)\n"
        let plan = try plan(of: fixture, drawing: [:])
        #expect(plan.faults.map(\.name) == (tier == .tabletop ? [] : ["latency"]))
        #expect(plan.probes.count == 1 && plan.responses.count == 1)
    }

    @Test("is refused without its target")
    func refusesWithoutTarget() {
        #expect(
            RunPlan.PlanError.unknownTarget("shop").description
                == "the calendar has no target 'shop'; load it again")
    }

    @Test("draws from pools and domains in the order of the files, neutral where there are none")
    func factors() throws {
        let calendar = try Fixture().calendar()
        let drill = try #require(calendar.drill(named: "rollback"))
        let model = calendar.factors(of: drill)
        #expect(
            model.factors.map { "\($0.name): \($0.values.joined(separator: " "))" } == [
                "technical: slow", "coordination: gap", "timing: -10min 0 +10min",
                "dependency: none", "owner: present late:5min absent",
                "comms: normal channel-down", "stress: delayed-signal partial-owners",
            ])
        #expect(model.exclude == ["coordination=gap owner=absent comms=channel-down"])
    }

    private func plan(
        of fixture: Fixture = Fixture(), drawing changes: [String: String], cycle: Int = 1
    ) throws -> RunPlan {
        let calendar = try fixture.calendar()
        let drill = try #require(calendar.drill(named: "rollback"))
        var values = ["technical": "slow"]
        values.merge(changes) { $1 }
        let drawn = values.sorted { $0.key < $1.key }.map {
            RunPlan.FactorValue(factor: $0.key, value: $0.value)
        }
        return try RunPlan.make(
            drill: drill, cycle: cycle, scheduled: november, calendar: calendar,
            variant: DrawnVariant(values: drawn, seed: 7, parentCycle: nil, rationale: "first"))
    }
}
