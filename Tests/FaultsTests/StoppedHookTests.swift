import Drills
import Faults
import Foundation
import Synchronization
import Testing

@Suite("A plain hook that is stopped", .timeLimit(.minutes(2)))
struct StoppedHookTests {
    private let scratch: Scratch
    private let watch: Task<Void, Never>

    init() throws {
        scratch = try Scratch()
        let board = NoticeBoard()
        let hooks = scratch.hooks(try scratch.armedStore())
        let agent = Agent(hooks: hooks, deadManSwitch: SessionSwitch()) { board.post($0) }
        AgentServer(agent: agent, board: board, allowedUsers: [])
            .listen(on: try UnixSocket.listen(at: scratch.state.socket))
        watch = Task { await agent.keepWatch() }
    }

    private func command(_ id: CommandID) throws -> CommandRecord {
        CommandRecord(
            id: id, run: "rollback-1", target: scratch.target,
            command: try scratch.hook("step", "echo x >$DRILL_TARGET_ROOT/x"), parameters: [],
            environment: [:], timeout: .seconds(60))
    }

    private func client() -> AgentClient {
        AgentClient(
            folder: scratch.state, role: .daemon, lease: .seconds(60), socket: scratch.state.socket)
    }

    @Test("before it was asked for is not run")
    func stoppedBefore() async throws {
        let client = client()
        let record = try command("early")
        #expect(await !client.stop(record.id))
        #expect(await client.run(record).ending == .stopped)
        #expect(scratch.read("shop/x") == nil)
    }

    @Test("by a task that was cancelled before it came to it is not run")
    func cancelledBefore() async throws {
        let client = client()
        let record = try command("cancelled")
        let running = Task {
            while !Task.isCancelled { await Task.yield() }
            return await client.run(record)
        }
        running.cancel()
        #expect(await running.value.ending == .stopped)
        #expect(scratch.read("shop/x") == nil)
    }

    @Test("in the moment in which it is asked for is ended, whatever the agent does side by side")
    func stoppedAtOnce() async throws {
        let hook = try scratch.hook("step", "sleep 60")
        let socket = try UnixSocket.connect(to: scratch.state.socket)
        let stream = LineStream(reading: socket, writing: socket)
        let endings = Mutex<[UInt64: HookReport.Ending]>([:])
        stream.read(
            use: { line in
                guard
                    case .reply(let id, .finished(let report)) = try? JSONDecoder().decode(
                        AgentMessage.self, from: Data(line))
                else { return }
                endings.withLock { $0[id] = report.ending }
            }, ended: {})
        for number in 1...20 as ClosedRange<UInt64> {
            let record = CommandRecord(
                id: CommandID("step-\(number)"), run: "rollback-1", target: scratch.target,
                command: hook, parameters: [], environment: [:], timeout: .seconds(60))
            try JSONEncoder().encode(record)
                .write(to: URL(filePath: "\(scratch.state.path)/commands/\(record.id).json"))
            for body in [AgentRequest.Body.run(command: record.id), .stop(command: record.id)] {
                let request = AgentRequest(id: number, body: body)
                stream.send(Array(try JSONEncoder().encode(request)))
            }
        }
        await expectEventually { endings.withLock { $0.count } == 20 }
        #expect(endings.withLock { Set($0.values) } == [.stopped])
        stream.close()
    }
}
