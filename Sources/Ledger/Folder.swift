import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Makes names in a folder durable.
enum Folder {
    /// Waits until the folder's entries are on the disk.
    static func sync(_ path: String) throws {
        try syncFile(path, flags: O_RDONLY | O_DIRECTORY)
    }

    /// Waits until a file or folder is on the disk.
    static func syncFile(_ path: String, flags: Int32 = O_RDONLY) throws {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError.last }
        defer { _ = close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SystemError.last }
    }

    /// Writes a new file and waits until its bytes are on the disk.
    static func writeFile(_ path: String, _ bytes: [UInt8]) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SystemError.last }
        defer { _ = close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw SystemError.last }
            rest.removeFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw SystemError.last }
    }

    /// The folder that a path stands in.
    static func parent(of path: String) -> String {
        let parent = (path as NSString).deletingLastPathComponent
        return parent.isEmpty ? "." : parent
    }
}

/// What the system said to the last call.
struct SystemError: Error, CustomStringConvertible {
    let number: Int32

    /// Read at once after the call that failed.
    static var last: SystemError { SystemError(number: errno) }

    var description: String { String(cString: strerror(number)) }

    func opening(_ path: String) -> LedgerError {
        number == ENOSPC ? .diskFull : .cannotOpen(path: path, reason: description)
    }
}
