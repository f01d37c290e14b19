import ControlAPI
import Glibc
import NIOCore

/// What the kernel says of the process at the other end of a UNIX socket (`struct ucred`, unix(7)).
struct PeerCredentials {
    var pid: pid_t = 0
    var uid: uid_t = 0
    var gid: gid_t = 0

    /// The process at the other end, with the login name of its user.
    static func peer(
        of channel: any Channel, login: @Sendable (UInt32) -> String
    ) async throws -> Peer {
        guard let provider = channel as? any SocketOptionProvider else {
            throw Refusal(.notPermitted, ["the connection does not say who is at its other end"])
        }
        let credentials: PeerCredentials = try await provider.unsafeGetSocketOption(
            level: .init(SOL_SOCKET), name: .init(SO_PEERCRED)
        ).get()
        return Peer(
            uid: credentials.uid, gid: credentials.gid, pid: credentials.pid,
            login: login(credentials.uid))
    }
}

/// A socket's place in the file system.
struct SocketFile {
    private let path: String

    init(_ path: String) {
        self.path = path
    }

    /// Lets owner and group in and nobody else; the folder decides who gets that far.
    func openToGroup() throws {
        guard chmod(path, 0o660) == 0 else {
            let reason = String(cString: strerror(errno))
            throw Refusal(.failed, ["cannot set the mode of \(path): \(reason)"])
        }
    }
}
