import ControlAPI
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// Asks a daemon over its control socket; one connection a request.
package struct ControlClient: Sendable {
    private let socket: String

    /// The most bytes of an answer.
    private static let maximumAnswer = 64 * 1024 * 1024
    /// How long an answer may take beyond what a long poll asks for.
    private static let patience = TimeAmount.seconds(660)

    /// A client of the daemon at this socket.
    package init(socket: String) {
        self.socket = socket
    }

    /// Sends a request and reads the answer.
    ///
    /// - Throws: ``Refusal`` if the daemon refuses; ``Unreachable`` if there is none.
    package func ask<Reply: Decodable>(
        _ request: ControlRequest, for type: Reply.Type
    ) async throws -> Reply {
        let (status, body) = try await send(request.form)
        guard (200..<300).contains(status) else {
            throw try JSONText.parse(Refusal.self, body)
        }
        return try JSONText.parse(type, body)
    }

    private typealias Exchange = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    private func send(_ form: HTTPForm) async throws -> (status: Int, body: ByteBuffer) {
        let exchange: Exchange
        do {
            exchange = try await connect()
        } catch let error as IOError {
            throw Unreachable(socket: socket, reason: String(cString: strerror(error.errnoCode)))
        } catch {
            throw Unreachable(socket: socket, reason: "\(error)")
        }
        let body = form.body.isEmpty ? ByteBuffer() : try JSONText.buffer(form.body)
        let head = HTTPRequestHead(
            version: .http1_1, method: form.method == .get ? .GET : .POST, uri: form.target,
            headers: [
                "Host": "drilld", "Content-Type": "application/json",
                "Content-Length": "\(body.readableBytes)", "Connection": "close",
            ])
        do {
            return try await exchange.executeThenClose { inbound, outbound in
                // All at once: a quick daemon has answered and closed before a second write.
                let content: [HTTPClientRequestPart] =
                    body.readableBytes > 0 ? [.body(.byteBuffer(body))] : []
                try await outbound.write(contentsOf: [.head(head)] + content + [.end(nil)])
                return try await Self.collect(inbound)
            }
        } catch let error as Unreachable {
            throw Unreachable(socket: socket, reason: error.reason)
        }
    }

    private func connect() async throws -> Exchange {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(5))
            .connect(unixDomainSocketPath: socket) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        IdleStateHandler(readTimeout: Self.patience))
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try Exchange(wrappingChannelSynchronously: channel)
                }
            }
    }

    private static func collect(
        _ inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>
    ) async throws -> (status: Int, body: ByteBuffer) {
        var status: Int?
        var body = ByteBuffer()
        for try await part in inbound {
            switch part {
            case .head(let head): status = Int(head.status.code)
            case .body(var piece):
                guard body.readableBytes + piece.readableBytes <= maximumAnswer else {
                    throw Unreachable(socket: "", reason: "the answer is too long")
                }
                body.writeBuffer(&piece)
            case .end:
                guard let status else { break }
                return (status, body)
            }
        }
        throw Unreachable(socket: "", reason: "drilld closed the connection before it answered")
    }
}

/// There is no daemon at the socket, or it went away.
package struct Unreachable: Error, Hashable, CustomStringConvertible {
    package let socket: String
    package let reason: String

    package var description: String {
        "cannot reach drilld at \(socket) (\(reason)); start it, or name its socket with --socket"
    }
}
