import Drills
import IncidentCommand
import Testing

@Suite("A step")
struct StageTests {
    @Test("waits for the response to begin")
    func waits() {
        var session = Session()
        #expect(
            session.decide()
                == "the response has not begun; wait until the failure is in place")
    }

    @Test("is taken neither in a run of scripts nor after the end")
    func fitsTheStage() {
        var scripted = Session.responding(.attended(response: .attended(false)))
        #expect(
            scripted.decide()
                == """
                people take no steps in this run, its scripts do; write Attended=yes in its \
                [Drill] section
                """)
        var session = Session.scoped()
        session.rollBack()
        session.act(.clear(reason: "errors are gone"))
        #expect(
            session.decide()
                == "sre-1 declared all clear; status, trace and investigate remain")
        session.note(.phaseEntered(phase: .verify))
        #expect(
            session.act(.investigate(note: "why the flag", outOfTurn: .asymmetricSeverity)) == nil)
        session.note(.closed(outcome: .completed))
        #expect(
            session.act(.addEvidence(.sample()))
                == "the run is closed; nothing can be added to it")
    }

    @Test("is not taken while everything is being taken back")
    func isNotTakenAfterwards() {
        var session = Session.responding()
        session.note(.phaseEntered(phase: .verify))
        #expect(
            session.decide()
                == """
                the response is over, everything is being taken back; status, trace and \
                investigate remain
                """)
    }
}
