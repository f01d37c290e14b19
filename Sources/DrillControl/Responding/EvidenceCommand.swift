import CalendarTime
import Drills
import Faults
import Foundation
import Glibc

/// A command whose output is evidence.
struct EvidenceCommand {
    private let line: String

    init(_ line: String) {
        self.line = line
    }

    /// What a command printed, to both outputs in one as a terminal would show them, and how it ended.
    struct Outcome {
        let source: EvidenceItem.Source
        let content: EvidenceContent
    }

    /// Runs it by `sh` to its end; nothing of it outlives the limit.
    func run(within limit: TimeSpan) throws -> Outcome {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", line]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        let start = MachineClock.bootNow()
        try process.run()
        let deadline = start.advanced(by: limit)
        guard let content = try output(pipe.fileHandleForReading.fileDescriptor, until: deadline),
            ended.wait(timeout: .now() + .microseconds(remaining(until: deadline))) == .success
        else {
            // Foundation starts each process in a group of its own, so its children end with it.
            kill(-process.processIdentifier, SIGKILL)
            throw CommandFailure(
                .failed,
                "'\(line)' took longer than \(limit) and was ended; give it more with --timeout")
        }
        let status = process.terminationStatus
        let source = EvidenceItem.Source.command(
            line: line, exitStatus: process.terminationReason == .exit ? status : 128 + status,
            microseconds: MachineClock.bootNow().span(since: start).microseconds)
        return Outcome(source: source, content: content)
    }

    /// All that is printed until nobody holds the other end; nil if that takes too long.
    private func output(_ descriptor: Int32, until deadline: BootInstant) throws -> EvidenceContent?
    {
        var content = EvidenceContent()
        while true {
            let left = remaining(until: deadline)
            guard left > 0 else { return nil }
            var end = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let milliseconds = Int32(clamping: (left + 999) / 1_000)
            guard poll(&end, 1, milliseconds) > 0 else { continue }
            guard try content.takeOne(from: descriptor) else { return content }
        }
    }

    private func remaining(until deadline: BootInstant) -> Int {
        max(0, Int(deadline.span(since: MachineClock.bootNow()).microseconds))
    }
}
