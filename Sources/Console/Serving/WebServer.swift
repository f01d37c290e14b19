import ControlAPI
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Serves the console's pages to browsers over TCP, on the loopback interface only; the API is not there.
package struct WebServer: Service {
    /// Where it listens.
    package enum Listener: Hashable, Sendable {
        /// An address of the loopback interface; port 0 takes a free one.
        case address(host: String, port: Int)
        /// A socket that systemd made.
        case descriptor(CInt)
    }

    private let listener: Listener
    private let console: WebConsole
    private let limits: ServingLimits
    private let listening: @Sendable (_ port: Int) async -> Void
    private let logger = Logger(label: "drilld.console")

    /// A server of a console's pages.
    ///
    /// - Parameter listening: called with the port once the socket accepts connections.
    package init(
        at listener: Listener, console: WebConsole, limits: ServingLimits = .browsers,
        listening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.listener = listener
        self.console = console
        self.limits = limits
        self.listening = listening
    }

    /// Serves until the graceful shutdown begins.
    ///
    /// - Throws: ``NotLoopback``, or what binding the socket throws.
    package func run() async throws {
        let loop = ConnectionLoop(within: limits, logger: logger) { request, writer, channel in
            let port = channel.localAddress?.port ?? 0
            try await console.respond(
                to: request, from: .browser(port: port, limits), on: channel, with: writer)
        }
        try await loop.run(binding: bind) { channel in
            let address = channel.localAddress
            let port = address?.port ?? 0
            let host = address?.protocol == .inet6 ? "[::1]" : "127.0.0.1"
            console.sessions.listens(at: "http://\(host):\(port)")
            await listening(port)
        }
    }

    private func bind(
        _ bootstrap: ServerBootstrap, admitting admit: @escaping ConnectionLoop.Admission
    ) async throws -> ConnectionLoop.Connections {
        let reuse = bootstrap.serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        switch listener {
        case .address(let host, let port):
            let name = host == "localhost" ? "127.0.0.1" : host
            let address = try SocketAddress(ipAddress: name, port: port)
            guard address.isLoopback else { throw NotLoopback(address: "\(host):\(port)") }
            return try await reuse.bind(to: address) { admit($0) }
        case .descriptor(let descriptor):
            let connections = try await bootstrap.bind(descriptor) { admit($0) }
            guard connections.channel.localAddress?.isLoopback == true else {
                let address = connections.channel.localAddress.map { "\($0)" }
                try await connections.channel.close()
                throw NotLoopback(address: address ?? "an unknown address")
            }
            return connections
        }
    }
}

/// The console was to be served where others than this machine reach it.
package struct NotLoopback: Error, Hashable, CustomStringConvertible {
    package let address: String

    package var description: String {
        "the console is served on loopback only, not at \(address); write 127.0.0.1:PORT, and let a "
            + "proxy with TLS or 'ssh -L' stand before it"
    }
}

extension SocketAddress {
    fileprivate var isLoopback: Bool {
        switch self {
        case .v4: ipAddress?.hasPrefix("127.") == true
        case .v6: ipAddress == "::1"
        case .unixDomainSocket: false
        }
    }
}
