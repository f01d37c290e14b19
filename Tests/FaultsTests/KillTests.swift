import CalendarTime
import Drills
import Failpoints
import Faults
import Foundation
import Testing

@Suite(
    "No fault is left", .serialized, .timeLimit(.minutes(2)),
    .enabled(if: AgentProgram.path != nil, "drill-agent is not built"))
struct KillTests {
    private let scratch: Scratch
    private let store: ArmedStore
    private let record: ArmedRecord

    init() throws {
        scratch = try Scratch()
        store = try scratch.armedStore()
        let hook = try scratch.hook(
            "it",
            """
            flag=$DRILL_TARGET_ROOT/flag
            case $1 in
                inject) echo half >"$flag.1"; echo began; sleep $(cat "$DRILL_TARGET_ROOT/nap"); echo whole >"$flag.2" ;;
                revert) rm -f "$flag.2"; rm -f "$flag.1" ;;
                check) cat "$flag.1" "$flag.2" 2>/dev/null || echo whole ;;
            esac
            """)
        record = try scratch.record(scratch.plan(hook: hook))
        try scratch.write("0.1", to: "shop/nap")
    }

    /// The points that one injection and one revert pass.
    private static let points = Failpoint.allCases.filter {
        $0.rawValue.hasPrefix("agent.") || $0.rawValue.hasPrefix("record.")
    }

    @Test("when the agent is killed", arguments: points)
    func killsTheAgent(at point: Failpoint) async throws {
        let first = try AgentProgram(scratch, failpoint: point)
        let client = await first.client()
        try store.arm(record)
        _ = await client.inject(record.fault)
        _ = await client.revert(record.fault)
        #expect(await first.ending() == .killed, "\(point.rawValue) was not reached")
        client.close()
        try await restartAndLook()
    }

    @Test(
        "when the hook is killed in mid-inject, alone or with its supervisor",
        arguments: [false, true])
    func killsTheHook(withSupervisor: Bool) async throws {
        let agent = try AgentProgram(scratch)
        let client = await agent.client()
        try scratch.write("1000", to: "shop/nap")
        try store.arm(record)
        async let injected = client.inject(record.fault)
        let pids = await runningInject()
        // All told before the first dies: orphans fall to the agent.
        let parents = withSupervisor ? Set(pids.compactMap(parent(of:))) : []
        // All stopped before the first dies: a shell whose 'sleep' is killed goes on to its end.
        for victim in parents.union(pids) { kill(victim, SIGSTOP) }
        for victim in parents.union(pids) { kill(victim, SIGKILL) }
        let (outcome, _) = await injected
        #expect(outcome != .injected)
        #expect(await client.revert(record.fault).outcome == .verified)
        client.close()
        await agent.kill()
        try await restartAndLook()
    }

    @Test("when the agent, the supervisor and nobody else is killed at the same time")
    func killsAgentAndSupervisor() async throws {
        let agent = try AgentProgram(scratch)
        let client = await agent.client()
        try scratch.write("1000", to: "shop/nap")
        try store.arm(record)
        async let injected = client.inject(record.fault)
        let parents = Set(await runningInject().compactMap(parent(of:)))
        await agent.kill()
        for victim in parents { kill(victim, SIGKILL) }
        _ = await injected
        client.close()
        try await restartAndLook()
    }

    @Test("when the daemon goes away without a word")
    func losesTheDaemon() async throws {
        let agent = try AgentProgram(scratch)
        let client = await agent.client()
        try store.arm(record)
        #expect(await client.inject(record.fault).0 == .injected)
        client.close()
        #expect(await agent.ending() == .exited)
        try expectNothingLeft()
    }

    private func restartAndLook() async throws {
        let second = try AgentProgram(scratch)
        let client = await second.client(.visitor)
        await expectEventually { [store] in (try? store.entries()) == [] }
        #expect(try await client.status() == [])
        client.close()
        #expect(await second.ending() == .exited)
        try expectNothingLeft()
    }

    private func expectNothingLeft() throws {
        #expect(try store.entries() == [])
        #expect(scratch.read("shop/flag.1") == nil)
        #expect(scratch.read("shop/flag.2") == nil)
        #expect(scratch.state.tag(of: record.fault).processes() == [])
    }

    private func runningInject() async -> [pid_t] {
        let tag = scratch.state.tag(of: record.fault)
        await expectEventually { [scratch] in
            scratch.read("shop/flag.1") != nil && tag.processes(running: .inject)?.isEmpty == false
        }
        return tag.processes(running: .inject) ?? []
    }

    private func parent(of pid: pid_t) -> pid_t? {
        // The process may have ended meanwhile.
        guard let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("PPid:") }),
            let parent = pid_t(line.dropFirst(5).trimmingCharacters(in: .whitespaces)), parent > 1
        else { return nil }
        return parent
    }
}

/// The real drill-agent, as a process of its own.
final class AgentProgram: Sendable {
    enum Ending: Sendable { case exited, killed }

    private let scratch: Scratch
    private let process: Process
    private let ended: AsyncStream<Ending>

    /// Next to the tests, or where the environment says.
    static let path: String? = {
        let beside = Bundle.module.bundleURL.deletingLastPathComponent().appending(
            path: "drill-agent")
        let named = ProcessInfo.processInfo.environment["DRILL_AGENT"]
        return [named, beside.path()].compactMap { $0 }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    init(_ scratch: Scratch, failpoint: Failpoint? = nil) throws {
        self.scratch = scratch
        let process = Process()
        process.executableURL = URL(filePath: try #require(Self.path))
        process.arguments = [
            "serve", "--state", scratch.state.path, "--scenarios", "\(scratch.path)/scenarios",
            "--exit-when-idle",
        ]
        process.environment = failpoint.map { ["DRILLD_FAILPOINT": $0.rawValue] } ?? [:]
        let (ended, feed) = AsyncStream.makeStream(of: Ending.self)
        process.terminationHandler = { process in
            feed.yield(process.terminationReason == .uncaughtSignal ? .killed : .exited)
            feed.finish()
        }
        // What the agent before left would look like one that listens.
        unlink(scratch.state.socket)
        try process.run()
        self.process = process
        self.ended = ended
    }

    deinit {
        if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) }
    }

    func client(_ role: AgentRole = .daemon) async -> AgentClient {
        let client = AgentClient(
            folder: scratch.state, role: role, lease: .seconds(60), socket: scratch.state.socket)
        // Until it listens there is nobody to answer.
        for _ in 0..<2000 where (try? await client.status()) == nil { await moment() }
        return client
    }

    func ending() async -> Ending? {
        for await ending in ended { return ending }
        return nil
    }

    func kill() async {
        Glibc.kill(process.processIdentifier, SIGKILL)
        _ = await ending()
    }
}
