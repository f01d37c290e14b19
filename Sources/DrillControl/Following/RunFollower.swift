import ControlAPI
import Drills

/// Follows a run from event to event until it is closed.
package struct RunFollower: Sendable {
    private let run: RunID
    private let ask: @Sendable (ControlRequest) async throws -> TimelineTail

    /// A follower that asks for the part of the timeline it does not know.
    package init(
        _ run: RunID, ask: @escaping @Sendable (ControlRequest) async throws -> TimelineTail
    ) {
        self.run = run
        self.ask = ask
    }

    /// Asks again and again; each answer is shown.
    ///
    /// - Parameter patience: how long one question may wait for an event.
    /// - Returns: the whole timeline of the closed run.
    /// - Throws: ``CommandFailure`` with exit status 5 if nobody answers any more: the run may go on.
    package func follow(
        patience: Duration, show: (Timeline, TimelineTail) -> Void
    ) async throws -> Timeline {
        let wait = Int(patience / .milliseconds(1))
        var entries: [Timeline.Entry] = []
        while true {
            let tail = try await next(after: entries.count, wait)
            entries += tail.entries
            let timeline = Timeline(entries: entries)
            show(timeline, tail)
            if tail.isClosed { return timeline }
            // A run that nobody plays at the moment answers at once, without news.
            if tail.entries.isEmpty { try await Task.sleep(for: .milliseconds(50)) }
        }
    }

    private func next(after count: Int, _ wait: Int) async throws -> TimelineTail {
        do {
            return try await ask(.events(run, after: count, waitMilliseconds: wait))
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch {
            let reasons = CommandFailure(error).reasons.joined(separator: "; ")
            throw CommandFailure(
                .leaked,
                [
                    "lost sight of run \(run): \(reasons)",
                    "a fault may still be in place; 'drillctl faults' tells once drilld answers",
                ])
        }
    }
}
