import Foundation
import Glibc
import Synchronization

/// A service at the other end of a channel: keeps what it is sent and answers as it is told.
final class Sink: Sendable {
    struct Request: Sendable {
        let path: String
        let head: String
        let body: String
    }

    enum Answer: Sendable {
        case status(Int, headers: String = "", body: String = "{}")
        /// Bytes that are no HTTP.
        case garbage
        /// The connection stays open, and nothing comes.
        case silence
    }

    let port: UInt16
    private let listener: Int32
    private let kept = Mutex<[Request]>([])
    private let answer: @Sendable (Request, Int) -> Answer

    /// - Parameter answer: is told the request and how many with the same path came before.
    init(answer: @escaping @Sendable (Request, Int) -> Answer) throws {
        self.answer = answer
        (listener, port) = try Self.listen()
        let listener = listener
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                guard let self else { return _ = close(connection) }
                Thread.detachNewThread { self.serve(connection) }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    var requests: [Request] { kept.withLock { $0 } }

    func requests(at path: String) -> [Request] { requests.filter { $0.path == path } }

    /// A port at which nobody listens.
    static func closedPort() throws -> UInt16 {
        let (listener, port) = try listen()
        close(listener)
        return port
    }

    private static func listen() throws -> (Int32, UInt16) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let failed = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) != 0 || Glibc.listen(listener, 64) != 0
                    || getsockname(listener, address, &length) != 0
            }
        }
        guard !failed else { throw CocoaError(.fileReadUnknown) }
        return (listener, UInt16(bigEndian: address.sin_port))
    }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        guard let request = read(connection) else { return }
        let earlier = kept.withLock { kept in
            defer { kept.append(request) }
            return kept.count { $0.path == request.path }
        }
        switch answer(request, earlier) {
        case .status(let status, let headers, let body):
            write(
                "HTTP/1.1 \(status) So\r\n\(headers)Content-Length: \(body.utf8.count)\r\n"
                    + "Connection: close\r\n\r\n\(body)", to: connection)
        case .garbage: write("\u{1}\u{2} this is no HTTP at all\r\n\r\n", to: connection)
        case .silence:
            // Until the other side has had enough.
            var byte: UInt8 = 0
            _ = Glibc.read(connection, &byte, 1)
        }
    }

    private func read(_ connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let head = String(text[..<end.lowerBound])
                let length =
                    head.lowercased().components(separatedBy: "content-length: ").last
                    .flatMap { Int($0.prefix(while: \.isNumber)) } ?? 0
                let body = String(text[end.upperBound...])
                let path = head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
                if body.utf8.count >= length { return Request(path: path, head: head, body: body) }
            }
            let count = Glibc.read(connection, &buffer, buffer.count)
            guard count > 0 else { return nil }
            bytes += buffer.prefix(count)
        }
    }

    private func write(_ text: String, to connection: Int32) {
        _ = Array(text.utf8).withUnsafeBytes {
            send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
    }
}
