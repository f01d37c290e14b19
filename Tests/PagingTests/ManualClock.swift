import Synchronization

/// A clock that stands still until a test moves it; a test can wait for somebody who waits for it.
final class ManualClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        let offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct State {
        var now = Duration.zero
        var next = 0
        var sleepers: [Int: (deadline: Duration, wake: CheckedContinuation<Void, any Error>)] = [:]
        var watchers: [(span: Duration, wake: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var now: Instant { state.withLock { Instant(offset: $0.now) } }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { add($0, number, until: deadline.offset) }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: number) }
            sleeper?.wake.resume(throwing: CancellationError())
        }
    }

    /// Moves on by a span as soon as somebody sleeps for exactly this long from now.
    func pass(_ span: Duration) async {
        await sleeper(of: span)
        advance(by: span)
    }

    /// Waits until somebody sleeps for exactly this long from now.
    func sleeper(of span: Duration) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                let isThere = state.sleepers.values.contains { $0.deadline == state.now + span }
                if !isThere { state.watchers.append((span, continuation)) }
                return isThere
            }
            if isThere { continuation.resume() }
        }
    }

    /// Moves on and wakes those whose time has come, the earliest first.
    func advance(by span: Duration) {
        let due = state.withLock { state in
            state.now += span
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for number in due.keys { state.sleepers[number] = nil }
            return due.sorted { ($0.value.deadline, $0.key) < ($1.value.deadline, $1.key) }
        }
        for sleeper in due { sleeper.value.wake.resume() }
    }

    private func add(
        _ wake: CheckedContinuation<Void, any Error>, _ number: Int, until deadline: Duration
    ) {
        if Task.isCancelled { return wake.resume(throwing: CancellationError()) }
        let seen = state.withLock { state -> [CheckedContinuation<Void, Never>]? in
            if deadline <= state.now { return nil }
            state.sleepers[number] = (deadline, wake)
            let span = deadline - state.now
            let seen = state.watchers.filter { $0.span == span }.map(\.wake)
            state.watchers.removeAll { $0.span == span }
            return seen
        }
        guard let seen else { return wake.resume() }
        // Cancelled between the first look and now: nobody else would wake it.
        if Task.isCancelled,
            let sleeper = state.withLock({ $0.sleepers.removeValue(forKey: number) })
        {
            sleeper.wake.resume(throwing: CancellationError())
        }
        for watcher in seen { watcher.resume() }
    }
}
