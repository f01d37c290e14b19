import Glibc

/// Files written in one go under a name that nobody bears yet; whoever reads one is told its name afterwards.
enum NewFile {
    /// Creates a file.
    ///
    /// - Parameter isSynced: false for what goes with the boot, since after a crash nobody wants a call of before.
    static func create(_ path: String, _ bytes: [UInt8], mode: mode_t, isSynced: Bool) throws {
        let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard number >= 0 else { throw SystemError(errno, "create \(path)") }
        let file = Descriptor(number)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                Glibc.write(file.number, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw SystemError(errno, "write \(path)") }
            written += count
        }
        guard !isSynced || fsync(file.number) == 0 else { throw SystemError(errno, "sync \(path)") }
    }
}
