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

    @Option(
        help: ArgumentHelp(
            "Serve the console to browsers at an address of this machine, such as 127.0.0.1:8643.",
            valueName: "address:port"))
    var console: LoopbackAddress?

    @OptionGroup var places: Places

    func validate() throws {
        guard console == nil || foreground else {
            throw ValidationError(
                "--console is for --foreground; with systemd, enable drilld-console.socket")
        }
    }

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
            let sockets = try Activation.listenSockets()
            try await daemon.run(
                at: listener(configuration, sockets), browsers: browsers(sockets),
                logger: Logger(label: "drilld"))
        } catch {
            throw failure(error, journal)
        }
    }

    /// systemd's socket if it passed one, else one of our own.
    private func listener(
        _ configuration: DaemonConfiguration, _ sockets: [Activation.ListenSocket]
    ) -> ControlServer.Listener {
        let others = sockets.filter { $0.name != Self.consoleName }
        guard let socket = others.first(where: { $0.name == "api" }) ?? others.first else {
            return .path(configuration.socket)
        }
        return .descriptor(socket.descriptor)
    }

    /// Where browsers are served: nowhere, unless somebody asked for it.
    private func browsers(_ sockets: [Activation.ListenSocket]) -> WebServer.Listener? {
        if let console { return .address(host: console.host, port: console.port) }
        return sockets.first { $0.name == Self.consoleName }.map { .descriptor($0.descriptor) }
    }

    /// `FileDescriptorName=` of drilld-console.socket.
    private static let consoleName = "console"

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

/// An address of this machine with a port: `127.0.0.1:8643`, `[::1]:0`.
struct LoopbackAddress: ExpressibleByArgument {
    let host: String
    let port: Int

    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":"),
            let port = UInt16(argument[argument.index(after: colon)...])
        else { return nil }
        let host = argument[..<colon]
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        self.host = String(isBracketed ? host.dropFirst().dropLast() : host)
        self.port = Int(port)
        guard !self.host.isEmpty else { return nil }
    }
}
