import Console
import ControlAPI
import Drills
import Faults
import Glibc

/// Follows a run of the daemon; for whoever started it, signals abort the run first and leave it second.
struct RunWatch {
    private let run: RunID
    private let options: GlobalOptions
    private let interrupts: Interrupts?

    /// - Parameter interrupts: nil for those who only look; they leave like any program.
    init(_ run: RunID, _ options: GlobalOptions, _ interrupts: Interrupts?) {
        self.run = run
        self.options = options
        self.interrupts = interrupts
    }

    /// Waits until the run is closed.
    func watch() async throws -> Timeline {
        let (run, client, output) = (run, options.client, options.output)
        let abortion = interrupts.map { interrupts in
            let signals = interrupts.stream
            return Task {
                var isAborting = false
                for await number in signals {
                    if isAborting { Self.leave(run, output) }
                    isAborting = true
                    await Self.abort(run, signal: number, client, output)
                }
            }
        }
        defer { abortion?.cancel() }
        var screen = options.progress
        let follower = RunFollower(run) { try await client.ask($0, for: TimelineTail.self) }
        return try await follower.follow(
            patience: screen.isLive ? .milliseconds(250) : .seconds(20)
        ) { timeline, tail in
            screen.show(timeline, now: tail.now)
        }
    }

    private static func abort(
        _ run: RunID, signal: Int32, _ client: ControlClient, _ output: Output
    ) async {
        output.complain(["aborting run \(run); once more leaves without waiting"])
        let reason = signal == SIGINT ? "Ctrl-C in drillctl" : "drillctl was told to end"
        do {
            _ = try await client.ask(.abort(run, reason: reason), for: Done.self)
        } catch {
            output.complain(
                ["cannot abort run \(run)"] + CommandFailure(error).reasons)
        }
    }

    /// Ends the process at once: whoever presses Ctrl-C twice does not want to wait for an answer.
    private static func leave(_ run: RunID, _ output: Output) -> Never {
        output.complain([
            "left run \(run) before it was closed; a fault may still be in place",
            "'drillctl faults' and 'drillctl timeline \(run)' tell how it ends",
        ])
        exit(ExitStatus.leaked.rawValue)
    }
}
