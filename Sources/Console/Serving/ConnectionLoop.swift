import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Accepts connections and serves each in a task of its own, until the graceful shutdown begins.
struct ConnectionLoop: Sendable {
    typealias Connections = NIOAsyncChannel<any Channel, Never>

    private let channel: HTTP1Channel
    private let unserved: UnservedConnections
    private let logger: Logger

    init(
        within limits: ServingLimits, logger: Logger,
        responder: @escaping HTTPChannelHandler.Responder
    ) {
        channel = HTTP1Channel(responder: responder, configuration: limits.channel)
        unserved = UnservedConnections(maximum: limits.connections)
        self.logger = logger
    }

    /// Serves what the bound socket accepts.
    ///
    /// - Parameter bind: makes the socket; it hands each connection that comes to its argument.
    func run(
        binding bind: (ServerBootstrap, @escaping Admission) async throws -> Connections,
        listening: (any Channel) async -> Void
    ) async throws {
        // Bare connections that read nothing yet: one that comes while the socket is being closed may
        // stay unserved, and a channel that was made ready for a handler must not.
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.autoRead, value: false)
        let server = try await bind(bootstrap) { unserved.admit($0) }
        await listening(server.channel)
        await withGracefulShutdownHandler {
            await serve(server)
        } onGracefulShutdown: {
            server.channel.close(promise: nil)
        }
    }

    typealias Admission = @Sendable (any Channel) -> EventLoopFuture<any Channel>

    private func serve(_ server: Connections) async {
        await withDiscardingTaskGroup { group in
            do {
                try await server.executeThenClose { connections in
                    for try await connection in connections {
                        unserved.take(connection)
                        group.addTask { await serve(connection) }
                    }
                }
            } catch is CancellationError {
                // The server ends because everything does.
            } catch {
                logger.error("a listening socket failed", metadata: ["error": "\(error)"])
            }
            unserved.end()
            // Long polls end with the server.
            group.cancelAll()
        }
    }

    private func serve(_ connection: any Channel) async {
        do {
            let ready = try await connection.eventLoop.flatSubmit { [channel, logger] in
                channel.setup(channel: connection, logger: logger)
            }.get()
            connection.setOption(.autoRead, value: true).whenSuccess { connection.read() }
            await channel.handle(value: ready, logger: logger)
        } catch {
            // It was gone before it asked for anything.
            connection.close(promise: nil)
        }
    }
}
