import CalendarTime
import Dispatch
import Drills
import Synchronization

/// A program that takes a message on its input, as `sendmail -t -i` does.
struct MailProgram: Sendable {
    /// The absolute path.
    let path: String

    /// One attempt; at the limit the program and what it started are killed.
    func attempt(
        _ mail: MailMessage, _ limit: Duration, _ time: PagingTime
    ) async -> AttemptOutcome {
        let stop = StopSign()
        let ending: ChildProcess.Ending? = await time.within(limit) {
            await withTaskCancellationHandler {
                await run(mail, stop: stop)
            } onCancel: {
                stop.raise()
            }
        }
        guard let ending else {
            let span = TimeSpan(microseconds: limit.microseconds)
            return .failed(
                "\(path) did not end within \(span); not tried again, since it may have sent it",
                retry: nil)
        }
        return outcome(ending, mail)
    }

    private func run(_ mail: MailMessage, stop: StopSign) async -> ChildProcess.Ending {
        await withCheckedContinuation { continuation in
            // A queue of its own is a thread of its own: the call waits all its life.
            DispatchQueue(label: "mail").async {
                let child = ChildProcess(path: path, arguments: ["-t", "-i"])
                continuation.resume(returning: child.run(input: mail.bytes, stop: stop))
            }
        }
    }

    private func outcome(_ ending: ChildProcess.Ending, _ mail: MailMessage) -> AttemptOutcome {
        let said = Redaction(secrets: []).excerpt(String(decoding: ending.output, as: UTF8.self))
        let words = said.isEmpty ? "" : ": \(said)"
        switch ending.kind {
        case .exited(0): return .accepted(reference: mail.identifier)
        // EX_TEMPFAIL of sysexits.h: the program asks for another attempt.
        case .exited(75):
            return .failed("\(path) ended with status 75\(words)", retry: RetryPause(asked: nil))
        case .exited(let status): return .rejected("\(path) ended with status \(status)\(words)")
        case .signalled(let number):
            return .failed(
                "\(path) was ended by signal \(number)\(words); not tried again, since it may have "
                    + "sent it", retry: nil)
        case .notStarted(let why):
            return .rejected("\(path) cannot be started: \(why); write its path in Sendmail=")
        }
    }
}

/// Raised by one task, seen by the thread that waits for a program.
final class StopSign: Sendable {
    private let raised = Mutex(false)

    /// Whether the program is to be ended.
    var isRaised: Bool { raised.withLock { $0 } }

    /// Ends the program soon.
    func raise() { raised.withLock { $0 = true } }
}
