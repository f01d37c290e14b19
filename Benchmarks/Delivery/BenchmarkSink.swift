import Foundation
import Glibc

/// A server that accepts every request, as fast as bare sockets go.
final class BenchmarkSink: Sendable {
    private let listener: Int32
    private let file: String
    private static let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".utf8)

    /// A server on a free port of loopback that keeps the first body it gets.
    init(keeping file: String) throws {
        self.file = file
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 ? getsockname(listener, $0, &length) : -1
            }
        }
        guard status == 0, listen(listener, 256) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        let line = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))\n"
        FileHandle.standardOutput.write(Data(line.utf8))
    }

    /// Answers until the program is killed.
    func serve() {
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { continue }
            Thread.detachNewThread { [self] in answerAll(on: connection) }
        }
    }

    private func answerAll(on connection: Int32) {
        defer { close(connection) }
        var on: Int32 = 1
        setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(4))
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var pending: [UInt8] = []
        while true {
            while let length = Self.lengthOfRequest(pending) {
                if access(file, F_OK) != 0 { keepBody(pending.prefix(length)) }
                pending.removeFirst(length)
                guard send(connection, Self.answer, Self.answer.count, Int32(MSG_NOSIGNAL)) > 0
                else { return }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            pending += buffer.prefix(count)
        }
    }

    /// Head and body; nil while some of it is missing.
    private static func lengthOfRequest(_ bytes: [UInt8]) -> Int? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).lowercased()
        let field = head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
        let length = field.flatMap { Int($0.dropFirst(15).filter(\.isNumber)) } ?? 0
        return bytes.count >= end.upperBound + length ? end.upperBound + length : nil
    }

    private func keepBody(_ request: ArraySlice<UInt8>) {
        let body = request.firstRange(of: Array("\r\n\r\n".utf8)).map { request[$0.upperBound...] }
        // Best effort in a benchmark: without the file the other side has nothing to post.
        try? Data(body ?? []).write(to: URL(filePath: file), options: .atomic)
    }
}
