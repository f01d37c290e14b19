import ControlAPI
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Serves the control API over HTTP on a UNIX socket, and beside it the console's pages.
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
    private let console: WebConsole?
    private let listening: @Sendable () async -> Void
    private let answer: Answer
    private let logger = Logger(label: "drilld.console")

    /// A server that hands each request to `answer`.
    ///
    /// - Parameters:
    ///   - login: the login name of a user's number.
    ///   - console: serves every path that is not the API's; nil: there is nothing there.
    ///   - listening: called once the socket accepts connections.
    package init(
        at listener: Listener, login: @escaping @Sendable (UInt32) -> String,
        console: WebConsole? = nil, listening: @escaping @Sendable () async -> Void = {},
        answer: @escaping Answer
    ) {
        self.listener = listener
        self.login = login
        self.console = console
        self.listening = listening
        self.answer = answer
    }

    /// Serves until the graceful shutdown begins.
    package func run() async throws {
        let loop = ConnectionLoop(within: .socket, logger: logger) { request, writer, channel in
            try await respond(to: request, on: channel, with: writer)
        }
        try await loop.run(binding: bind) { _ in await listening() }
    }

    private func bind(
        _ bootstrap: ServerBootstrap, admitting admit: @escaping ConnectionLoop.Admission
    ) async throws -> ConnectionLoop.Connections {
        switch listener {
        case .path(let path):
            let connections = try await bootstrap.bind(
                unixDomainSocketPath: path, cleanupExistingSocketFile: true
            ) { admit($0) }
            try SocketFile(path).openToGroup()
            return connections
        case .descriptor(let descriptor):
            return try await bootstrap.bind(descriptor) { admit($0) }
        }
    }

    private func respond(
        to request: Request, on channel: any Channel, with writer: consuming ResponseWriter
    ) async throws {
        if let console, !Self.isForAPI(request) {
            let peer = try await PeerCredentials.peer(of: channel, login: login)
            return try await console.respond(
                to: request, from: .process(peer), on: channel, with: writer)
        }
        let (status, body) = await reply(to: request, on: channel)
        var fields: HTTPFields = [
            .contentType: "application/json", .contentLength: "\(body.readableBytes)",
        ]
        // A body that was not read because of a refusal could come for ever.
        let closes = status >= 400 && request.bringsBody
        if closes { fields[.connection] = "close" }
        let head = HTTPResponse(status: .init(code: status), headerFields: fields)
        try await writer.write(response: head, body: ResponseBody(byteBuffer: body))
        if closes { ClosingTime.hangUp(channel) }
    }

    private static func isForAPI(_ request: Request) -> Bool {
        request.uri.path.split(separator: "/").first.map(String.init) == HTTPForm.version
    }

    private func reply(
        to request: Request, on channel: any Channel
    ) async -> (status: Int, body: ByteBuffer) {
        do {
            let peer = try await PeerCredentials.peer(of: channel, login: login)
            let form = try await form(of: request, on: channel)
            return (200, try JSONText.buffer(try await answer(ControlRequest(form), peer)))
        } catch {
            return refused(Refusal(of: error))
        }
    }

    /// The request of a program, whose body has to come in time.
    private func form(of request: Request, on channel: any Channel) async throws -> HTTPForm {
        try APIGuard.check(request)
        let closing = ClosingTime(of: channel, after: ServingLimits.socket.body)
        defer { closing.cancel() }
        return try await HTTPForm(request)
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

extension Refusal {
    /// What is wrong, whatever was thrown.
    init(of error: any Error) {
        switch error {
        case let refusal as Refusal: self = refusal
        case let error as FormError:
            if case .unknownPath = error {
                self.init(.notFound, ["\(error)"])
            } else {
                self.init(.badRequest, ["\(error)"])
            }
        default: self.init(.failed, ["\(error)"])
        }
    }
}
