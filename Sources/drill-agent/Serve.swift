import ArgumentParser
import CalendarTime
import Faults
import Glibc
import Systemd

/// Serves the daemon and whoever else may ask.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve requests, and revert what falls due.")

    @OptionGroup var places: Places
    @Option(help: "The socket to listen at; a socket from systemd comes first.") var socket: String?
    @Option(help: "A user, beside root, who may ask; by default the user drilld.") var uid: UInt32?
    @Flag(help: "End when nobody is connected and nothing is armed.") var exitWhenIdle = false

    func run() async throws {
        // A session of its own: what ends the daemon's terminal does not end the agent.
        setsid()
        signal(SIGPIPE, SIG_IGN)
        Supervisors.adoptOrphans()
        let underSystemd = Boot.isSystemd && getenv("INVOCATION_ID") != nil
        let runner = try runner(underSystemd)
        let hooks = try places.hooks(runner: runner)
        let only = try OnlyAgent(folder: places.folder)
        // Before all else, so that whoever started this agent can ask; the answers come when it is ready.
        let listener = try listeningSocket()
        (runner as? UnitRunner)?.clearRemains()
        let board = NoticeBoard()
        let agent = Agent(
            hooks: hooks,
            deadManSwitch: underSystemd ? SystemdSwitch.ifBooted(places: places) : SessionSwitch()
        ) { board.post($0) }
        try await agent.recover()
        let server = AgentServer(agent: agent, board: board, allowedUsers: allowedUsers)
        server.listen(on: listener)
        let notifier = ServiceNotifier()
        notifier.ready(status: "Waiting for drills")
        let interval = notifier.watchdogInterval.map {
            TimeSpan(microseconds: Int64($0 / .microseconds(2)))
        }
        await agent.keepWatch(atLeastEvery: interval, untilIdle: exitWhenIdle) {
            notifier.petWatchdog()
        }
        withExtendedLifetime((server, only)) {}
    }

    private func runner(_ underSystemd: Bool) throws -> any HookRunner {
        underSystemd
            ? try UnitRunner(places: places)
            : ProcessRunner(folder: places.folder, credentials: places.credentialFolder)
    }

    private func listeningSocket() throws -> Int32 {
        if let passed = try Activation.listenSockets().first { return passed.descriptor }
        return try UnixSocket.listen(at: socket ?? places.folder.socket)
    }

    private var allowedUsers: Set<UInt32> {
        if let uid { return [uid] }
        return getpwnam("drilld").map { [$0.pointee.pw_uid] } ?? []
    }
}
