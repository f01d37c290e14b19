import Glibc

/// How much room a file system has.
enum DiskSpace {
    /// Whether less is left than a revert may need.
    static func isFull(_ path: String) -> Bool {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return false }
        return status.f_bavail * status.f_frsize < 64 * 1024
    }
}
