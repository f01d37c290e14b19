import Foundation
import Glibc
import Synchronization

/// The peer: an HTTP server on loopback that keeps each request byte for byte and answers as it is told.
///
/// It speaks over bare sockets, because a server library would not answer with garbage.
final class Sink: Sendable {
    /// What it does with a request.
    enum Reply: Sendable {
        case answer(Int, headers: [String] = [], body: String = "")
        /// Bytes that need not be HTTP.
        case bytes(String)
        /// Bytes, and then nothing until the other side gives up.
        case stall(String)
        /// Nothing until the other side gives up.
        case silence
        /// Closes the connection without a word.
        case close
    }

    private struct State {
        var requests: [Request] = []
        var watchers: [(count: Int, wake: CheckedContinuation<Void, Never>)] = []
        var connections = 0
    }

    let port: UInt16
    var url: String { "http://127.0.0.1:\(port)" }
    private let listener: Int32
    private let replies: [Reply]
    private let state = Mutex(State())

    /// A server that gives these answers in turn, the last of them for ever.
    convenience init(_ replies: Reply...) throws { try self.init(replies: replies) }

    /// A server that gives these answers in turn, the last of them for ever.
    init(replies: [Reply]) throws {
        self.replies = replies.isEmpty ? [.answer(200)] : replies
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        port = try Loopback.bind(listener)
        guard listen(listener, 64) == 0 else { throw Loopback.Failure(call: "listen") }
        Thread.detachNewThread { [self] in accept() }
    }

    var requests: [Request] { state.withLock { $0.requests } }
    /// How many connections were made.
    var connections: Int { state.withLock { $0.connections } }

    /// The requests, once there are that many.
    func requests(_ count: Int) async -> [Request] {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.requests.count < count { state.watchers.append((count, continuation)) }
                return state.requests.count >= count
            }
            if isThere { continuation.resume() }
        }
        return requests
    }

    func close() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func accept() {
        while true {
            let connection = Glibc.accept(listener, nil, nil)
            guard connection >= 0 else { break }
            state.withLock { $0.connections += 1 }
            Thread.detachNewThread { [self] in serve(connection) }
        }
        Glibc.close(listener)
    }

    private func serve(_ connection: Int32) {
        var reader = RequestReader(connection: connection)
        while let request = reader.next() {
            let number = keep(request)
            guard reply(replies[min(number, replies.count - 1)], on: connection) else { break }
            if request.header("Connection") == "close" { break }
        }
        Glibc.close(connection)
    }

    private func keep(_ request: Request) -> Int {
        let (number, seen) = state.withLock { state in
            state.requests.append(request)
            let count = state.requests.count
            let seen = state.watchers.filter { $0.count <= count }
            state.watchers.removeAll { $0.count <= count }
            return (count - 1, seen)
        }
        for watcher in seen { watcher.wake.resume() }
        return number
    }

    /// False when the connection is to be closed.
    private func reply(_ reply: Reply, on connection: Int32) -> Bool {
        switch reply {
        case .answer(let status, let headers, let body):
            let head = ["HTTP/1.1 \(status) Any", "Content-Length: \(body.utf8.count)"] + headers
            return write(head.joined(separator: "\r\n") + "\r\n\r\n" + body, to: connection)
        case .bytes(let text):
            _ = write(text, to: connection)
            return false
        case .stall(let text):
            _ = write(text, to: connection)
            return waitForEnd(of: connection)
        case .silence: return waitForEnd(of: connection)
        case .close: return false
        }
    }

    /// Until the other side has had enough.
    private func waitForEnd(of connection: Int32) -> Bool {
        var byte: UInt8 = 0
        _ = recv(connection, &byte, 1, 0)
        return false
    }

    private func write(_ text: String, to connection: Int32) -> Bool {
        let bytes = Array(text.utf8)
        return send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }
}

/// A request as it came.
struct Request: Sendable {
    let head: String
    let body: String

    /// Such as `POST /v2/enqueue`.
    var target: String { head.split(separator: " ").prefix(2).joined(separator: " ") }

    func header(_ name: String) -> String? {
        head.split(separator: "\r\n").dropFirst().lazy
            .map { $0.split(separator: ":", maxSplits: 1) }
            .first { $0.first?.lowercased() == name.lowercased() }
            .flatMap { $0.last?.trimmingCharacters(in: .whitespaces) }
    }
}

/// Takes requests off a connection.
private struct RequestReader {
    let connection: Int32
    private var pending: [UInt8] = []

    init(connection: Int32) { self.connection = connection }

    mutating func next() -> Request? {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let split = pending.firstRange(of: end) {
                let head = String(decoding: pending[..<split.lowerBound], as: UTF8.self)
                let length = Request(head: head, body: "").header("Content-Length").flatMap {
                    Int($0)
                }
                let total = split.upperBound + (length ?? 0)
                if pending.count >= total {
                    let body = String(decoding: pending[split.upperBound..<total], as: UTF8.self)
                    pending.removeFirst(total)
                    return Request(head: head, body: body)
                }
            }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            pending += buffer.prefix(count)
        }
    }
}

/// Sockets on 127.0.0.1.
enum Loopback {
    struct Failure: Error { let call: String }

    /// Binds to a free port.
    static func bind(_ socket: Int32) throws -> UInt16 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(socket, $0, length) == 0 ? getsockname(socket, $0, &length) : -1
            }
        }
        guard status == 0 else { throw Failure(call: "bind") }
        return UInt16(bigEndian: address.sin_port)
    }

    /// A port that nobody listens on now.
    static func freePort() throws -> UInt16 {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        return try bind(socket)
    }
}
