import CalendarTime
import Drills
import Foundation
import Testing
import UnitFiles

@Suite("What a drill promises and expects of people")
struct ResponsePlanTests {
    @Test("is nothing but the usual limits when the calendar does not say")
    func defaults() throws {
        let plan = try response("")
        #expect(
            plan
                == ResponsePlan(
                    isAttended: false, ackExpiry: nil, addresses: [], cadence: [],
                    timeline: .fortyFive, decisionLimit: .minutes(5), allClear: .minutes(15),
                    revision: nil, evidencePlace: nil))
    }

    @Test("is what the calendar says, and each run has it")
    func everything() throws {
        let plan = try response(
            """
            Channel=
            Channel=topic pager
            Attended=yes
            AckExpirySec=5min
            Updates=internal:5min stakeholder:15min
            Timeline=15min
            DecisionSec=3min
            AllClearSec=10min
            Evidence=/srv/evidence
            [Target shop]
            Revision=hooks/revision --good
            [Channel topic]
            Type=ntfy
            [Channel unused]
            Type=ntfy
            [Person sre-1]
            Address=topic:sre-1-drills pager:desk:3 unused:x
            [Person sre-2]
            Address=topic:sre-2-drills
            [Person observer-1]
            Address=topic:olga
            """)
        #expect(
            plan
                == ResponsePlan(
                    isAttended: true, ackExpiry: .minutes(5),
                    addresses: [
                        Address(person: "sre-1", channel: "topic", text: "sre-1-drills"),
                        Address(person: "sre-1", channel: "pager", text: "desk:3"),
                        Address(person: "sre-2", channel: "topic", text: "sre-2-drills"),
                    ],
                    cadence: [
                        ResponsePlan.Promise(kind: .internal, every: .minutes(5)),
                        ResponsePlan.Promise(kind: .stakeholder, every: .minutes(15)),
                    ],
                    timeline: .fifteen, decisionLimit: .minutes(3), allClear: .minutes(10),
                    revision: HookCommand(hook: "hooks/revision", arguments: ["--good"]),
                    evidencePlace: "/srv/evidence"))
    }

    @Test(
        "divides the session by the longest timeline that fits the drill",
        arguments: [
            ("1min", .fifteen), ("44min", .fifteen), ("45min", .fortyFive), ("59min", .fortyFive),
            ("1h", .sixty), ("3h", .sixty),
        ] as [(String, SessionTimeline)])
    func timeline(duration: String, timeline: SessionTimeline) throws {
        let drop = "DurationSec=\(duration)\n"
        var fixture = Fixture()
        fixture.dropIns["slow.scenario"] =
            "[Fault latency]\nStartSec=0\nDurationSec=1s\n[Probe checkout]\nHoldSec=2s\n[Mutate]\n"
            + "FaultTiming=\nFaultTiming=0\n"
        #expect(try response(drop, in: fixture).timeline == timeline)
    }

    @Test("has the hook that prints the revision checked like any other")
    func revisionHook() {
        var fixture = Fixture()
        fixture.dropIns["base.calendar"] = "[Target shop]\nRevision=hooks/revision\n"
        let result = fixture.load { hook, position in
            hook.hook == "hooks/revision" ? [Problem("\(hook) is missing", at: position)] : []
        }
        #expect(
            result.problems.map(\.description) == [
                "base.calendar.d/test.conf:2:10: hooks/revision is missing"
            ])
    }

    @Test("keeps the channels of the drill in their order")
    func channels() throws {
        var fixture = Fixture()
        fixture.dropIns["base.calendar"] = """
            [Channel am]
            Type=alertmanager
            Url=http://127.0.0.1:9093
            [Drill rollback]
            Channel=
            Channel=am pager
            """
        let plan = try run(of: fixture)
        #expect(plan.channels.map(\.name.text) == ["am", "pager"])
    }

    @Test("survives being stored")
    func storing() throws {
        let plan = try response(
            """
            Channel=topic
            Attended=yes
            AckExpirySec=90s
            Updates=leadership:30min
            Evidence=https://example.org/drills
            [Channel topic]
            Type=ntfy
            [Person sre-1]
            Address=topic:a
            [Person sre-2]
            Address=topic:b
            """)
        let stored = try JSONEncoder().encode(plan)
        #expect(try JSONDecoder().decode(ResponsePlan.self, from: stored) == plan)
    }

    /// The plan of a run of the drill `rollback` with these keys in its section.
    private func response(_ keys: String, in fixture: Fixture = Fixture()) throws -> ResponsePlan {
        var fixture = fixture
        fixture.dropIns["base.calendar"] = "[Drill rollback]\n\(keys)\n"
        return try run(of: fixture).response
    }

    private func run(of fixture: Fixture) throws -> RunPlan {
        let calendar = try fixture.calendar()
        let drill = try #require(calendar.drill(named: "rollback"))
        let values = [RunPlan.FactorValue(factor: "technical", value: "slow")]
        return try RunPlan.make(
            drill: drill, cycle: 1, scheduled: november, calendar: calendar,
            variant: DrawnVariant(values: values, seed: 7, parentCycle: nil, rationale: "first"))
    }
}

@Suite("A page in a scenario")
struct PageReadingTests {
    @Test("has the labels, duplicates and ends that its section says")
    func everything() throws {
        let page = try page(
            """
            Summary=Search is slow
            AfterSec=10s
            To=secondary
            Severity=SEV-3
            Labels=service=search alertname=SearchSlow "note=a b=c"
            Duplicates=2
            RepeatEverySec=5s
            Noise=yes
            ResolveSec=1min
            Team=search
            """)
        #expect(
            page
                == PagePlan(
                    name: "p", summary: "Search is slow", after: .seconds(10), to: .secondary,
                    severity: .sev3,
                    labels: [
                        PagePlan.Label(name: "service", value: "search"),
                        PagePlan.Label(name: "alertname", value: "SearchSlow"),
                        PagePlan.Label(name: "note", value: "a b=c"),
                    ],
                    duplicates: 2, repeatEvery: .seconds(5), isNoise: true,
                    resolveAfter: .minutes(1), team: "search"))
    }

    @Test("is one page to the primary with the scenario's severity otherwise")
    func defaults() throws {
        #expect(
            try page("Summary=Search is slow")
                == PagePlan(
                    name: "p", summary: "Search is slow", after: .zero, to: .primary,
                    severity: .sev2))
    }

    private func page(_ keys: String) throws -> PagePlan {
        var fixture = Fixture()
        fixture.dropIns["slow.scenario"] = "[Page p]\n\(keys)\n"
        return try #require(try fixture.calendar().scenarios["slow"]?.pages.first)
    }
}
