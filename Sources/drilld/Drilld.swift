import ArgumentParser
import Console
import DrillDaemon
import Foundation
import Logging
import Systemd

/// The daemon: reads the calendar, fires drills, serves the control API.
@main
struct Drilld: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drilld",
        abstract: "Rehearse failure from a drill calendar.",
        discussion: """
            Started by systemd it takes its settings from drilld.conf and needs no arguments. \
            With --foreground it needs neither systemd nor root: it starts an agent of its own.
            """,
        version: DrillDesk.version)

    @Flag(help: "Run without systemd: log to standard error, start the agent.")
    var foreground = false

    @OptionGroup var places: Places

    func run() async throws {
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = .error
            return handler
        }
        let journal =
            foreground ? Journal(identifier: "drilld", linesTo: 2) : Journal(identifier: "drilld")
        do {
            let configuration = try places.configuration(startsAgent: foreground)
            let daemon = try await Daemon.start(configuration, journal: journal)
            try await daemon.run(
                at: try listener(configuration), logger: Logger(label: "drilld"))
        } catch {
            throw failure(error, journal)
        }
    }

    /// systemd's socket if it passed one, else one of our own.
    private func listener(_ configuration: DaemonConfiguration) throws -> ControlServer.Listener {
        let sockets = try Activation.listenSockets()
        guard let socket = sockets.first(where: { $0.name == "api" }) ?? sockets.first else {
            return .path(configuration.socket)
        }
        return .descriptor(socket.descriptor)
    }

    private func failure(_ error: any Error, _ journal: Journal) -> any Error {
        for line in "\(error)".split(separator: "\n") {
            journal.write(String(line), priority: .error)
        }
        switch error {
        case is WrongFiles: return ExitCode(ExitStatus.configuration)
        case StartFailure.calendar: return ExitCode(ExitStatus.configuration)
        case StartFailure.stateIsTaken: return ExitCode(ExitStatus.refused)
        default: return ExitCode(ExitStatus.failed)
        }
    }
}

/// Exit statuses of drilld, as far as it chooses them.
enum ExitStatus {
    static let failed: Int32 = 1
    static let refused: Int32 = 3
    static let configuration: Int32 = 78
}
