import CalendarTime
import Drills
import IncidentCommand
import Testing

@Suite("A checkpoint")
struct CheckpointTests {
    @Test("opens with the response, and then when the decision said")
    func opens() {
        var session = Session.responding()
        session.pass(to: 120)
        session.decide(.sample(next: .minutes(4)))
        session.pass(to: 420)
        session.decide(.sample(next: .minutes(2)))
        session.pass(to: 539)
        #expect(
            Drawing(session, of: ["checkpoint", "reassessment"]).text == """
                checkpoint |1 D   2D|
                """)
        #expect(session.board.checkpoints.next?.at == second(540))
        #expect(
            session.board.checkpoints.next?.reason == "2min after the decision at checkpoint 2")
    }

    @Test("without a decision freezes discussion, names an owner, and is followed within 5min")
    func isOverdue() {
        var session = Session.responding()
        session.pass(to: 360)
        #expect(
            session.act(.recommend(.sample()), by: "sre-2")
                == """
                discussion is frozen, checkpoint 1 has no decision after 5min; lead-1 or \
                deputy-1 has to choose a branch
                """)
        session.decide(.sample(next: .minutes(20)), by: "deputy-1")
        session.pass(to: 660)
        #expect(
            Drawing(session, of: ["checkpoint", "reassessment"]).text == """
                checkpoint |1    !D    2|
                """)
        #expect(
            session.entries.contains {
                $0.event == .overran(overrun: .decision(checkpoint: 1), owner: "deputy-1")
            })
        #expect(session.act(.recommend(.sample()), by: "sre-2") == nil)
    }

    @Test("without a deputy is the commander's to answer for")
    func fallsToTheCommander() {
        var session = Session.responding(.attended(roster: .with(deputy: nil)))
        session.pass(to: 300)
        #expect(
            session.board.overruns.all.map(\.owner) == ["sre-1", "sre-1", "lead-1"],
            "two stretches of the response, and the decision")
    }

    @Test("is brought forward by a handoff, never pushed back")
    func isBroughtForward() {
        var session = Session.responding()
        session.decide(.sample(next: .minutes(10)))
        session.act(.handOff(.sample(next: .minutes(15))))
        #expect(session.board.checkpoints.next?.at == second(600))
        session.act(.handOff(.sample(to: "sre-3", next: .minutes(3))), by: "sre-2")
        #expect(session.board.checkpoints.next?.at == second(180))
        session.pass(to: 180)
        session.act(.handOff(.sample(to: "sre-2", next: .minutes(4))), by: "sre-3")
        session.decide(.sample(next: .minutes(20)))
        #expect(session.board.checkpoints.next?.at == second(420))
        #expect(
            session.board.checkpoints.next?.reason
                == "promised at the handoff of lane response")
    }

    @Test("comes as early as the earliest of several handoffs promised")
    func keepsTheEarliestPromise() {
        var session = Session.responding()
        session.act(.handOff(.sample(next: .minutes(4))))
        session.act(.handOff(.sample(to: "sre-3", next: .minutes(15))), by: "sre-2")
        session.decide(.sample(next: .minutes(20)))
        #expect(session.board.checkpoints.next?.at == second(240))
        #expect(session.board.checkpoints.lastDecision?.next.at == second(240))
    }

    @Test("holds for the decision that was made, which says how soon the next one really is")
    func holds() {
        var session = Session.responding()
        let decision = Decision.sample(next: .minutes(15))
        #expect(session.board.holding(.decide(decision)) == .decide(decision))
        session.pass(to: 300)
        #expect(
            session.board.holding(.decide(decision)) == .decide(.sample(next: .minutes(5))))
        let soon = ResponseAct.decide(.sample(next: .minutes(3)))
        #expect(session.board.holding(soon) == soon)
    }

    @Test("shows its packet as it was when it opened")
    func showsItsPacket() throws {
        var session = Session.responding()
        session.act(.addEvidence(.sample()))
        session.decide(.sample(next: .minutes(1)))
        session.act(.handOff(.sample()))
        session.note(.preChecked(check: .revision, passed: false, detail: "no release is tagged"))
        session.pass(to: 60)
        let packet = try #require(session.board.checkpoints.open).packet
        #expect(packet.severity == .sev2)
        #expect(
            packet.posture == [
                "take the most reversible rung first; roll back if the next checkpoint shows no gain",
                "stop writes first; correct later from the record, replay only reconciled",
            ])
        #expect(packet.owners.map(\.person) == ["sre-3", "sre-2", "sre-2", "comms-1"])
        #expect(packet.outputs.map(\.command) == ["errors --by flag"])
        #expect(packet.outputs.map(\.firstLine) == ["41%"])
        #expect(packet.outputs.map(\.evidence) == [1])
        #expect(
            packet.residualRisk == [
                "fault latency is in place", "page checkout is not acknowledged",
                "revision: no release is tagged", "the scope is not confirmed",
                "unknown in response: whether refunds are hit",
            ])
        #expect(session.board.packet.outputs.isEmpty, "they belong to the checkpoint before")
    }

    @Test("opens no more after the all clear")
    func endsWithTheClear() {
        var session = Session.scoped()
        session.decide()
        session.rollBack()
        session.act(.clear(reason: "errors are gone"))
        session.pass(to: 3_000)
        #expect(session.board.checkpoints.all.count == 1)
    }
}
