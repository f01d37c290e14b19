import CSupervisor
import Glibc

/// A file descriptor that is closed with its owner, never inherited by a hook.
final class Descriptor: Sendable {
    let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    deinit { close(number) }

    /// The reading and the writing end of a pipe.
    static func pipe() throws -> (reading: Descriptor, writing: Descriptor) {
        var ends: [Int32] = [-1, -1]
        let result = supervisor_pipe(&ends)
        guard result == 0 else { throw SystemError(-result, "make a pipe") }
        return (Descriptor(ends[0]), Descriptor(ends[1]))
    }

    func writeByte(_ byte: UInt8) {
        var byte = byte
        // The other end may be gone, which is what the byte would have asked for.
        while Glibc.write(number, &byte, 1) < 0, errno == EINTR {}
    }

    func makeNonBlocking() {
        _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
    }
}

/// A call of the operating system that failed.
package struct SystemError: Error, Hashable, CustomStringConvertible {
    /// The error number.
    package let number: Int32
    private let action: String

    init(_ number: Int32, _ action: String) {
        self.number = number
        self.action = action
    }

    package var description: String { "cannot \(action): \(String(cString: strerror(number)))" }
}

/// Asks a running call to stop; raising it twice is the same as once.
final class StopFlag: Sendable {
    private let pipe: (reading: Descriptor, writing: Descriptor)

    init() throws {
        pipe = try Descriptor.pipe()
        pipe.writing.makeNonBlocking()
    }

    /// What becomes readable when the flag is raised.
    var number: Int32 { pipe.reading.number }

    func raise() {
        pipe.writing.writeByte(1)
    }

    var isRaised: Bool {
        var waiting = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, 0) > 0
    }
}
