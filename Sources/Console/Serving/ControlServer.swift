import ControlAPI
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Serves the control API over HTTP on a UNIX socket.
package struct ControlServer: Service {
    /// Answers a request of a process, or throws a ``Refusal``.
    package typealias Answer =
        @Sendable (ControlRequest, Peer) async throws -> any Encodable & Sendable

    /// Where it listens.
    package enum Listener: Hashable, Sendable {
        /// A socket that it makes itself, in place of an old one.
        case path(String)
        /// A socket that systemd made.
        case descriptor(CInt)
    }

    /// The most bytes of a request's body.
    static let maximumBody = 64 * 1024

    private let listener: Listener
    private let login: @Sendable (UInt32) -> String
    private let listening: @Sendable () async -> Void
    private let answer: Answer
    private let logger = Logger(label: "drilld.console")

    /// A server that hands each request to `answer`.
    ///
    /// - Parameters:
    ///   - login: the login name of a user's number.
    ///   - listening: called once the socket accepts connections.
    package init(
        at listener: Listener, login: @escaping @Sendable (UInt32) -> String,
        listening: @escaping @Sendable () async -> Void = {}, answer: @escaping Answer
    ) {
        self.listener = listener
        self.login = login
        self.listening = listening
        self.answer = answer
    }

    /// Serves until the graceful shutdown begins.
    package func run() async throws {
        let channel = HTTP1Channel(
            responder: { request, writer, channel in
                try await respond(to: request, on: channel, with: writer)
            }, configuration: .init(idleTimeout: .seconds(120)))
        let unserved = UnservedConnections()
        let server = try await bind(unserved)
        await listening()
        await withGracefulShutdownHandler {
            await serve(server, channel, unserved)
        } onGracefulShutdown: {
            server.channel.close(promise: nil)
        }
    }

    private typealias Connections = NIOAsyncChannel<any Channel, Never>

    /// Accepts bare connections that read nothing yet: one that comes while the socket is being closed may
    /// stay unserved, and a channel that was made ready for a handler must not.
    private func bind(_ unserved: UnservedConnections) async throws -> Connections {
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.autoRead, value: false)
        switch listener {
        case .path(let path):
            let connections: Connections = try await bootstrap.bind(
                unixDomainSocketPath: path, cleanupExistingSocketFile: true
            ) { unserved.admit($0) }
            try SocketFile(path).openToGroup()
            return connections
        case .descriptor(let descriptor):
            return try await bootstrap.bind(descriptor) { unserved.admit($0) }
        }
    }

    private func serve(
        _ server: Connections, _ channel: HTTP1Channel, _ unserved: UnservedConnections
    ) async {
        await withDiscardingTaskGroup { group in
            do {
                try await server.executeThenClose { connections in
                    for try await connection in connections {
                        unserved.take(connection)
                        group.addTask { await serve(connection, channel) }
                    }
                }
            } catch is CancellationError {
                // The server ends because everything does.
            } catch {
                logger.error("the control socket failed", metadata: ["error": "\(error)"])
            }
            unserved.end()
            // Long polls end with the server.
            group.cancelAll()
        }
    }

    private func serve(_ connection: any Channel, _ channel: HTTP1Channel) async {
        let logger = logger
        do {
            let ready = try await connection.eventLoop.flatSubmit {
                channel.setup(channel: connection, logger: logger)
            }.get()
            connection.setOption(.autoRead, value: true).whenSuccess { connection.read() }
            await channel.handle(value: ready, logger: logger)
        } catch {
            // It was gone before it asked for anything.
            connection.close(promise: nil)
        }
    }

    private func respond(
        to request: Request, on channel: any Channel, with writer: consuming ResponseWriter
    ) async throws {
        let (status, body) = await reply(to: request, on: channel)
        let head = HTTPResponse(
            status: .init(code: status),
            headerFields: [
                .contentType: "application/json", .contentLength: "\(body.readableBytes)",
            ])
        try await writer.write(response: head, body: ResponseBody(byteBuffer: body))
    }

    private func reply(
        to request: Request, on channel: any Channel
    ) async -> (status: Int, body: ByteBuffer) {
        do {
            let peer = try await PeerCredentials.peer(of: channel, login: login)
            let form = try await HTTPForm(request)
            return (200, try JSONText.buffer(try await answer(ControlRequest(form), peer)))
        } catch let refusal as Refusal {
            return refused(refusal)
        } catch let error as FormError {
            if case .unknownPath = error { return refused(Refusal(.notFound, ["\(error)"])) }
            return refused(Refusal(.badRequest, ["\(error)"]))
        } catch {
            return refused(Refusal(.failed, ["\(error)"]))
        }
    }

    private func refused(_ refusal: Refusal) -> (status: Int, body: ByteBuffer) {
        do {
            return (refusal.status.rawValue, try JSONText.buffer(refusal))
        } catch {
            logger.error("a refusal could not be written", metadata: ["error": "\(error)"])
            return (Refusal.Status.failed.rawValue, ByteBuffer())
        }
    }
}
