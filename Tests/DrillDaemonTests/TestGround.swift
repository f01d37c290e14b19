import CalendarTime
import Console
import ControlAPI
import DrillDaemon
import Drills
import Faults
import Foundation
import Ledger
import Logging
import ServiceLifecycle
import Systemd
import UnitFiles

/// A folder with a calendar, a scenario and a target made of one file, and an agent for it.
final class TestGround: Sendable {
    let path: String
    private let watch: Task<Void, Never>
    private let listener: Int32

    init() throws {
        path = "/tmp/daemon-\(UUID().uuidString.prefix(8))"
        for folder in ["etc/calendars", "etc/scenarios/hooks", "target", "state"] {
            try FileManager.default.createDirectory(
                atPath: "\(path)/\(folder)", withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o755])
        }
        listener = try UnixSocket.listen(at: StateFolder("\(path)/state").socket)
        watch = try Self.agent(at: path, listener)
        try write("staging\n", to: "marker")
        try write("whole\n", to: "target/flag")
        try write(TestFiles.scenario(in: path), to: "etc/scenarios/quick.scenario")
        for (name, body) in TestFiles.hooks { try hook(name, body) }
        try plan(TestFiles.drill("quick"))
    }

    deinit {
        watch.cancel()
        // Ends the thread that listens: there is room for so many of them in a process.
        shutdown(listener, Int32(SHUT_RDWR))
        // What is left in /tmp after a failed removal disturbs no other test.
        try? FileManager.default.removeItem(atPath: path)
    }

    private static func agent(
        at path: String, _ listener: Int32
    ) throws -> Task<Void, Never> {
        let folder = StateFolder("\(path)/state")
        let hooks = FaultHooks(
            store: try ArmedStore(folder: folder),
            hookGuard: HookGuard(folders: ["\(path)/etc/scenarios"]),
            runner: ProcessRunner(folder: folder, credentials: CredentialFolder(folder: nil)))
        let board = NoticeBoard()
        let agent = Agent(hooks: hooks, deadManSwitch: SessionSwitch()) { board.post($0) }
        let server = AgentServer(agent: agent, board: board, allowedUsers: [])
        server.listen(on: listener)
        return Task { await agent.keepWatch() }
    }

    var state: StateFolder { StateFolder("\(path)/state") }

    var configuration: DaemonConfiguration {
        DaemonConfiguration(
            folders: UnitFolders(["\(path)/etc"]), state: state, archive: "\(path)/state/archive",
            socket: "\(path)/api.sock", agentSocket: state.socket, agentProgram: nil,
            controlProgram: "/bin/false", operatorGroup: "no-such-group",
            credentials: "\(path)/credentials", consoleURL: "https://drills.example")
    }

    /// A daemon that has recovered, and plays nothing yet.
    func start() async throws -> Daemon {
        try await Daemon.start(configuration, journal: try journal())
    }

    private func journal() throws -> Journal {
        let descriptor = open("\(path)/journal", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
        return Journal(identifier: "drilld", linesTo: descriptor)
    }

    func write(_ text: String, to file: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(file)"))
    }

    func read(_ file: String) -> String {
        // A missing file reads as nothing.
        (try? String(contentsOfFile: "\(path)/\(file)", encoding: .utf8)) ?? ""
    }

    /// Every file of the ground, by its path in it.
    func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
    }

    func bytes(_ file: String) -> Data {
        // A folder or a socket reads as nothing.
        FileManager.default.contents(atPath: "\(path)/\(file)") ?? Data()
    }

    /// Writes a secret, which nobody else may read.
    func keep(_ secret: String, in file: String) throws {
        try write(secret + "\n", to: file)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: "\(path)/\(file)")
    }

    func hook(_ name: String, _ body: String) throws {
        let file = "etc/scenarios/hooks/\(name)"
        try write("#!/bin/sh\n\(body)\n", to: file)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: "\(path)/\(file)")
    }

    /// Writes a calendar with these drills.
    func plan(_ drills: String...) throws {
        try write(
            TestFiles.calendar(in: path) + drills.joined(), to: "etc/calendars/test.calendar")
    }

    /// Allows injections, as an operator would.
    func arm() throws {
        try ArmedTargets(folder: state).arm(
            Arming(target: "ground", by: "test", at: MachineClock.now().wall))
    }

    /// When the agenda was last watched.
    func lastAlive() throws -> WallInstant {
        let file = try FileManager.default.attributesOfItem(atPath: "\(path)/state/alive")
        let date = file[.modificationDate] as? Date ?? .distantPast
        return WallInstant(
            microsecondsSinceEpoch: Int64((date.timeIntervalSince1970 * 1_000_000).rounded()))
    }

    /// Makes the state look as if the agenda was last watched at an instant.
    func wasAlive(at instant: WallInstant) throws {
        try write("", to: "state/alive")
        let date = Date(timeIntervalSince1970: Double(instant.microsecondsSinceEpoch) / 1_000_000)
        try FileManager.default.setAttributes(
            [.modificationDate: date], ofItemAtPath: "\(path)/state/alive")
    }
}

extension TestGround {
    /// Runs a daemon with all its services while the body runs, then shuts it down as a signal would.
    @discardableResult
    func running<Result: Sendable>(
        _ daemon: Daemon, while body: @Sendable (DrillDesk) async throws -> Result
    ) async throws -> Result {
        let service = DaemonService(daemon: daemon, socket: configuration.socket)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: service)], logger: DaemonService.silent))
        return try await withThrowingTaskGroup { tasks in
            tasks.addTask { try await group.run() }
            let result = try await body(daemon.desk)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return result
        }
    }
}

struct DaemonService: Service {
    let daemon: Daemon
    let socket: String

    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    func run() async throws {
        try await daemon.run(at: .path(socket), logger: Self.silent)
    }
}

extension DrillDesk {
    /// Asks as the daemon's own user.
    func ask(_ request: ControlRequest) async throws -> any Encodable & Sendable {
        try await answer(
            request, from: Peer(uid: geteuid(), gid: getegid(), pid: 1, login: "tester"))
    }

    func begin(_ drill: DrillName) async throws -> RunID? {
        (try await ask(.start(drill)) as? Started)?.run
    }

    func detail(of run: RunID) async throws -> RunDetail? {
        try await ask(.run(run)) as? RunDetail
    }
}

/// Asks again and again, for at most half a minute.
func eventually(_ holds: @Sendable () async throws -> Bool) async rethrows -> Bool {
    let end = MachineClock.bootNow().advanced(by: .seconds(30))
    while MachineClock.bootNow() < end {
        if try await holds() { return true }
        await Task.yield()
    }
    return false
}
