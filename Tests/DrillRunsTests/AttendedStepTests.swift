import CalendarTime
import DrillRuns
import Drills
import Samples
import Testing

@Suite("A run that people step through")
struct AttendedStepTests {
    @Test("is not over while a step of it is running")
    func waitsForItsSteps() {
        let world = World(people: [
            (4, .ack("checkout", "sre-1")), (5, .act(.scope, "sre-1")),
            (5.5, .act(.trace, "sre-1")), (6, .act(.rollBack, "sre-1")),
            (7, .act(.clear, "sre-2")), (9, .act(.status, "comms-1")),
            (10, .act(.clear, "sre-2")), (17, .act(.clear, "sre-2")),
        ])
        var edges = SimulatedEdges(
            .attended(
                kind: .pageStorm, faults: [], responses: [.sample(.rollback), .sample(.status)],
                probes: []), in: world)
        #expect(edges.runToTheEnd() == .completed)
        #expect(
            edges.refusals == [
                "the rollback of sre-1 is under way; wait until it has ended",
                "the status of comms-1 is under way; wait until it has ended",
            ])
    }

    @Test("names as owner whoever was handed the lane")
    func namesTheOwner() {
        let handoff = Handoff(
            lane: .verification, to: "sre-3", scopeBoundary: "one route", openUnknowns: "why",
            nextCheckpoint: .minutes(5), rollbackTrigger: "errors grow")
        let world = World(people: [
            (4, .ack("checkout", "sre-1")), (5, .act(.scope, "sre-1")),
            (6, .act(.rollBack, "sre-1")),
            (7, .act(.ownLane(.comms, owner: "observer-1"), "lead-1")),
            (8, .act(.handOff(handoff), "sre-2")), (17, .act(.clear, "sre-1")),
        ])
        var edges = SimulatedEdges(.attended(), in: world)
        _ = edges.runToTheEnd()
        let owners = edges.entries.compactMap { entry -> PersonName? in
            guard case .ownerNamed(_, _, let person) = entry.event else { return nil }
            return person
        }
        #expect(owners == ["sre-3", "sre-1", "sre-3", "observer-1"])
    }

    @Test("takes a status after all clear to its end before it closes")
    func postsAfterAllClear() {
        let world = World(people: [
            (4, .ack("checkout", "sre-1")), (5, .act(.scope, "sre-1")),
            (6, .act(.rollBack, "sre-1")), (17, .act(.clear, "sre-1")),
            (17.5, .act(.status, "comms-1")),
        ])
        var edges = SimulatedEdges(
            .attended(responses: [.sample(.rollback), .sample(.status)]), in: world)
        #expect(edges.runToTheEnd() == .completed)
        let status = Effect.respond("status", page: nil, as: "comms-1", text: "we are on it")
        #expect(edges.effects.contains { $0.effect == status })
        let ended = edges.entries.firstIndex { entry in
            if case .responseFinished("status", _, _, _) = entry.event { true } else { false }
        }
        let resolved = edges.entries.firstIndex { $0.event == .resolved }
        #expect(ended != nil && resolved != nil)
        #expect(ended ?? 0 > resolved ?? 0, "nothing else waits for it")
    }

    @Test("is closed at its deadline though a status has not ended, and stays completed")
    func endsInTime() {
        let world = World(people: [
            (4, .ack("checkout", "sre-1")), (5, .act(.scope, "sre-1")),
            (6, .act(.rollBack, "sre-1")), (17, .act(.clear, "sre-1")),
            (17.9, .act(.status, "comms-1")),
        ])
        var edges = SimulatedEdges(
            .attended(
                responses: [.sample(.rollback), .sample(.status)], duration: .seconds(19)),
            in: world)
        #expect(edges.runToTheEnd() == .completed)
        #expect(edges.entries.last?.at == BootInstant(microsecondsSinceBoot: 19_000_000))
    }

    @Test("runs no step once somebody stopped it")
    func runsNothingWhenStopped() {
        let world = World(
            revertsAnswer: false,
            outside: [(7, .haltPulled(by: "lead-1", reason: "real incident"))],
            people: [(4, .ack("checkout", "sre-1")), (8, .act(.status, "comms-1"))])
        var edges = SimulatedEdges(
            .attended(responses: [.sample(.rollback), .sample(.status)]), in: world)
        _ = edges.runToTheEnd()
        #expect(
            edges.refusals == [
                "the run was halted and runs no status any more; say it in an update"
            ])
    }

    @Test("says so when a status could not be posted")
    func notesAFailedStatus() {
        let world = World(
            failingTries: ["status": 1],
            people: [
                (4, .ack("checkout", "sre-1")), (5, .act(.scope, "sre-1")),
                (6, .act(.postStatus(text: "slow", outOfTurn: .asymmetricSeverity), "comms-1")),
            ])
        var edges = SimulatedEdges(
            .attended(responses: [.sample(.rollback), .sample(.status)]), in: world)
        _ = edges.runToTheEnd()
        #expect(edges.notes == ["response status failed: exit 1; comms-1 may try again"])
    }

    @Test("records a decision with the next checkpoint as it will come")
    func capsTheNextCheckpoint() {
        let decision = { (next: TimeSpan) in
            ResponseAct.decide(
                Decision(
                    branch: .continueMitigation, rung: nil, whyNow: "w", rejected: "r",
                    reversibility: "r", blastRadius: "b", verification: "v", confidence: .medium,
                    execution: "sre-1", verificationOwner: "sre-2", nextCheckpoint: next))
        }
        let world = World(people: [(301, .act(decision(.minutes(15)), "lead-1"))])
        var edges = SimulatedEdges(.attended(duration: .minutes(10)), in: world)
        _ = edges.runToTheEnd()
        let decided = RunEvent.acted(act: decision(.minutes(5)), person: "lead-1", via: "console")
        #expect(edges.entries.contains { $0.event == decided })
    }
}
