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
    ///
    /// - Parameter restore: how it does; the memory may be used once or again and again.
    private func inject(
        _ name: FaultName, revertTakes seconds: String = "0", touching file: String? = "shared",
        restore: String = "cp"
    ) async throws -> FaultID {
        let record = try record(name, revertTakes: seconds, touching: file, restore: restore)
        try store.arm(record)
        #expect(await client.inject(record.fault).0 == .injected)
        return record.fault
    }

    private func record(
        _ name: FaultName, revertTakes seconds: String = "0", touching file: String? = "shared",
        restore: String = "cp"
    ) throws -> ArmedRecord {
        let hook = try scratch.hook(
            name.text,
            """
            cd "$DRILL_TARGET_ROOT"
            case $1 in
                check) cat shared ;;
                inject) cp shared "$DRILL_STATE_DIR/saved"; echo \(name) >shared ;;
                revert) echo began >began-\(name); sleep \(seconds); \(restore) "$DRILL_STATE_DIR/saved" shared ;;
            esac
            """)
        return try scratch.record(scratch.plan(name, hook: hook, touching: file))
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
        let older = try await inject("older", restore: "mv")
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
        try expectNothingKept()
    }

    @Test(
        "is gone when one more revert of the older one repairs what it restored",
        arguments: ["shared", ""])
    func repairsWhatItRestored(touching file: String) async throws {
        let older = try await inject("older", touching: file)
        let newer = try await inject("newer")
        #expect(await client.revert(older).outcome == .verified)
        #expect(await client.revert(newer).outcome == .verified)
        #expect(scratch.read("shop/shared") == "whole\n")
        try expectNothingKept()
    }

    @Test("takes no fingerprint while an older one is half reverted")
    func waitsWithInjection() async throws {
        let older = try await inject("older", revertTakes: "0.5")
        let newer = try record("newer")
        try store.arm(newer)
        async let first = client.revert(older)
        await expectEventually { [scratch] in scratch.read("shop/began-older") != nil }
        #expect(await client.inject(newer.fault).0 == .injected)
        #expect(await first.outcome == .verified)
        #expect(store.entry(of: newer.fault)?.record?.fingerprint == "whole")
        #expect(await client.revert(newer.fault).outcome == .verified)
        #expect(scratch.read("shop/shared") == "whole\n")
        try expectNothingKept()
    }

    @Test("is not believed to be gone while it is not known what lies below it")
    func mindsDamagedCopies() async throws {
        let copy = "\(scratch.state.path)/armed/rollback-1.older.outlasted"
        try "damaged".write(toFile: copy, atomically: false, encoding: .utf8)
        let newer = try await inject("newer")
        let outcome = await client.revert(newer).outcome
        #expect(
            outcome
                == .failed(
                    reason: "reverted, but other faults on the same thing: \(copy) cannot be read: "
                        + "it ends after 7 bytes, in the middle; "
                        + "check by hand what it is about, then remove it"))
        try FileManager.default.removeItem(atPath: copy)
        #expect(await client.revert(newer).outcome == .verified)
    }

    @Test("is reverted by the next agent though a copy is damaged")
    func recoversBesideDamagedCopies() async throws {
        let record = try record("newer")
        try store.arm(record)
        try "damaged".write(
            toFile: "\(scratch.state.path)/armed/rollback-1.older.outlasted", atomically: false,
            encoding: .utf8)
        let agent = Agent(hooks: scratch.hooks(store), deadManSwitch: SessionSwitch()) { _ in }
        try await agent.recover()
        let next = Task { await agent.keepWatch() }
        await expectEventually { [store] in store.entry(of: record.fault) == nil }
        next.cancel()
    }

    @Test("is taken back by the next agent before a step of the response comes to its turn")
    func recoversBeforeSteps() async throws {
        let fault = try await inject("newer", revertTakes: "0.5")
        watch.cancel()
        let socket = "\(scratch.path)/next.sock"
        let board = NoticeBoard()
        let next = Agent(hooks: scratch.hooks(store), deadManSwitch: SessionSwitch()) {
            board.post($0)
        }
        try await next.recover()
        AgentServer(agent: next, board: board, allowedUsers: [])
            .listen(on: try UnixSocket.listen(at: socket))
        let step = CommandRecord(
            id: "step-1", run: "rollback-1", target: scratch.target,
            command: try scratch.hook("step", "cat $DRILL_TARGET_ROOT/shared"), parameters: [],
            environment: [:], timeout: .seconds(60))
        let report = await AgentClient(folder: scratch.state, role: .daemon, socket: socket)
            .run(step)
        #expect(report.output == "whole\n")
        #expect(store.entry(of: fault) == nil)
    }

    @Test("leaves no copy behind, though the agent was killed before it dropped the last one")
    func dropsOldCopies() async throws {
        let record = try record("older")
        try store.arm(record)
        let armed = "\(scratch.state.path)/armed/\(record.fault)"
        try FileManager.default.moveItem(atPath: "\(armed).json", toPath: "\(armed).outlasted")
        try await Agent(hooks: scratch.hooks(store), deadManSwitch: SessionSwitch()) { _ in }
            .recover()
        try expectNothingKept()
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
        try expectNothingKept()
    }

    private func expectNothingKept() throws {
        #expect(try armedFiles() == [])
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: "\(scratch.state.path)/faults")
        #expect(folders == [])
    }

    private func armedFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(scratch.state.path)/armed")
    }
}
