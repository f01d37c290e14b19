import Drills
import Faults
import Foundation
import Testing

@Suite("The last fault in", .timeLimit(.minutes(2)))
struct RevertOrderTests {
    private let scratch: Scratch
    private let store: ArmedStore
    private let watch: Task<Void, Never>
    private let client: AgentClient

    init() throws {
        scratch = try Scratch()
        store = try scratch.armedStore()
        let board = NoticeBoard()
        let agent = Agent(hooks: scratch.hooks(store), deadManSwitch: SessionSwitch()) {
            board.post($0)
        }
        AgentServer(agent: agent, board: board, allowedUsers: [])
            .listen(on: try UnixSocket.listen(at: scratch.state.socket))
        watch = Task { await agent.keepWatch() }
        client = AgentClient(
            folder: scratch.state, role: .daemon, lease: .seconds(60), socket: scratch.state.socket)
        try scratch.write("whole\n", to: "shop/shared")
    }

    /// Injects a fault into the file that all of them share: each saves what it finds, and restores that.
    private func inject(
        _ name: FaultName, revertTakes seconds: String = "0", touching file: String? = "shared"
    ) async throws -> FaultID {
        let hook = try scratch.hook(
            name.text,
            """
            cd "$DRILL_TARGET_ROOT"
            case $1 in
                check) cat shared ;;
                inject) cp shared saved-\(name); echo \(name) >shared ;;
                revert) echo began >began-\(name); sleep \(seconds); mv saved-\(name) shared ;;
            esac
            """)
        let record = try scratch.record(scratch.plan(name, hook: hook, touching: file))
        try store.arm(record)
        #expect(await client.inject(record.fault).0 == .injected)
        return record.fault
    }

    @Test("is the first out, also when both are asked for at the same time")
    func waitsForLaterOnes() async throws {
        let older = try await inject("older")
        let newer = try await inject("newer", revertTakes: "0.5")
        async let first = client.revert(newer)
        await expectEventually { [scratch] in scratch.read("shop/began-newer") != nil }
        #expect(await client.revert(older).outcome == .verified)
        #expect(await first.outcome == .verified)
        #expect(scratch.read("shop/shared") == "whole\n")
    }

    @Test("is waited for by whoever wants all of them gone")
    func isWaitedFor() async throws {
        _ = try await inject("older")
        let newer = try await inject("newer", revertTakes: "0.5")
        async let first = client.revert(newer)
        await expectEventually { [scratch] in scratch.read("shop/began-newer") != nil }
        #expect(try await client.revertAll() == [])
        #expect(scratch.read("shop/shared") == "whole\n")
        #expect(await first.outcome == .verified)
    }

    @Test("is taken back by one attempt, of which everyone hears who asked for it meanwhile")
    func isTakenBackOnce() async throws {
        let fault = try await inject("newer", revertTakes: "0.5")
        async let first = client.revert(fault)
        await expectEventually { [scratch] in scratch.read("shop/began-newer") != nil }
        let second = await client.revert(fault)
        #expect(second.outcome == .verified && second.attempt == 1)
        #expect(await first.attempt == 1)
    }

    @Test("holds up no older one for longer than its own revert takes, though that fails")
    func holdsUpNoOther() async throws {
        let older = try await inject("older")
        let newer = try await inject(
            "newer", revertTakes: "0.5; [ -e failed ] || { echo >failed; exit 7; }", touching: nil)
        async let first = client.revert(newer)
        await expectEventually { [scratch] in scratch.read("shop/began-newer") != nil }
        #expect(await client.revert(older).outcome == .verified)
        #expect(await first.outcome == .failed(reason: "revert: exit 7"))
        #expect(await client.revert(newer).outcome == .verified)
    }

    @Test("is not believed to be gone when it restored what an older one had broken")
    func findsWhatItRestored() async throws {
        let older = try await inject("older")
        let newer = try await inject("newer")
        #expect(await client.revert(older).outcome == .verified)
        #expect(scratch.read("shop/shared") == "whole\n")
        let outcome = await client.revert(newer).outcome
        #expect(
            outcome
                == .failed(
                    reason:
                        "it was reverted after the older 'rollback-1.older', which may be back: "
                        + "its check prints 'older' but printed 'whole' before the injection"))
        #expect(store.entry(of: newer) != nil)
        _ = try store.forget(
            newer, reason: "repaired by hand", by: "lead-1", confirmedBy: "sre-1",
            at: MachineClock.now().wall)
        #expect(try armedFiles() == [])
    }

    @Test("is gone when one more revert of the older one repairs what it restored")
    func repairsWhatItRestored() async throws {
        let older = try await inject("older")
        let newer = try await inject("newer")
        #expect(await client.revert(older).outcome == .verified)
        // Whatever it finds, it puts the same thing there.
        try scratch.hook(
            "older",
            #"""
            case $1 in
                check) cat "$DRILL_TARGET_ROOT/shared" ;;
                revert) echo whole >"$DRILL_TARGET_ROOT/shared" ;;
            esac
            """#)
        #expect(await client.revert(newer).outcome == .verified)
        #expect(scratch.read("shop/shared") == "whole\n")
        #expect(try armedFiles() == [])
    }

    @Test("is gone without more ado when the older one on the same thing had no part in it")
    func leavesOthersAlone() async throws {
        let older = try await inject("older")
        let hook = try scratch.goodHook("other")
        let record = try scratch.record(scratch.plan("newer", hook: hook, touching: "shared"))
        try store.arm(record)
        #expect(await client.inject(record.fault).0 == .injected)
        #expect(await client.revert(older).outcome == .verified)
        #expect(try armedFiles().contains("rollback-1.older.outlasted"))
        #expect(await client.revert(record.fault).outcome == .verified)
        #expect(try armedFiles() == [])
    }

    private func armedFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(scratch.state.path)/armed")
    }
}
