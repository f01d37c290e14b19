import NIOCore
import NIOHTTP1
import NIOPosix

/// A request to a listener on this machine.
package struct LoopbackRequest: Sendable {
    package let method: HTTPMethod
    package let uri: String
    package let headers: [String: String]

    /// A request without a body.
    package init(method: HTTPMethod, uri: String, headers: [String: String] = [:]) {
        self.method = method
        self.uri = uri
        self.headers = headers
    }
}

/// What came back.
package struct LoopbackResponse: Sendable {
    package let status: Int
    package let body: String
}

/// Sends one request per connection to 127.0.0.1, each with a deadline.
package struct LoopbackClient: Sendable {
    private let port: Int
    private static let bodyLimit = 1_000_000

    /// A client of the listener at a port.
    package init(port: Int) {
        self.port = port
    }

    /// Sends a request and reads the whole answer.
    package func send(
        _ request: LoopbackRequest, timeout: Duration
    ) async throws -> LoopbackResponse {
        try await withThrowingTaskGroup(of: LoopbackResponse.self) { group in
            group.addTask { try await exchange(request) }
            group.addTask {
                try await Task.sleep(for: timeout)
                throw LoopbackFailure.timedOut
            }
            defer { group.cancelAll() }
            guard let response = try await group.next() else { throw LoopbackFailure.noAnswer }
            return response
        }
    }

    private func exchange(_ request: LoopbackRequest) async throws -> LoopbackResponse {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
                        wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(.head(head(of: request)))
            try await outbound.write(.end(nil))
            return try await Self.answer(in: inbound)
        }
    }

    private func head(of request: LoopbackRequest) -> HTTPRequestHead {
        var headers = HTTPHeaders([("Host", "127.0.0.1:\(port)"), ("Connection", "close")])
        for (name, value) in request.headers { headers.add(name: name, value: value) }
        if request.method != .GET { headers.add(name: "Content-Length", value: "0") }
        return HTTPRequestHead(
            version: .http1_1, method: request.method, uri: request.uri, headers: headers)
    }

    private static func answer(
        in parts: NIOAsyncChannelInboundStream<HTTPClientResponsePart>
    ) async throws -> LoopbackResponse {
        var status: Int?
        var body = ByteBuffer()
        for try await part in parts {
            switch part {
            case .head(let head): status = Int(head.status.code)
            case .body(let bytes):
                guard body.readableBytes + bytes.readableBytes <= bodyLimit else {
                    throw LoopbackFailure.tooLong
                }
                body.writeImmutableBuffer(bytes)
            case .end:
                guard let status else { throw LoopbackFailure.noAnswer }
                return LoopbackResponse(status: status, body: String(buffer: body))
            }
        }
        throw LoopbackFailure.noAnswer
    }
}

/// Why a request got no answer.
package enum LoopbackFailure: Error, Hashable, CustomStringConvertible {
    case timedOut
    case noAnswer
    case tooLong

    package var description: String {
        switch self {
        case .timedOut: "no answer in time"
        case .noAnswer: "the connection closed without an answer"
        case .tooLong: "the answer is longer than 1 MB"
        }
    }
}
