import CalendarTime
import ControlAPI
import DrillDaemon
import Drills
import Faults
import Foundation
import Testing

@Suite("What comes up while a run is under way", .serialized, .timeLimit(.minutes(2)))
struct LateGuardTests {
    private let ground: TestGround
    private static let fault: FaultID = "quick-1.flag"

    init() throws {
        ground = try TestGround()
        try ground.arm()
        // The run stays before its injection until it is let go.
        try ground.hook(
            "healthy",
            #"""
            ground=${DRILL_TARGET_ROOT%/*}
            echo asked >>"$ground/asked"
            while [ ! -e "$ground/go" ]; do sleep 0.02; done
            grep -q whole "$DRILL_TARGET_ROOT/flag"
            """#)
        try ground.hook(
            "flag",
            #"""
            flag=$DRILL_TARGET_ROOT/flag
            case $1 in
                check) cat "$flag" ;;
                inject) echo injected >>"${DRILL_TARGET_ROOT%/*}/injected"; echo broken >"$flag" ;;
                revert) echo whole >"$flag" ;;
            esac
            """#)
    }

    private func beginAndWait(_ desk: DrillDesk) async throws {
        let ground = ground
        #expect(try await desk.begin("quick") == "quick-1")
        #expect(await eventually { !ground.read("asked").isEmpty })
    }

    private func outcome(_ desk: DrillDesk) async throws -> Outcome? {
        _ = try await eventually { try await desk.detail(of: "quick-1")?.scorecard != nil }
        return try await desk.detail(of: "quick-1")?.timeline.outcome
    }

    @Test("never writes over an armed record, which knows what a revert has to restore")
    func keepsRecords() async throws {
        let ground = ground
        let timeline = try await ground.running(try await ground.start()) { desk in
            try await beginAndWait(desk)
            let opened = try await desk.detail(of: "quick-1")?.timeline.plan
            let plan = try #require(opened)
            let fault = try #require(plan.faults.first)
            let hooks = HookGuard(folders: ground.configuration.hookFolders)
            let record = ArmedRecord(
                run: plan.run, plan: fault, target: plan.target, hook: try hooks.admit(fault.hook),
                armedAt: MachineClock.now(), bootID: MachineClock.bootID, armedBy: "another drilld")
            // That one had broken the flag, and this is how it was before.
            try ArmedStore(folder: ground.state).arm(record.fingerprinted("whole"))
            try ground.write("", to: "go")
            _ = try await outcome(desk)
            return try await desk.detail(of: "quick-1")?.timeline
        }
        let injections = (timeline?.entries ?? []).compactMap { entry -> InjectOutcome? in
            guard case .injectFinished(_, let outcome, _) = entry.event else { return nil }
            return outcome
        }
        #expect(injections == [.unknown(reason: "it is armed already, by a drilld that died")])
        #expect(ground.read("injected") == "")
        #expect(ground.read("target/flag") == "whole\n")
        #expect(try ArmedStore(folder: ground.state).entries() == [])
    }

    @Test("injects nothing when what led to it cannot be recorded")
    func needsTheRecord() async throws {
        let ground = ground
        try await ground.running(try await ground.start()) { desk in
            try await beginAndWait(desk)
            let broken = try await BrokenLedger(ground)
            try ground.write("", to: "go")
            // The run waits for a ledger in which it can be closed.
            let line = "the ledger cannot be written"
            #expect(await eventually { ground.read("journal").contains(line) })
            try await broken.mend()
            guard case .aborted = try await outcome(desk) else {
                Issue.record("not aborted")
                return
            }
        }
        #expect(ground.read("injected") == "")
        #expect(ground.read("target/flag") == "whole\n")
    }

    @Test("is stopped and taken back by HALT though the lever cannot be written, which it says")
    func haltsWithoutItsFile() async throws {
        let ground = ground
        try ground.write("", to: "go")
        try ground.hook("repair", "sleep 60")
        try await ground.running(try await ground.start()) { desk in
            #expect(try await desk.begin("quick") == "quick-1")
            #expect(await eventually { ground.read("target/flag") == "broken\n" })
            // In the way of the file, as a full disk is.
            try FileManager.default.createDirectory(
                atPath: "\(ground.path)/state/halt.json.\(getpid()).new/x",
                withIntermediateDirectories: true)
            let refusal = await #expect(throws: Refusal.self) {
                try await desk.ask(.halt(reason: "enough"))
            }
            let reasons = refusal?.reasons.joined(separator: "\n") ?? ""
            #expect(reasons.hasPrefix("everything was stopped (no fault is left), but the lever"))
            #expect(reasons.hasSuffix("pull it again: new drills may still start"))
            #expect(ground.read("target/flag") == "whole\n")
            guard case .halted = try await outcome(desk) else {
                Issue.record("not halted")
                return
            }
        }
    }
}
