import CalendarTime
import DrillRuns
import Drills
import Samples
import Testing

@Suite("An attended run")
struct AttendedTests {
    @Test("ends as its people make it end", arguments: Shape.attended)
    func ends(shape: Shape) {
        var edges = SimulatedEdges(shape.plan, in: shape.world)
        #expect(edges.runToTheEnd() == shape.outcome)
    }

    @Test("looks like the golden drawings")
    func looksLikeTheGoldenDrawings() throws {
        let drawn = Shape.attended.map { shape in
            var edges = SimulatedEdges(shape.plan, in: shape.world)
            _ = edges.runToTheEnd()
            return "\(shape.name)\n\(Drawing(edges.entries, withPeople: true).text)\n"
        }.joined(separator: "\n")
        try Golden("attended").expect(drawn)
    }

    @Test("starts no step of the response by itself")
    func startsNothing() {
        let steps = Response.Step.allCases.map(Response.sample)
        var edges = SimulatedEdges(.attended(responses: steps))
        _ = edges.runToTheEnd()
        let started = edges.effects.contains {
            if case .respond = $0.effect { true } else { false }
        }
        #expect(!started)
    }

    @Test("refuses what does not fit, in words")
    func refuses() {
        let world = World(
            failingTries: ["rollback": 1],
            people: [
                (4, .ack("checkout", "sre-1")), (5, .act(.scope, "sre-1")),
                (6, .act(.rollBack, "sre-1")), (7, .act(.rollBack, "sre-1")),
                (9, .act(.clear, "sre-1")), (10, .act(.rollBack, "sre-1")),
                (13, .act(.clear, "sre-1")), (17, .act(.clear, "sre-1")),
            ])
        var edges = SimulatedEdges(.attended(), in: world)
        #expect(edges.runToTheEnd() == .completed)
        #expect(
            edges.refusals == [
                "the rollback of sre-1 is under way; wait until it has ended",
                "the bleed is not stopped, nothing was rolled back or mitigated; stop it first",
                "it is too early for all clear: "
                    + "the steady state has not held yet; wait until every probe has",
            ])
        #expect(edges.notes == ["response rollback failed: exit 1; sre-1 may try again"])
    }

    @Test("refuses to be over before the kind's own step is done")
    func refusesToBeOver() {
        let plan = RunPlan.attended(
            kind: .replay, faults: [], responses: [.sample(.trace), .sample(.replay)], probes: [])
        let world = World(people: [
            (4, .ack("checkout", "sre-1")), (5, .act(.scope, "sre-1")),
            (6, .act(.trace, "sre-1")), (6.5, .act(.trace, "sre-1")),
            (9, .act(.clear, "sre-1")),
        ])
        var edges = SimulatedEdges(plan, in: world)
        #expect(edges.runToTheEnd() == .censored(reason: "not done within 1min"))
        #expect(
            edges.refusals == [
                "the trace of sre-1 is under way; wait until it has ended",
                "it is too early for all clear: the replay has no answer; run it first",
            ])
    }

    @Test("refuses every act after the close")
    func refusesAfterTheClose() {
        var edges = SimulatedEdges(.attended())
        _ = edges.runToTheEnd()
        let event = edges.run.judge(
            .scope, by: "sre-1", via: "console",
            at: .sample(BootInstant(microsecondsSinceBoot: .max)))
        #expect(
            event
                == .actRefused(
                    act: .scope, person: "sre-1",
                    reason: "the run is closed; nothing can be added to it"))
    }

    @Test("does not begin when a pre-check fails, and says all that is wrong")
    func preChecks() {
        let bare = Roster(
            commander: "lead-1", deputy: "lead-2", scoreOwner: "scorer-1", observers: [],
            onCall: Roster.full.onCall, lanes: [.response: "sre-1", .comms: "comms-1"])
        var edges = SimulatedEdges(
            .attended(roster: bare),
            in: World(failingPreChecks: [.rollbackPath], unknownPreChecks: [.evidencePlace]))
        let reason =
            "pre-check owners: lane injection has no owner; lane verification has no owner, "
            + "pre-check rollback-path: looked"
        #expect(edges.runToTheEnd() == .notStarted(reason: reason))
    }

    @Test("looks at nothing beforehand when scripts respond")
    func noPreChecks() {
        var edges = SimulatedEdges(.attended(isAttended: false))
        _ = edges.runToTheEnd()
        let looked = edges.entries.contains {
            if case .preChecked = $0.event { true } else { false }
        }
        #expect(!looked)
    }
}

extension SimulatedEdges {
    /// Why acts were refused, in order.
    var refusals: [String] {
        entries.compactMap {
            if case .actRefused(_, _, let reason) = $0.event { reason } else { nil }
        }
    }

    /// What was noted, in order.
    var notes: [String] {
        entries.compactMap { if case .noted(let text) = $0.event { text } else { nil } }
    }
}

extension Shape {
    static let attended: [Shape] = [
        Shape(
            "rollback by hand: it fails once, then holds, then forward again", .attended(),
            in: World(
                failingTries: ["rollback": 1],
                people: [
                    (4, .ack("checkout", "sre-1")), (5, .act(.scope, "sre-1")),
                    (6, .act(.rollBack, "sre-1")), (9, .act(.rollBack, "sre-1")),
                    (17, .act(.clear, "sre-1")),
                ]), ends: .completed),
        Shape(
            "replay by hand, with a status",
            .attended(
                kind: .replay, faults: [],
                responses: [.sample(.trace), .sample(.replay), .sample(.status)], probes: []),
            in: World(
                responseStatus: ["replay": 3],
                people: [
                    (4, .ack("checkout", "sre-1")), (5, .act(.scope, "sre-1")),
                    (6, .act(.trace, "sre-1")), (9, .act(.replay, "sre-1")),
                    (10, .act(.status, "comms-1")), (13, .act(.clear, "sre-1")),
                ]), ends: .completed),
        Shape(
            "storm: the primary is silent, the secondary acknowledges and clears",
            .attendedStorm(),
            in: World(people: [
                (9, .ack("a", "sre-2")), (10, .ack("b", "sre-2")), (11, .act(.scope, "sre-2")),
                (12, .act(.investigate, "sre-2")), (14, .act(.clear, "sre-2")),
            ]), ends: .completed),
        Shape(
            "storm: an ack lapses, and the page is everybody's again",
            .attendedStorm(ackExpiry: .seconds(4)),
            in: World(people: [
                (3, .ack("a", "sre-1")), (4, .ack("b", "sre-1")), (20, .ack("a", "sre-1")),
                (20.2, .ack("b", "sre-2")), (21, .act(.scope, "sre-2")),
                (21.5, .act(.investigate, "sre-2")), (22, .act(.clear, "sre-2")),
            ]), ends: .completed),
        Shape(
            "storm: every channel loses everything, and nobody is left",
            .attendedStorm(duration: .seconds(20)),
            in: World(channels: ["pager": .rejects, "chat": .loses]),
            ends: .censored(reason: "not done within 20s")),
        Shape(
            "nobody does anything", .attended(duration: .seconds(20)),
            ends: .censored(reason: "not done within 20s")),
    ]
}
