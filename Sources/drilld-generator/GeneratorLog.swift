import Glibc

/// Where a generator can be heard: the kernel's log while the machine boots, or standard error.
struct GeneratorLog {
    private let descriptor: Int32

    /// PID 1 says by SYSTEMD_SCOPE that it runs the generator; the journal is not up yet then.
    init() {
        let isBooting = getenv("SYSTEMD_SCOPE") != nil
        let kernelLog = isBooting ? open("/dev/kmsg", O_WRONLY | O_NONBLOCK | O_CLOEXEC) : -1
        descriptor = kernelLog >= 0 ? kernelLog : STDERR_FILENO
    }

    /// Writes a line as a warning. One that cannot be written is lost: a generator must not fail for it.
    func warn(_ text: String) {
        let bytes = Array("<4>drilld-generator: \(text)\n".utf8)
        _ = write(descriptor, bytes, bytes.count)
    }
}
