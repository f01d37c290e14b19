import CalendarTime
import Dispatch
import Drills
import Failpoints

/// One call of a hook: a file with arguments, an environment, a deadline, and an end of all it started.
///
/// The program runs below a supervisor (see `CSupervisor`) that ends with the last process of the tree
/// or with us, whichever dies first. swift-subprocess starts and ends one process and its group; it
/// cannot reach a daemon that left the group, nor clean up when the caller itself is killed, and both
/// are what hooks do. `posix_spawn` cannot either, which is why the start is not written in Swift.
package struct HookProcess: Sendable {
    /// The absolute path of the file.
    package let path: String
    package let arguments: [String]
    package let environment: [String: String]
    /// The working folder; must exist.
    package let folder: String
    /// How long it may take before it is ended.
    package let timeout: TimeSpan
    package let redactor: Redactor
    /// How long the tree has between TERM and KILL.
    package let grace: TimeSpan
    /// Where a debug build can be made to die while the hook runs: at its first output.
    let firstOutput: Failpoint?

    /// A call that has not been made yet.
    package init(
        path: String, arguments: [String], environment: [String: String], folder: String = "/",
        timeout: TimeSpan, redactor: Redactor = Redactor(secrets: []),
        grace: TimeSpan = .milliseconds(250), firstOutput: Failpoint? = nil
    ) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
        self.folder = folder
        self.timeout = timeout
        self.redactor = redactor
        self.grace = grace
        self.firstOutput = firstOutput
    }

    /// Makes the call and waits until nothing of it is left; cancelling the task stops it.
    package func run() async -> HookReport {
        // Without descriptors for a pipe the call could not be made either.
        guard let stop = try? StopFlag() else {
            return HookReport(.refused(reason: "no file descriptor is left for a hook"))
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // A queue of its own is a thread of its own: a call waits in poll for all its life.
                DispatchQueue(label: "hook").async {
                    continuation.resume(returning: runAndWait(stop: stop))
                }
            }
        } onCancel: {
            stop.raise()
        }
    }

    private func runAndWait(stop: StopFlag) -> HookReport {
        if stop.isRaised { return HookReport(.stopped) }
        do {
            var call = try SupervisedCall(self)
            return try call.wait(stop: stop)
        } catch {
            return HookReport(.refused(reason: "\(error)"))
        }
    }
}
