import Glibc

/// Disk blocks set aside while there are some, so that a revert has room when the disk is full.
package struct Reserve: Sendable {
    private let path: String
    /// Enough for the records, states and folders of many faults.
    static let bytes: Int64 = 1 << 20

    /// The reserve of a state folder.
    package init(folder: StateFolder) {
        path = folder.reserve
    }

    /// Sets the blocks aside; throws when the disk has no room, which is when nothing may be injected.
    package func fill() throws {
        var status = stat()
        if stat(path, &status) == 0, Int64(status.st_blocks) * 512 >= Self.bytes { return }
        let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else { throw SystemError(errno, "create \(path)") }
        let file = Descriptor(number)
        let failure = posix_fallocate(file.number, 0, off_t(Self.bytes))
        guard failure == 0 else {
            ftruncate(file.number, 0)
            throw SystemError(failure, "set \(Self.bytes) bytes aside in \(path)")
        }
    }

    /// Gives the blocks back to the file system.
    package func release() {
        truncate(path, 0)
    }

    /// Does something that needs room; once more with the reserve released if the disk is full.
    func spend<Result>(_ action: () throws -> Result) throws -> Result {
        do {
            return try action()
        } catch let error as SystemError where [ENOSPC, EDQUOT].contains(error.number) {
            release()
            return try action()
        }
    }
}
