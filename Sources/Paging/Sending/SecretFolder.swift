import Drills
import FoundationEssentials
import Glibc

/// Reads secrets at the moment they are needed.
struct SecretFolder: Sendable {
    /// Where systemd lays credentials out; nil: drilld was given none.
    let folder: String?

    /// The secret without the line end that editors add.
    func value(of secret: Secret) throws(SecretRefusal) -> String {
        switch secret {
        case .credential(let name):
            guard let folder else { throw .noCredentials(name) }
            guard Name<Secret>(checking: name) != nil, exists("\(folder)/\(name)") else {
                throw .missingCredential(name)
            }
            // systemd lets a service's user in by an ACL, which shows in the bits of the group.
            return try content(of: "\(folder)/\(name)", closedTo: 0o007)
        case .file(let path):
            return try content(of: path, closedTo: 0o077)
        }
    }

    private func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    private func content(of path: String, closedTo others: mode_t) throws(SecretRefusal) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw .unreadable(path, String(cString: strerror(errno))) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable(path, "it is no regular file")
        }
        guard status.st_mode & others == 0 else {
            throw .readableByOthers(path, mode: UInt32(status.st_mode & 0o777))
        }
        var bytes = [UInt8](repeating: 0, count: Self.maximumLength + 1)
        let count = read(file, &bytes, bytes.count)
        guard count >= 0 else { throw .unreadable(path, String(cString: strerror(errno))) }
        return try text(of: bytes.prefix(count), path)
    }

    private func text(of bytes: ArraySlice<UInt8>, _ path: String) throws(SecretRefusal) -> String {
        var bytes = bytes
        while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
            bytes.removeLast()
        }
        // Anything else could not stand in a header or an address.
        guard !bytes.isEmpty, bytes.count <= Self.maximumLength,
            bytes.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .noSecret(path) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let maximumLength = 4_096
}

/// Why a secret cannot be had.
enum SecretRefusal: Error, Hashable, CustomStringConvertible {
    case noCredentials(String)
    case missingCredential(String)
    case unreadable(String, String)
    case readableByOthers(String, mode: UInt32)
    case noSecret(String)

    var description: String {
        switch self {
        case .noCredentials(let name):
            "credential '\(name)' is missing because drilld was given none; "
                + "add LoadCredential=\(name):/PATH to its unit"
        case .missingCredential(let name):
            "credential '\(name)' is missing; add LoadCredential=\(name):/PATH to drilld's unit"
        case .unreadable(let path, let why):
            "the key in \(path) cannot be read: \(why); "
                + "make it a file that drilld's user owns, with mode 600"
        case .readableByOthers(let path, let mode):
            "the key in \(path) can be read by others (mode \(String(mode, radix: 8))); "
                + "run chmod 600 \(path)"
        case .noSecret(let path):
            "\(path) holds no key; write the key alone, in one line of visible ASCII characters"
        }
    }
}
