import CalendarTime
import Drills
import Faults
import Foundation
import Testing

@Suite("An agent", .timeLimit(.minutes(2)))
struct AgentTests {
    private let scratch: Scratch
    private let store: ArmedStore
    private let watch: Task<Void, Never>

    init() async throws {
        scratch = try Scratch()
        store = try scratch.armedStore()
        let board = NoticeBoard()
        let hooks = scratch.hooks(store)
        let agent = Agent(hooks: hooks, deadManSwitch: SessionSwitch()) { board.post($0) }
        let server = AgentServer(agent: agent, board: board, allowedUsers: [])
        server.listen(on: try UnixSocket.listen(at: scratch.state.socket))
        watch = Task { await agent.keepWatch() }
    }

    private func client(_ role: AgentRole = .daemon, lease: TimeSpan = .seconds(60)) -> AgentClient
    {
        AgentClient(
            folder: scratch.state, role: role, lease: lease, socket: scratch.state.socket)
    }

    private func armed(
        _ name: FaultName = "flag", duration: TimeSpan = .minutes(10), outlivesDaemon: Bool = false
    ) throws -> FaultID {
        let record = try scratch.record(
            scratch.plan(
                name, hook: try scratch.goodHook(name.text), duration: duration,
                outlivesDaemon: outlivesDaemon))
        try store.arm(record)
        return record.fault
    }

    /// Injects a fault whose revert fails.
    private func injectForGood(by client: AgentClient) async throws -> ArmedRecord {
        let hook = try scratch.hook("it", "case $1 in revert) exit 7 ;; check) echo same ;; esac")
        let record = try scratch.record(scratch.plan(hook: hook))
        try store.arm(record)
        #expect(await client.inject(record.fault).0 == .injected)
        return record
    }

    private func command(_ body: String, id: CommandID = "probe-1") throws -> CommandRecord {
        CommandRecord(
            id: id, run: "rollback-1", target: scratch.target,
            command: try scratch.hook("probe", body), parameters: [],
            environment: ["DRILL_CTL": "/usr/bin/drillctl"], timeout: .seconds(60))
    }

    @Test("injects, shows and reverts what it is asked for")
    func injectsAndReverts() async throws {
        let client = client()
        let fault = try armed()
        #expect(await client.inject(fault).0 == .injected)
        let status = try await client.status()
        #expect(status.map(\.fault) == [fault] && status.map(\.state) == [.live])
        #expect(await client.check(fault).output == "broken\n")
        #expect(await client.revert(fault).outcome == .verified)
        #expect(try await client.status() == [])
        #expect(scratch.read("shop/flag") == nil)
        client.close()
    }

    @Test("reverts a fault at its deadline and tells")
    func keepsDeadlines() async throws {
        let client = client()
        let fault = try armed(duration: .seconds(8))
        #expect(await client.inject(fault).0 == .injected)
        var told: AgentNotice?
        for await notice in client.notices {
            told = notice
            break
        }
        guard case .reverted(fault, _) = told else {
            Issue.record("\(String(describing: told))")
            return
        }
        #expect(scratch.read("shop/flag") == nil)
    }

    @Test("reverts what may not outlive the daemon when its connection ends")
    func followsTheDaemon() async throws {
        let daemon = client()
        let bound = try armed("bound")
        let free = try armed("free", outlivesDaemon: true)
        #expect(await daemon.inject(bound).0 == .injected)
        #expect(await daemon.inject(free).0 == .injected)
        daemon.close()
        await expectEventually { [store] in store.entry(of: bound) == nil }
        #expect(scratch.read("shop/bound") == nil)
        #expect(scratch.read("shop/free") == "broken\n")
        #expect(try await client(.visitor).revertAll() == [])
        #expect(scratch.read("shop/free") == nil)
    }

    @Test("reverts a record that the daemon wrote but did not live to ask for")
    func adoptsRecords() async throws {
        let daemon = client()
        _ = try await daemon.status()
        let fault = try armed()
        daemon.close()
        await expectEventually { [store] in store.entry(of: fault) == nil }
    }

    @Test("reverts when the daemon falls silent for longer than its lease")
    func expiresLeases() async throws {
        let daemon = client(lease: .seconds(4))
        let fault = try armed()
        #expect(await daemon.inject(fault).0 == .injected)
        await expectEventually { [store] in store.entry(of: fault) == nil }
    }

    @Test("goes on while the daemon keeps its lease, and through visits of others")
    func keepsLeases() async throws {
        let daemon = client(lease: .seconds(4))
        let keeping = Task {
            while !Task.isCancelled { _ = await daemon.renewLease(within: .milliseconds(300)) }
        }
        let fault = try armed()
        #expect(await daemon.inject(fault).0 == .injected)
        let visitor = client(.visitor)
        _ = try await visitor.status()
        visitor.close()
        let end = MachineClock.bootNow().advanced(by: .seconds(6))
        await expectEventually { MachineClock.bootNow() > end }
        #expect(store.entry(of: fault) != nil)
        keeping.cancel()
        #expect(await daemon.revert(fault).outcome == .verified)
    }

    @Test("tells of a fault after the third failure and goes on trying")
    func tellsOfLeaks() async throws {
        let client = client()
        let record = try await injectForGood(by: client)
        #expect(await client.revert(record.fault).outcome == .failed(reason: "revert: exit 7"))
        var notices: [AgentNotice] = []
        for await notice in client.notices {
            notices.append(notice)
            if case .leaked = notice { break }
        }
        #expect(notices.last == .leaked(fault: record.fault, reason: "revert: exit 7"))
        #expect(notices.count == 4)
        #expect(try await client.status().map(\.state) == [.leaked])
        try scratch.hook("it", "case $1 in check) echo same ;; esac")
        #expect(await client.revert(record.fault).outcome == .verified)
    }

    @Test("tells of a fault after the third failure though the count cannot be stored")
    func countsInMemory() async throws {
        let client = client()
        let record = try await injectForGood(by: client)
        // Where the count belongs there is something in the way, as there is no room on a full disk.
        try FileManager.default.createDirectory(
            atPath: "\(scratch.state.path)/armed/\(record.fault).state/x",
            withIntermediateDirectories: true)
        var attempts: [Int] = []
        for _ in 1...3 { attempts.append(await client.revert(record.fault).attempt) }
        #expect(attempts == [1, 2, 3])
        var last: AgentNotice?
        for await notice in client.notices {
            last = notice
            if case .leaked = notice { break }
        }
        #expect(last == .leaked(fault: record.fault, reason: "revert: exit 7"))
        let status = try await client.status()
        #expect(status.map(\.state) == [.leaked] && status.map(\.failures) == [3])
    }

    @Test("tells of a fault whose third failure was somebody else's")
    func tellsOfOthersLeaks() async throws {
        let client = client()
        let record = try await injectForGood(by: client)
        // As the units do that systemd runs for the fault.
        let reverter = Reverter(hooks: scratch.hooks(store))
        for _ in 1...3 { _ = await reverter.attempt(record.fault) }
        var told: AgentNotice?
        for await notice in client.notices {
            told = notice
            break
        }
        #expect(told == .leaked(fault: record.fault, reason: "revert: exit 7"))
        try scratch.hook("it", "case $1 in check) echo same ;; esac")
        #expect(await client.revert(record.fault).outcome == .verified)
    }

    @Test("reverts at once what failed to be injected")
    func cleansUpFailedInjects() async throws {
        let client = client()
        let hook = try scratch.hook(
            "it",
            """
            flag=$DRILL_TARGET_ROOT/flag
            case $1 in
                inject) echo broken >"$flag"; exit 7 ;;
                revert) rm -f "$flag" ;;
                check) cat "$flag" 2>/dev/null || echo whole ;;
            esac
            """)
        let record = try scratch.record(scratch.plan(hook: hook))
        try store.arm(record)
        #expect(await client.inject(record.fault).0 == .failed(reason: "inject: exit 7"))
        await expectEventually { [store] in store.entry(of: record.fault) == nil }
        #expect(scratch.read("shop/flag") == nil)
    }

    @Test("runs plain hooks side by side, each once")
    func runsCommands() async throws {
        let client = client()
        let first = try command(#"echo "$DRILL_RUN $DRILL_TARGET $DRILL_CTL"; exit 3"#)
        let report = await client.run(first)
        #expect(report.ending == .exited(status: 3))
        #expect(report.output == "rollback-1 shop-staging /usr/bin/drillctl\n")
        let folder = "\(scratch.state.path)/commands"
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    }

    @Test("stops a running hook that ignores TERM")
    func stopsCommands() async throws {
        let client = client()
        let record = try command(
            "trap '' TERM; echo x >$DRILL_TARGET_ROOT/x; while :; do sleep 1; done")
        let running = Task { await client.run(record) }
        await expectEventually { [scratch] in scratch.read("shop/x") != nil }
        #expect(await client.stop(record.id))
        #expect(await running.value.ending == .stopped)
        #expect(await !client.stop(record.id))
    }

    @Test("refuses variables that are not for hooks, and hooks that lie elsewhere")
    func refusesForeignCommands() async throws {
        let client = client()
        let foreign = CommandRecord(
            id: "c-1", run: nil, target: nil, command: try scratch.hook("it", "env"),
            parameters: [], environment: ["LD_PRELOAD": "/x.so"], timeout: .seconds(5))
        #expect(
            await client.run(foreign).ending
                == .refused(
                    reason: "'LD_PRELOAD' is no variable for hooks; "
                        + "only names that begin with DRILL_ are passed on"))
        let outside = CommandRecord(
            id: "c-2", run: nil, target: nil, command: HookCommand(hook: "/bin/sh"),
            parameters: [], environment: [:], timeout: .seconds(5))
        #expect(
            await client.run(outside).ending
                == .refused(
                    reason: "'/bin/sh' is outside the hooks folder; "
                        + "put the file there and write hooks/NAME"))
    }
}

@Suite("A client without an agent")
struct AgentClientTests {
    private let scratch: Scratch
    private let client: AgentClient

    init() throws {
        scratch = try Scratch()
        _ = try scratch.armedStore()
        client = AgentClient(
            folder: scratch.state, role: .daemon, socket: scratch.state.socket)
    }

    @Test("counts a fault as injected and not as reverted")
    func countsAsInjected() async {
        let reason =
            "cannot reach the agent at \(scratch.state.socket): No such file or directory"
        #expect(await client.inject("r-1.f").0 == .unknown(reason: reason))
        #expect(await client.revert("r-1.f").outcome == .failed(reason: reason))
    }

    @Test("says that it got no answer")
    func saysSo() async {
        let error = await #expect(throws: AgentSilence.self) { try await client.status() }
        #expect(
            error?.description.hasPrefix("the agent gave no answer: cannot reach the agent") == true
        )
    }
}
