import CalendarTime
import ControlAPI
import DrillDaemon
import Drills
import Faults
import Ledger
import Testing

@Suite("A run that something goes wrong with", .serialized, .timeLimit(.minutes(2)))
struct RecoveryTests {
    private let ground: TestGround

    init() throws {
        ground = try TestGround()
        try ground.arm()
    }

    private func expectNothingLeft() throws {
        #expect(ground.read("target/flag") == "whole\n")
        #expect(try ArmedStore(folder: ground.state).entries() == [])
    }

    /// What the next daemon sees after one that was killed: a run without an end, and its live fault.
    private func leaveARunOpen() async throws {
        let configuration = ground.configuration
        let loaded = CalendarSource(configuration).load().calendar
        let calendar = try #require(loaded)
        let drill = try #require(calendar.drill(named: "quick"))
        let ledger = try LedgerStore.open(path: configuration.ledger)
        let now = MachineClock.now()
        let plan = try await CyclePlanner(reader: ledger.reader)
            .plan(drill, scheduled: now.wall, calendar: calendar)
        for event in [
            RunEvent.opened(plan: plan), .phaseEntered(phase: .brief),
            .phaseEntered(phase: .inject),
        ] {
            try await ledger.append(event, run: plan.run, at: now, bootID: MachineClock.bootID)
        }
        try ledger.close()
        let fault = try #require(plan.faults.first)
        let hook = try HookGuard(folders: configuration.hookFolders).admit(fault.hook)
        let record = ArmedRecord(
            run: plan.run, plan: fault, target: plan.target, hook: hook, armedAt: now,
            bootID: MachineClock.bootID, armedBy: "drilld")
        try ArmedStore(folder: ground.state).arm(record.fingerprinted("whole"))
        try ground.write("broken\n", to: "target/flag")
    }

    @Test(
        "because its daemon was killed is closed by the next one, and its fault is taken back first"
    )
    func isClosed() async throws {
        try await leaveARunOpen()
        let daemon = try await ground.start()
        try expectNothingLeft()
        try await ground.running(daemon) { desk in
            #expect(try await eventually { try await desk.detail(of: "quick-1")?.scorecard != nil })
            let detail = try await desk.detail(of: "quick-1")
            #expect(
                detail?.timeline.outcome == .aborted(reason: "drilld was started again"))
            #expect(detail?.scorecard?.exitStatus == 4)
            // The next cycle is another one, and finds clean ground.
            #expect(try await desk.begin("quick") == "quick-2")
        }
        let verdict = try await LedgerReader.open(path: ground.configuration.ledger).verify()
        #expect(verdict.isIntact)
        try expectNothingLeft()
    }

    @Test("because the ledger cannot be written is aborted, reverted, and recorded once it can")
    func survivesItsLedger() async throws {
        try ground.hook(
            "repair", #"while [ ! -e "${DRILL_TARGET_ROOT%/*}/go" ]; do sleep 0.02; done"#)
        let daemon = try await ground.start()
        let ground = ground
        try await ground.running(daemon) { desk in
            #expect(try await desk.begin("quick") == "quick-1")
            #expect(await eventually { ground.read("target/flag") == "broken\n" })
            let path = ground.configuration.ledger
            let broken = try await BrokenLedger(ground)
            // Written to memory only, so it is not acknowledged; it is what makes the run notice.
            _ = try? await desk.ask(
                .ack("quick-1", page: "flag", person: "sre-1", channel: "sms"))
            #expect(await eventually { ground.read("target/flag") == "whole\n" })
            #expect(try await LedgerReader.open(path: path).isOpen("quick-1"))
            try await broken.mend()
            #expect(try await eventually { try await desk.detail(of: "quick-1")?.scorecard != nil })
        }
        let reader = try LedgerReader.open(path: ground.configuration.ledger)
        guard case .aborted(let reason) = try await reader.timeline(of: "quick-1").outcome else {
            Issue.record("not aborted")
            return
        }
        #expect(reason.hasPrefix("drilld: the ledger cannot be written: "))
        #expect(try await reader.verify().isIntact)
        try expectNothingLeft()
    }

    @Test("because the daemon is told to stop is aborted and closed before it ends")
    func endsWithTheDaemon() async throws {
        try ground.hook("repair", "sleep 60")
        let daemon = try await ground.start()
        let ground = ground
        try await ground.running(daemon) { desk in
            _ = try await desk.begin("quick")
            #expect(await eventually { ground.read("target/flag") == "broken\n" })
        }
        try expectNothingLeft()
        let timeline = try await LedgerReader.open(path: ground.configuration.ledger)
            .timeline(of: "quick-1")
        #expect(timeline.outcome == .aborted(reason: "drilld: drilld is stopping"))
    }

    @Test("because another service failed is taken back all the same")
    func survivesOtherServices() async throws {
        try await leaveARunOpen()
        let daemon = try await ground.start()
        await #expect(throws: (any Error).self) {
            try await daemon.run(at: .path("/proc/no/such.sock"), logger: DaemonService.silent)
        }
        let timeline = try await LedgerReader.open(path: ground.configuration.ledger)
            .timeline(of: "quick-1")
        #expect(timeline.outcome == .aborted(reason: "drilld was started again"))
        try expectNothingLeft()
    }
}

extension LedgerReader {
    fileprivate func isOpen(_ run: RunID) async throws -> Bool {
        try await openRuns().contains { $0.run == run }
    }
}
