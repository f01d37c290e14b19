import CalendarTime
import Drills
import Faults
import Testing

@Suite("The lease clock")
struct LeaseClockTests {
    private static func record(
        _ name: FaultName, armedAt seconds: Int64 = 0, lasting: TimeSpan = .seconds(60),
        target: TargetName = "shop", outlivesDaemon: Bool = false, boot: String = "this boot"
    ) -> ArmedRecord {
        let plan = FaultPlan(
            name: name, hook: HookCommand(hook: "hooks/x"), parameters: [], start: .zero,
            duration: lasting, touches: [], outlivesDaemon: outlivesDaemon)
        let target = Target(
            name: target, environment: "staging", allow: [], steady: HookCommand(hook: "hooks/x"),
            marker: nil, root: nil, url: nil)
        let moment = Moment(wall: WallInstant(microsecondsSinceEpoch: 0), boot: at(seconds))
        return ArmedRecord(
            run: "r-1", plan: plan, target: target,
            hook: AdmittedHook(path: "/x", folder: "/", hash: ""), armedAt: moment, bootID: boot,
            armedBy: "test")
    }

    private static func at(_ seconds: Int64) -> BootInstant {
        BootInstant(microsecondsSinceBoot: seconds * 1_000_000)
    }

    private func clock(_ records: ArmedRecord...) -> LeaseClock {
        var clock = LeaseClock()
        for record in records { clock.hold(record, bootID: "this boot") }
        return clock
    }

    @Test("wants a fault gone at its deadline, not before")
    func honoursDeadlines() {
        let clock = clock(Self.record("a"))
        #expect(clock.due(at: Self.at(59)) == [])
        #expect(clock.due(at: Self.at(60)) == [["r-1.a"]])
        #expect(clock.nextDue == Self.at(60))
        #expect(!clock.isOwed("r-1.a", at: Self.at(59)))
        #expect(clock.isOwed("r-1.a", at: Self.at(60)))
    }

    @Test("wants a fault of another boot gone at once")
    func revertsOtherBoots() {
        #expect(clock(Self.record("a", boot: "another")).due(at: Self.at(0)) == [["r-1.a"]])
    }

    @Test("reverts last-in-first-out on each target")
    func revertsLastInFirstOut() {
        let clock = clock(
            Self.record("a"), Self.record("x", target: "other"), Self.record("b"),
            Self.record("y", target: "other"), Self.record("c"))
        #expect(clock.due(at: Self.at(60)) == [["r-1.c", "r-1.b", "r-1.a"], ["r-1.y", "r-1.x"]])
    }

    @Test("tries again after the back-off, and not while a revert is on its way")
    func backsOff() {
        var clock = clock(Self.record("a"))
        clock.begin("r-1.a")
        #expect(clock.due(at: Self.at(1000)) == [])
        clock.fail("r-1.a", failures: 3, at: Self.at(10))
        #expect(clock.due(at: Self.at(13)) == [])
        #expect(clock.due(at: Self.at(14)) == [["r-1.a"]])
        clock.release("r-1.a")
        #expect(clock.due(at: Self.at(1000)) == [])
        #expect(clock.nextDue == nil)
    }

    @Test("reverts what may not outlive the daemon when it leaves, the rest at its deadline")
    func followsTheDaemon() {
        var clock = clock(Self.record("a"), Self.record("b", outlivesDaemon: true))
        clock.daemonLeft()
        #expect(clock.due(at: Self.at(1)) == [["r-1.a"]])
        #expect(clock.due(at: Self.at(60)) == [["r-1.b", "r-1.a"]])
    }

    @Test("waits 1 s after the first failure, doubles, and never waits longer than 60 s")
    func delays() {
        let delays = (1...9).map { BackOff.delay(afterFailures: $0).microseconds / 1_000_000 }
        #expect(delays == [1, 2, 4, 8, 16, 32, 60, 60, 60])
        #expect((1...4).map { BackOff.isLeaked(afterFailures: $0) } == [false, false, true, true])
    }

    @Test("of daemons runs out unless they speak up")
    func expires() {
        var daemons = DaemonLeases()
        var expired = [daemons.expire(at: Self.at(100))]
        daemons.heard(1, lease: .seconds(5), at: Self.at(0))
        daemons.heard(2, lease: .seconds(5), at: Self.at(3))
        #expect(daemons.nextEnd == Self.at(5))
        for second in [5, 8, 9] as [Int64] { expired.append(daemons.expire(at: Self.at(second))) }
        #expect(expired == [false, false, true, false])
        daemons.heard(1, lease: .seconds(5), at: Self.at(10))
        let closed = [daemons.close(1), daemons.close(1)]
        #expect(closed == [true, false])
    }
}
