import CSupervisor
import Glibc

/// UNIX sockets of the agent.
package enum UnixSocket {
    /// A socket that listens at a path, which only its owner and group may enter.
    package static func listen(at path: String, mode: mode_t = 0o660) throws -> Int32 {
        let number = try create()
        unlink(path)
        guard try withAddress(path, { bind(number, $0, $1) }) == 0 else {
            defer { close(number) }
            throw SystemError(errno, "bind \(path)")
        }
        chmod(path, mode)
        guard Glibc.listen(number, 64) == 0 else {
            defer { close(number) }
            throw SystemError(errno, "listen at \(path)")
        }
        return number
    }

    /// A connection to a listening socket.
    package static func connect(to path: String) throws -> Int32 {
        let number = try create()
        guard try withAddress(path, { Glibc.connect(number, $0, $1) }) == 0 else {
            defer { close(number) }
            throw SystemError(errno, "reach the agent at \(path)")
        }
        return number
    }

    /// The user at the other end; nil if the system does not say.
    package static func peerUser(of socket: Int32) -> UInt32? {
        UInt32(exactly: supervisor_peer_user(socket))
    }

    private static func create() throws -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let number = socket(AF_UNIX, type, 0)
        guard number >= 0 else { throw SystemError(errno, "create a socket") }
        return number
    }

    private static func withAddress(
        _ path: String, _ use: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < room else {
            throw SystemError(ENAMETOOLONG, "use the socket \(path)")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                use($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
