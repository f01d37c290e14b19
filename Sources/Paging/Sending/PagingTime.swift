import CalendarTime
import Glibc

/// The clocks that paging goes by: one that measures and waits, one that labels.
struct PagingTime: Sendable {
    /// Since this value was made.
    let elapsed: @Sendable () -> Duration
    /// Returns early, with an error, when the task is cancelled.
    let sleep: @Sendable (Duration) async throws -> Void
    let wall: @Sendable () -> WallInstant

    /// Measures and waits on one clock and labels with another.
    init(_ clock: some Clock<Duration>, wall: @escaping @Sendable () -> WallInstant) {
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
        sleep = { try await clock.sleep(for: $0) }
        self.wall = wall
    }

    /// The answer of some work, or nil when it took longer than the limit; then it is cancelled.
    func within<Answer: Sendable>(
        _ limit: Duration, _ work: @escaping @Sendable () async -> Answer
    ) async -> Answer? {
        await withTaskGroup(of: Answer?.self) { group in
            group.addTask { await work() }
            group.addTask {
                // Cancelled is over as well: the work has answered, or nobody wants its answer.
                try? await sleep(limit)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }
}

/// The wall clock of this machine.
package enum WallClock {
    /// What it shows now.
    @Sendable package static func now() -> WallInstant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return WallInstant(
            microsecondsSinceEpoch: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}

extension Duration {
    /// Whole microseconds, the rest cut off.
    var microseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}
