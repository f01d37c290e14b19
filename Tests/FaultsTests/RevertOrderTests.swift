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
    private func inject(_ name: FaultName, revertTakes seconds: String = "0") async throws
        -> FaultID
    {
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
        let record = try scratch.record(scratch.plan(name, hook: hook))
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

    @Test("holds up no older one for longer than its own revert takes, though that fails")
    func holdsUpNoOther() async throws {
        let older = try await inject("older")
        let newer = try await inject(
            "newer", revertTakes: "0.5; [ -e failed ] || { echo >failed; exit 7; }")
        async let first = client.revert(newer)
        await expectEventually { [scratch] in scratch.read("shop/began-newer") != nil }
        #expect(await client.revert(older).outcome == .verified)
        #expect(await first.outcome == .failed(reason: "revert: exit 7"))
        #expect(await client.revert(newer).outcome == .verified)
    }
}
