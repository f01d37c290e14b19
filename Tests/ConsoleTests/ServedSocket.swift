import Console
import ControlAPI
import Dispatch
import Foundation
import Glibc
import Logging
import ServiceLifecycle
import Testing

/// A control server at a socket of its own, for the time of one test.
struct ServedSocket {
    let path: String
    let client: ControlClient
    /// Begins the graceful shutdown, as a signal would.
    let shutDown: @Sendable () async -> Void

    /// A fresh path, short enough for a socket's address.
    static func freshPath() -> String { "/tmp/console-\(UUID().uuidString.prefix(8)).sock" }

    /// Serves while the body runs, and then until all connections are done.
    @discardableResult
    static func serving<Result: Sendable>(
        at listener: ControlServer.Listener? = nil, path: String = freshPath(),
        answer: @escaping ControlServer.Answer,
        while body: @Sendable (ServedSocket) async throws -> Result
    ) async throws -> Result {
        let (ready, feed) = AsyncStream.makeStream(of: Void.self)
        let server = ControlServer(
            at: listener ?? .path(path), login: { "login-\($0)" }, listening: { feed.finish() },
            answer: answer)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: server)],
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        let socket = ServedSocket(path: path, client: ControlClient(socket: path)) {
            await group.triggerGracefulShutdown()
        }
        return try await withThrowingTaskGroup { tasks in
            tasks.addTask {
                defer { feed.finish() }
                try await group.run()
            }
            for await _ in ready {}
            let result = try await body(socket)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            // The next test takes another path; a file that is left does no harm.
            unlink(path)
            return result
        }
    }
}

/// A connection over which a test says whatever it likes.
final class RawConnection: Sendable {
    private let number: Int32

    init(to path: String) throws {
        number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        try #require(number >= 0)
        let result = withUnsafePointer(to: UNIXAddress.of(path)) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(result == 0)
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
    }

    /// Over TCP to the loopback interface.
    init(port: Int) throws {
        number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(number >= 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(result == 0)
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(
            number, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(number) }

    func say(_ text: String) {
        let bytes = Array(text.utf8)
        send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Everything until the server closes the connection.
    func hearAll() async -> String { await hear { _ in false } }

    /// Everything until that text has come.
    func hear(until end: String) async -> String { await hear { $0.contains(end) } }

    /// On a thread of its own: the server needs those that tasks run on.
    private func hear(until isEnough: @escaping @Sendable (String) -> Bool) async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in
                continuation.resume(returning: listen(until: isEnough))
            }
        }
    }

    private func listen(until isEnough: (String) -> Bool) -> String {
        var heard: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let count = recv(number, &buffer, buffer.count, 0)
            guard count > 0 else { return String(decoding: heard, as: UTF8.self) }
            heard.append(contentsOf: buffer[..<count])
            let text = String(decoding: heard, as: UTF8.self)
            if isEnough(text) { return text }
        }
    }
}

enum UNIXAddress {
    static func of(_ path: String) -> sockaddr_un {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return address
    }

    /// A listening socket, as systemd passes one.
    static func listening(at path: String) throws -> CInt {
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        try #require(number >= 0)
        let result = withUnsafePointer(to: of(path)) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(result == 0)
        try #require(listen(number, 16) == 0)
        return number
    }
}
