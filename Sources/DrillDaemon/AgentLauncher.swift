import Drills
import Faults
import Foundation
import Glibc

/// Connects to the agent, and starts one where systemd does not.
///
/// The agent gets a session of its own and outlives the daemon until every fault is reverted.
final class AgentLauncher: Sendable {
    private let configuration: DaemonConfiguration

    /// How long a fresh agent may take until it listens.
    private static let patience = Duration.seconds(5)

    /// `POSIX_SPAWN_SETSID` of spawn.h, a GNU extension that Swift does not see.
    private static let ownSession: Int16 = 0x80

    init(_ configuration: DaemonConfiguration) {
        self.configuration = configuration
    }

    /// A stream to the agent.
    func connect() throws -> LineStream {
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
                usleep(500)
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
