import Crypto
import Glibc

/// The key of the links in a file of its own.
struct LinkKey {
    let path: String

    /// The bytes in the file, which is made where there is none.
    func bytes() throws(LinkKeyError) -> [UInt8] {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if file >= 0 { return try write(to: file) }
        guard errno == EEXIST else { throw failure("made") }
        return try read()
    }

    private func write(to file: Int32) throws(LinkKeyError) -> [UInt8] {
        defer { close(file) }
        let key = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        guard Glibc.write(file, key, key.count) == key.count, fsync(file) == 0 else {
            let error = failure("written")
            // Half a key would be refused for ever.
            unlink(path)
            throw error
        }
        return key
    }

    private func read() throws(LinkKeyError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { throw failure("read") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure("read") }
        guard status.st_mode & 0o077 == 0 else {
            throw .readableByOthers(path: path, mode: UInt32(status.st_mode & 0o777))
        }
        var key = [UInt8](repeating: 0, count: Self.length + 1)
        guard Glibc.read(file, &key, key.count) == Self.length else { throw .noKey(path: path) }
        return Array(key.prefix(Self.length))
    }

    private func failure(_ verb: String) -> LinkKeyError {
        .file(path: path, verb: verb, why: String(cString: strerror(errno)))
    }

    private static let length = 32
}

/// Why there is no key for links.
package enum LinkKeyError: Error, Hashable, Sendable, CustomStringConvertible {
    case file(path: String, verb: String, why: String)
    case readableByOthers(path: String, mode: UInt32)
    case noKey(path: String)

    package var description: String {
        switch self {
        case .file(let path, let verb, let why):
            "the key for links \(path) cannot be \(verb): \(why); "
                + "make its folder one that drilld's user can write"
        case .readableByOthers(let path, let mode):
            "the key for links \(path) can be read by others (mode \(String(mode, radix: 8))); "
                + "remove it, and drilld makes a new one"
        case .noKey(let path):
            "\(path) is not a key of 32 bytes; remove it, and drilld makes a new one"
        }
    }
}
