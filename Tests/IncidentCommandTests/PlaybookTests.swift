import CalendarTime
import Drills
import IncidentCommand
import Samples
import Testing

@Suite("The playbook")
struct PlaybookTests {
    static let refusals: [(ResponseAct, String)] = [
        (
            .confirmScope(.small),
            "nobody has acknowledged a page; acknowledge one before the scope is confirmed"
        ),
        (
            .rollBack(outOfTurn: nil),
            """
            stop-the-bleed is out of turn, acknowledge is next; take that first or name one of \
            the reasons asymmetric-severity, rollback-would-not-stop-this, data-corruption
            """
        ),
        (
            .captureTrace(note: "n", outOfTurn: .dataCorruption),
            """
            data-corruption is no reason for trace; acknowledge is next, data-corruption lets \
            only stop-the-bleed go first, to stop the writes
            """
        ),
        (
            .rollBack(outOfTurn: .rollbackWouldNotStopIt),
            """
            rollback-would-not-stop-this is no reason for stop-the-bleed; acknowledge is next, \
            rollback-would-not-stop-this lets trace, status and investigate go first
            """
        ),
    ]

    @Test("offers each step only in its turn")
    func offersInTurn() {
        var session = Session()
        #expect(session.board.playbook.offered == nil)
        session.begin()
        #expect(session.board.playbook.offered == .page)
        session.page("checkout")
        #expect(session.board.playbook.offered == .acknowledge)
        session.acknowledge()
        #expect(session.board.playbook.offered == .scope)
        session.act(.confirmScope(.small))
        #expect(session.board.playbook.offered == .stopTheBleed)
        session.rollBack()
        #expect(session.board.playbook.offered == .trace)
        session.act(.captureTrace(note: "trace 7", outOfTurn: nil))
        #expect(session.board.playbook.offered == .status)
        session.act(.postStatus(text: "rolled back", outOfTurn: nil))
        #expect(session.board.playbook.offered == .investigate)
        session.act(.investigate(note: "why the flag", outOfTurn: nil))
        #expect(session.board.playbook.offered == nil)
        #expect(session.board.playbook[.trace] == .taken(Signed(by: "sre-1", at: second(0))))
    }

    @Test(
        "refuses a step out of its turn, and says which is next and what would be a reason",
        arguments: refusals)
    func refusesOutOfTurn(act: ResponseAct, reason: String) {
        var session = Session.responding()
        #expect(session.act(act) == reason)
        #expect(session.board.playbook.offered == .acknowledge)
    }

    @Test("tells who is early to wait for the page")
    func waitsForThePage() {
        var session = Session()
        session.begin()
        #expect(
            session.act(.rollBack(outOfTurn: nil))
                == """
                stop-the-bleed is out of turn, no page has come yet; wait for it or name one of \
                the reasons asymmetric-severity, rollback-would-not-stop-this, data-corruption
                """)
    }

    @Test(
        "takes a step out of its turn for a named reason, and keeps the reason",
        arguments: [
            (ResponseAct.rollBack(outOfTurn: .asymmetricSeverity), PlaybookStep.stopTheBleed),
            (.rollBack(outOfTurn: .dataCorruption), .stopTheBleed),
            (.captureTrace(note: "n", outOfTurn: .rollbackWouldNotStopIt), .trace),
            (.investigate(note: "n", outOfTurn: .rollbackWouldNotStopIt), .investigate),
            (.postStatus(text: "t", outOfTurn: .asymmetricSeverity), .status),
        ])
    func leavesTheOrder(act: ResponseAct, step: PlaybookStep) throws {
        var session = Session.responding()
        #expect(session.act(act) == nil)
        let departure = try #require(session.board.playbook.departures.first)
        #expect(departure.step == step)
        #expect(departure.reason == act.outOfTurn)
        #expect(session.board.playbook.offered == .acknowledge)
    }

    @Test("passes the rollback over when it would not stop the bleed; it may be made up for")
    func passesOver() {
        var session = Session.scoped()
        session.act(.captureTrace(note: "n", outOfTurn: .rollbackWouldNotStopIt))
        let skip = Playbook.State.skipped(.outOfTurn(.rollbackWouldNotStopIt))
        #expect(session.board.playbook[.stopTheBleed] == skip)
        #expect(session.board.playbook.offered == .status)
        #expect(session.act(.rollBack(outOfTurn: nil)) == nil)
        #expect(
            session.board.playbook[.stopTheBleed] == .taken(Signed(by: "sre-1", at: second(0))))
    }

    @Test("ignores a reason that was not needed")
    func ignoresNeedlessReasons() {
        var session = Session.scoped()
        session.act(.rollBack(outOfTurn: .asymmetricSeverity))
        #expect(session.board.playbook.departures.isEmpty)
    }

    @Test("lets a finished step be repeated")
    func repeats() {
        var session = Session.scoped()
        session.rollBack()
        session.act(.captureTrace(note: "trace 7", outOfTurn: nil))
        #expect(session.act(.captureTrace(note: "trace 8", outOfTurn: nil)) == nil)
        #expect(session.act(.confirmScope(Scope(users: .one, routes: .one, regions: .one))) == nil)
        #expect(session.board.playbook.scope?.users == .one)
    }

    @Test("fires no second rollback while one is under way, and offers it again when it failed")
    func rollsBackOnce() {
        var session = Session.scoped()
        session.act(.rollBack(outOfTurn: nil))
        let reason = "the rollback of sre-1 is under way; wait until it has ended"
        #expect(session.act(.rollBack(outOfTurn: nil), by: "sre-2") == reason)
        session.startRollback()
        #expect(session.act(.rollBack(outOfTurn: nil), by: "sre-2") == reason)
        session.finishRollback(1)
        #expect(session.board.playbook.offered == .stopTheBleed)
        #expect(session.act(.rollBack(outOfTurn: nil), by: "sre-2") == nil)
    }

    @Test("takes a rollback that the scenario has no step for as declared")
    func takesDeclarations() {
        var session = Session.scoped(.attended(responses: []))
        #expect(session.act(.rollBack(outOfTurn: nil)) == nil)
        #expect(session.board.playbook.rollbackUnderWay == nil)
        #expect(session.board.damage.isStopped)
    }

    @Test("begins with the scope when nobody is paged")
    func beginsWithoutPages() {
        let session = Session.responding(.attended(pages: []))
        #expect(session.board.playbook.offered == .scope)
        #expect(session.board.playbook[.page] == .skipped(.noPages))
    }

    @Test("knows that people found out when no page got through")
    func foundOut() {
        var session = Session()
        session.begin()
        session.acknowledge()
        #expect(session.board.playbook[.page] == .skipped(.foundOut))
        #expect(session.board.playbook.offered == .scope)
    }

    @Test("follows the steps that scripts take")
    func followsScripts() {
        var session = Session.responding(.sample())
        session.startRollback()
        #expect(
            session.board.playbook[.stopTheBleed] == .taken(Signed(by: "sre-1", at: second(0))))
        #expect(session.board.playbook.departures.isEmpty)
    }
}
