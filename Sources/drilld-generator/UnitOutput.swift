import Glibc

/// The folder for generated units that PID 1 names on the command line.
struct UnitOutput {
    let folder: String

    /// Writes the timers, and has `timers.target` start them.
    ///
    /// - Throws: ``WriteError``, naming the first file that could not be written.
    func write(_ timers: [DrillTimer]) throws(WriteError) {
        guard !timers.isEmpty else { return }
        let wants = "\(folder)/timers.target.wants"
        guard mkdir(wants, 0o755) == 0 || errno == EEXIST else { throw WriteError(wants, errno) }
        for timer in timers {
            try write(timer.text, to: "\(folder)/\(timer.fileName)")
            let link = "\(wants)/\(timer.fileName)"
            guard symlink("../\(timer.fileName)", link) == 0 || errno == EEXIST else {
                throw WriteError(link, errno)
            }
        }
    }

    private func write(_ text: String, to path: String) throws(WriteError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw WriteError(path, errno) }
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw WriteError(path, errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Which file could not be written, and why.
    struct WriteError: Error, CustomStringConvertible {
        private let path: String
        private let number: Int32

        init(_ path: String, _ number: Int32) {
            self.path = path
            self.number = number
        }

        var description: String { "\(path): \(String(cString: strerror(number)))" }
    }
}
