import Drills
import Faults
import Foundation
import Glibc
import Synchronization

/// Connects to the agent, and starts one where systemd does not.
///
/// The agent gets a session of its own and outlives the daemon until every fault is reverted.
final class AgentLauncher: Sendable {
    private let configuration: DaemonConfiguration
    private let prepared = Mutex(Prepared.nothing)

    /// What was done before somebody asked for the connection.
    private enum Prepared {
        case nothing
        case connected(LineStream)
        case started
    }

    /// How long a fresh agent may take until it listens.
    private static let patience = Duration.seconds(5)

    /// `POSIX_SPAWN_SETSID` of spawn.h, a GNU extension that Swift does not see.
    private static let ownSession: Int16 = 0x80

    init(_ configuration: DaemonConfiguration) {
        self.configuration = configuration
    }

    /// Reaches for the agent, so that it starts while the caller does something else.
    ///
    /// A state folder that is not there is left to be made by whoever knows that the calendar is good.
    func prepare() {
        guard access(configuration.state.path, F_OK) == 0 else { return }
        if let stream = try? Self.stream(to: configuration.agentSocket) {
            prepared.withLock { $0 = .connected(stream) }
        } else if let program = configuration.agentProgram, (try? start(program)) != nil {
            prepared.withLock { $0 = .started }
        }
        // What failed fails again in `connect`, and is told there.
    }

    /// Lets an agent go that nobody is going to ask: it ends when its first caller leaves.
    func dismiss() {
        guard case .started = prepared.withLock({ $0 }) else { return }
        // One that does not even listen ends by itself.
        try? connect().close()
    }

    /// A stream to the agent.
    func connect() throws -> LineStream {
        let before = prepared.withLock { prepared in
            defer { prepared = .nothing }
            return prepared
        }
        switch before {
        case .connected(let stream): return stream
        case .started: return try awaitListening()
        case .nothing: return try connectOrStart()
        }
    }

    private func connectOrStart() throws -> LineStream {
        do {
            return try Self.stream(to: configuration.agentSocket)
        } catch {
            guard let program = configuration.agentProgram else { throw error }
            try start(program)
            return try awaitListening()
        }
    }

    private static func stream(to socket: String) throws -> LineStream {
        let number = try UnixSocket.connect(to: socket)
        return LineStream(reading: number, writing: number)
    }

    private func awaitListening() throws -> LineStream {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            do {
                return try Self.stream(to: configuration.agentSocket)
            } catch {
                guard ContinuousClock.now < deadline else { throw error }
                usleep(100)
            }
        }
    }

    private func start(_ program: String) throws {
        let folders = configuration.folders.paths.reversed().flatMap {
            ["--scenarios", "\($0)/scenarios"]
        }
        let arguments =
            [
                program, "serve", "--state", configuration.state.path, "--socket",
                configuration.agentSocket, "--exit-when-idle",
            ] + folders
        let process = try spawn(arguments)
        // Reaps it, so that no zombie is left while the daemon lives.
        Thread.detachNewThread {
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0, errno == EINTR {}
        }
    }

    private func spawn(_ arguments: [String]) throws -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Self.ownSession)
        var process: pid_t = 0
        var argv = arguments.map { strdup($0) } + [nil]
        defer { for word in argv { free(word) } }
        let failure = posix_spawn(&process, arguments[0], nil, &attributes, &argv, environ)
        guard failure == 0 else {
            throw LaunchFailure(program: arguments[0], reason: String(cString: strerror(failure)))
        }
        return process
    }
}

/// The agent could not be started.
struct LaunchFailure: Error, CustomStringConvertible {
    let program: String
    let reason: String

    var description: String { "cannot start the agent \(program): \(reason)" }
}
