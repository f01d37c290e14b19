import CalendarTime
import Drills
import IncidentCommand
import Samples
import Testing

@Suite("Damage")
struct DamageTests {
    // 60 users a minute: one for each second.
    @Test("is rate times the time from the injection to the rollback")
    func counts() {
        var session = Session.responding()
        session.pass(to: 30)
        #expect(session.board.damage.usersHarmed(at: session.now) == 30)
        session.acknowledge()
        session.pass(to: 50)
        session.act(.confirmScope(.small))
        session.pass(to: 90)
        session.act(.rollBack(outOfTurn: nil))
        session.startRollback()
        session.pass(to: 100)
        session.finishRollback()
        session.pass(to: 500)
        #expect(session.board.damage.usersHarmed(at: session.now) == 100)
        #expect(session.board.damage.end?.cause == .rollback)
    }

    @Test(
        "would have been less with the bleed stopped right after ack and scope",
        arguments: [
            // ack, scope, rollback fired, rollback ended, bleed-stop-first
            ([10, 20, 80, 90], 30),
            // The scope came late: the rollback was fired without it, and so it would have been.
            ([10, 90, 40, 50], 50),
            // Fired at once: nothing to gain.
            ([10, 20, 20, 35], 35),
        ])
    func bleedStopFirst(times: [Int64], users: Int) {
        var session = Session.responding()
        let steps: [(Int64, (inout Session) -> Void)] = [
            (times[0], { $0.acknowledge() }),
            (times[1], { $0.act(.confirmScope(.small)) }),
            (times[2], { $0.act(.rollBack(outOfTurn: .asymmetricSeverity)) }),
            (times[3], { $0.finishRollback() }),
        ]
        for (at, step) in steps.sorted(by: { $0.0 < $1.0 }) {
            session.pass(to: at)
            step(&session)
        }
        #expect(session.board.damage.bleedStopFirst == users)
        #expect(session.board.damage.usersHarmed(at: session.now) == Int(times[3]))
    }

    @Test("is not told where rate, ack or rollback are unknown")
    func saysNothingUnknown() {
        var session = Session.scoped(.attended(usersPerMinute: nil))
        session.pass(to: 60)
        session.rollBack()
        #expect(session.board.damage.usersHarmed(at: session.now) == nil)
        #expect(session.board.damage.bleedStopFirst == nil)
        var mitigated = Session.scoped()
        mitigated.pass(to: 60)
        mitigated.note(.mitigated)
        #expect(mitigated.board.damage.usersHarmed(at: second(90)) == 60)
        #expect(mitigated.board.damage.bleedStopFirst == nil)
        #expect(Session().board.damage.usersHarmed(at: second(9)) == nil)
    }

    @Test("is counted no further than the close of the run")
    func endsWithTheRun() {
        var session = Session.responding()
        session.pass(to: 40)
        session.note(.closed(outcome: .aborted(reason: "r")))
        #expect(session.board.damage.usersHarmed(at: second(90)) == 40)
        #expect(session.board.damage.end == nil)
    }

    @Test("of a storm that injects nothing counts from its first page")
    func countsFromThePage() {
        var session = Session(.attended(faults: []))
        session.begin()
        session.pass(to: 20)
        session.page("checkout")
        session.pass(to: 50)
        #expect(session.board.damage.usersHarmed(at: session.now) == 30)
    }

    @Test(
        "of a run without pages is compared with the rollback right after the detection",
        arguments: [(true, 60), (false, 50)])
    func countsFromTheDetection(isDetected: Bool, users: Int) {
        var session = Session.responding(.attended(pages: []))
        session.pass(to: 10)
        if isDetected { session.note(.detected(probe: "front")) }
        session.pass(to: 70)
        session.act(.rollBack(outOfTurn: .asymmetricSeverity))
        session.pass(to: 120)
        session.finishRollback()
        #expect(session.board.damage.bleedStopFirst == users)
    }

    @Test("is measured on the wall clock across a restart of the machine, and says so")
    func crossesARestart() throws {
        let plan = RunPlan.attended()
        func entry(_ second: Int64, boot: Int64, _ bootID: String, _ event: RunEvent)
            -> Timeline.Entry
        {
            Timeline.Entry(
                at: Moment(
                    wall: WallInstant(microsecondsSinceEpoch: second * 1_000_000),
                    boot: BootInstant(microsecondsSinceBoot: boot * 1_000_000)),
                bootID: bootID, event: event)
        }
        let injected = RunEvent.injectFinished(
            fault: "latency", outcome: .injected, report: .exit(0))
        let board = try #require(
            IncidentBoard(
                Timeline(entries: [
                    entry(0, boot: 900, "a", .opened(plan: plan)),
                    entry(10, boot: 910, "a", injected),
                    entry(90, boot: 5, "b", .interrupted(reason: "the machine was restarted")),
                    entry(
                        95, boot: 10, "b",
                        .revertFinished(
                            fault: "latency", outcome: .verified, attempt: 1, report: .exit(0))),
                ])))
        #expect(board.damage.usersHarmed(at: second(0)) == 85)
        #expect(board.damage.spansRestart)
        let before = try #require(
            IncidentBoard(
                Timeline(entries: [
                    entry(0, boot: 900, "a", .opened(plan: plan)),
                    entry(90, boot: 5, "b", injected),
                ])))
        #expect(!before.damage.spansRestart)
    }

    @Test("goes on when a probe that was asked after the rollback still fails")
    func goesOn() {
        var session = Session.scoped()
        session.pass(to: 60)
        session.rollBack()
        session.pass(to: 62)
        session.note(.probeFinished(probe: "front", stage: .during, report: .failing(for: 5)))
        #expect(session.board.damage.isStopped, "it was asked before the rollback had ended")
        session.note(.probeFinished(probe: "front", stage: .during, report: .failing(for: 1)))
        #expect(!session.board.damage.isStopped)
        session.pass(to: 120)
        session.note(.mitigated)
        #expect(session.board.damage.usersHarmed(at: session.now) == 120)
        #expect(session.board.damage.bleedStopFirst == 60, "it recovers as slowly, but sooner")
    }

    @Test("ends when drilld takes the fault back, which stops nothing on the people's account")
    func endsWithTheRevert() {
        var session = Session.responding()
        session.pass(to: 40)
        session.note(
            .revertFinished(fault: "latency", outcome: .verified, attempt: 1, report: .exit(0)))
        session.pass(to: 90)
        #expect(session.board.damage.usersHarmed(at: session.now) == 40)
        #expect(session.board.damage.end?.cause == .revert)
        #expect(!session.board.damage.isStopped)
        session.note(
            .responseFinished(
                response: "rollback", page: nil, person: "sre-1", report: .exit(0)))
        #expect(session.board.damage.isStopped, "people rolled back all the same")
        #expect(session.board.damage.end?.cause == .revert)
    }
}

extension HookReport {
    fileprivate static func failing(for seconds: Int64) -> HookReport {
        HookReport(
            ending: .exited(status: 1), microseconds: seconds * 1_000_000, output: "",
            outputBytes: 0, outputHash: "")
    }
}
