import CSystemd
import Glibc

/// What systemd hands to a service at its start: sockets, credentials and folders.
package enum Activation {
    /// A socket that systemd opened, with its `FileDescriptorName=`.
    package struct ListenSocket: Hashable, Sendable {
        /// The name from the socket unit.
        package let name: String
        /// The open descriptor, which is closed on exec.
        package let descriptor: Int32
    }

    /// The sockets passed to this process, in the order of the units; none without socket activation.
    ///
    /// - Throws: ``SystemdError/system(call:errno:)`` when the environment is not what systemd writes.
    package static func listenSockets() throws -> [ListenSocket] {
        var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let count = try checked("sd_listen_fds", sd_listen_fds_with_names(0, &names))
        defer { freeList(names) }
        return (0..<Int(count)).map { index in
            let name = names?[index].map { String(cString: $0) } ?? "unknown"
            return ListenSocket(name: name, descriptor: firstPassedDescriptor + Int32(index))
        }
    }

    /// The folder with this service's credentials, when its unit loads any.
    package static var credentialsDirectory: String? {
        getenv("CREDENTIALS_DIRECTORY").map { String(cString: $0) }
    }

    /// The folder below /run that this service has for as long as it runs, when its unit asks for one.
    package static var runtimeDirectory: String? {
        // With several, the first one counts.
        getenv("RUNTIME_DIRECTORY").map { String(cString: $0) }?
            .split(separator: ":").first.map(String.init)
    }

    // SD_LISTEN_FDS_START
    private static let firstPassedDescriptor: Int32 = 3

    private static func freeList(_ list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) {
        guard let list else { return }
        var next = list
        while let item = next.pointee {
            free(item)
            next += 1
        }
        free(list)
    }
}
