import Foundation
import Glibc
import Synchronization

/// Where a command writes: answers to standard output, complaints to standard error.
package struct Output: Sendable {
    private let answers: Int32
    private let complaints: Int32

    /// The process's own outputs, unless told otherwise.
    package init(answers: Int32 = STDOUT_FILENO, complaints: Int32 = STDERR_FILENO) {
        self.answers = answers
        self.complaints = complaints
    }

    /// Whether a person looks at the answers.
    package var isTerminal: Bool { isatty(answers) == 1 }

    /// Whether a person looks at what goes to standard error.
    var isWatched: Bool { isatty(complaints) == 1 }

    /// The columns of the terminal; 80 where nobody says.
    package var columns: Int {
        var size = winsize()
        guard ioctl(answers, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes an answer as it is.
    package func write(_ text: String) {
        Self.write(text, to: answers)
    }

    /// Writes a value as JSON, members sorted by name, in the shape of ``PlainJSON``.
    package func write(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        write(String(decoding: try encoder.encode(PlainJSON(value)), as: UTF8.self) + "\n")
    }

    /// Writes each reason as a line of its own.
    package func complain(_ reasons: [String]) {
        let lines = reasons.map { "drillctl: \($0)\n" }
        Self.write(lines.joined(), to: complaints)
    }

    /// Writes to standard error without a prefix, for usage and progress.
    package func remark(_ text: String) {
        Self.write(text, to: complaints)
    }

    /// Why an answer to standard output was lost; nil if none was, or if only its reader left.
    static var failure: String? {
        firstFailure.withLock { $0 }.map { String(cString: strerror($0)) }
    }

    private static let firstFailure = Mutex<Int32?>(nil)

    /// Goes on after short writes; stops when nobody reads any more.
    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else {
                if count < 0, descriptor == STDOUT_FILENO, errno != EPIPE {
                    let error = errno
                    firstFailure.withLock { $0 = $0 ?? error }
                }
                return
            }
            bytes = bytes.dropFirst(count)
        }
    }
}
