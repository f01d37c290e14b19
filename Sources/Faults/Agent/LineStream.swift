import Dispatch
import Glibc
import Synchronization

/// A connection that carries one message a line, over a UNIX socket or the pipes of a remote shell.
package final class LineStream: Sendable {
    private let reading: Descriptor
    private let writing: Descriptor
    private let writer = DispatchQueue(label: "line writer")
    private let isOpen = Mutex(true)
    /// How many lines, or ends of lines, wait for the writer.
    private let waiting = Mutex(0)

    /// A longer line is no message of ours: 64 KiB of output, escaped, stay well below.
    static let maximumLine = 1 << 20

    /// Takes over the descriptors; both may be the same.
    package init(reading: Int32, writing: Int32) {
        self.reading = Descriptor(reading)
        self.writing = reading == writing ? self.reading : Descriptor(writing)
        // A peer that reads nothing must not hold up anyone for longer than this.
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(writing, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Calls `use` with each line, and `ended` once after the last one, on a thread of its own.
    package func read(
        use: @escaping @Sendable ([UInt8]) -> Void, ended: @escaping @Sendable () -> Void
    ) {
        DispatchQueue(label: "line reader").async { [self] in
            readLines(use)
            close()
            ended()
        }
    }

    /// Sends a line after those sent before; a line that cannot be sent closes the connection.
    package func send(_ line: [UInt8]) {
        let bytes = line + [UInt8(ascii: "\n")]
        waiting.withLock { waiting in
            // Nearly always there is room, and no other thread has to be woken.
            let sent = waiting == 0 ? sendNow(bytes) : 0
            guard sent < bytes.count else { return }
            waiting += 1
            writer.async { [self] in
                if isOpen.withLock({ $0 }), !write(bytes[sent...]) { close() }
                self.waiting.withLock { $0 -= 1 }
            }
        }
    }

    /// Sends what there is room for; 0 also if it cannot be sent at all, which the writer finds out.
    private func sendNow(_ bytes: [UInt8]) -> Int {
        max(0, Glibc.send(writing.number, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT)))
    }

    /// Ends the connection in both directions.
    package func close() {
        isOpen.withLock { open in
            guard open else { return }
            open = false
            shutdown(reading.number, Int32(SHUT_RDWR))
        }
    }

    private func readLines(_ use: ([UInt8]) -> Void) {
        var line: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let count = Glibc.read(reading.number, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            for byte in buffer[..<count] {
                if byte == UInt8(ascii: "\n") {
                    use(line)
                    line.removeAll(keepingCapacity: true)
                } else {
                    line.append(byte)
                }
            }
            guard line.count <= Self.maximumLine else { return }
        }
    }

    private func write(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { rest in
                // A peer that has gone is an answer here, not a signal.
                Glibc.send(writing.number, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest.removeFirst(count)
        }
        return true
    }
}
