import CalendarTime
import Drills
import IncidentCommand
import Testing

@Suite("Promised updates")
struct UpdateTests {
    @Test("are due an interval after the last was sent or missed; each miss is told once")
    func areDue() {
        var session = Session.responding(
            .attended(
                response: .attended(cadence: [
                    .init(kind: .firstFiveMinutes, every: .minutes(5)),
                    .init(kind: .internal, every: .minutes(3)),
                ])))
        session.pass(to: 120)
        session.act(.sendUpdate(.internal, note: "rolling back"))
        #expect(session.board.updates.next(of: .internal)?.due == second(300))
        session.pass(to: 600)
        session.act(.sendUpdate(.internal, note: ""))
        session.pass(to: 720)
        #expect(
            Drawing(session, of: ["update"]).text == """
                update first-five |     !|
                update internal   |  u  !  ! u|
                """)
        #expect(session.board.updates.next(of: .internal)?.number == 5)
        #expect(session.board.updates.next(of: .firstFiveMinutes) == nil)
        #expect(
            session.entries.map(\.event).contains(
                .overran(overrun: .update(.internal, number: 2), owner: "comms-1")))
    }

    @Test("are due no more after the all clear")
    func end() {
        var session = Session.scoped(
            .attended(response: .attended(cadence: [.init(kind: .internal, every: .minutes(3))])))
        session.rollBack()
        session.act(.clear(reason: "errors are gone"))
        session.pass(to: 1_000)
        #expect(Drawing(session, of: ["update"]).text == "")
    }

    @Test("may be sent unasked, and are kept")
    func areKept() {
        var session = Session.responding()
        session.act(.sendUpdate(.leadership, note: "one region"))
        #expect(session.board.updates.sent.map(\.kind) == [.leadership])
        #expect(session.board.updates.nextDue == nil)
    }
}

@Suite("The session's timeline")
struct SessionClockTests {
    @Test("tells which stretch took too long", arguments: SessionTimeline.allCases)
    func tells(timeline: SessionTimeline) {
        let drawings: [SessionTimeline: String] = [
            .fifteen: """
            stretch acknowledge | !|
            stretch communicate |               !|
            stretch mitigate    |        !|
            stretch scope       |   !|
            stretch verify      |            !|
            """,
            .fortyFive: """
            stretch acknowledge |  !|
            stretch communicate |                                             !|
            stretch mitigate    |                         !|
            stretch scope       |        !|
            stretch verify      |                                     !|
            """,
            .sixty: """
            stretch acknowledge |   !|
            stretch communicate |                                                            !|
            stretch mitigate    |                                   !|
            stretch scope       |          !|
            stretch verify      |                                                  !|
            """,
        ]
        var session = Session.responding(.attended(response: .attended(timeline: timeline)))
        session.pass(to: 3_600)
        #expect(Drawing(session, of: ["stretch"]).text == drawings[timeline])
    }

    @Test("is silent when every stretch is over in time")
    func isSilent() {
        var session = Session.scoped()
        #expect(session.board.session.current?.name == .mitigate)
        session.rollBack()
        session.act(.clear(reason: "errors are gone"))
        session.act(.postStatus(text: "all is well", outOfTurn: .asymmetricSeverity))
        session.pass(to: 3_600)
        #expect(session.board.overruns.all.isEmpty)
        #expect(session.board.session.current == nil)
        #expect(session.board.session.end(of: .communicate) == second(0))
        #expect(session.board.nextWake == nil)
    }

    @Test("ends the word to everybody when the script has posted it, not when it is asked for")
    func waitsForTheScript() {
        var session = Session.scoped(.attended(responses: [.sample(.rollback), .sample(.status)]))
        session.rollBack()
        session.act(.postStatus(text: "all is well", outOfTurn: .asymmetricSeverity))
        for status: Int32 in [1, 0] {
            #expect(session.board.session.end(of: .communicate) == nil)
            session.note(
                .responseFinished(
                    response: "status", page: nil, person: "sre-1", report: .exit(status)))
        }
        #expect(session.board.session.end(of: .communicate) == second(0))
    }

    @Test("goes back to the acks while pages still come before the deadline")
    func reopens() {
        var session = Session.responding(.attended(pages: [.sample("a"), .sample("b")]))
        session.acknowledge("a")
        session.acknowledge("b")
        #expect(session.board.session.end(of: .acknowledge) == second(0))
        session.pass(to: 30)
        session.note(.ackExpired(page: "a", person: "sre-1"))
        #expect(session.board.session.end(of: .acknowledge) == nil)
        session.pass(to: 60)
        #expect(Drawing(session, of: ["stretch"]).text == "stretch acknowledge | !|")
    }

    @Test("ends with the run being cut short")
    func endsWithTheRun() {
        var session = Session.responding()
        session.note(.phaseEntered(phase: .aborted))
        #expect(session.board.nextWake == nil)
        session.pass(to: 3_600)
        #expect(session.board.overruns.all.isEmpty)
    }

    @Test("wants all clear within its limit from the injection")
    func wantsAllClear() {
        var session = Session.scoped(
            .attended(response: .attended(timeline: .sixty, allClear: .minutes(7))))
        session.decide()
        session.pass(to: 480)
        #expect(Drawing(session, of: ["all"]).text == "all clear |       !|")
        #expect(session.board.overruns.all.first?.owner == "lead-1")
    }
}

@Suite("An overrun")
struct OverrunTests {
    @Test("asks for its reason, which is process debt")
    func isExplained() throws {
        var session = Session.responding()
        session.pass(to: 60)
        let overrun = Overrun.stretch(.acknowledge)
        #expect(session.board.overruns.open.map(\.overrun) == [overrun])
        #expect(
            session.act(.explainOverrun(overrun, reason: " "))
                == "an explanation needs a reason; say what took so long")
        #expect(session.act(.explainOverrun(overrun, reason: "the pager was off")) == nil)
        #expect(session.board.overruns.open.isEmpty)
        let debt = try #require(session.board.overruns.debt.first)
        #expect(debt.explanation?.reason == "the pager was off")
        #expect(debt.owner == "sre-1")
        #expect(
            session.act(.explainOverrun(overrun, reason: "again"), by: "sre-2")
                == "sre-1 explained already that acknowledge took longer than planned")
    }

    @Test("that did not happen is not explained")
    func isOnTheRecord() {
        var session = Session.responding()
        #expect(
            session.act(.explainOverrun(.allClear, reason: "r"))
                == """
                it is not on the record that all clear did not come in time; nothing is to be \
                explained
                """)
    }
}
