/// Keeps callers from waiting for a dependency that has just failed them.
package struct CircuitBreaker: Sendable {
    private let rest: Duration
    private var closedFrom: Duration?

    /// A closed breaker that, once open, rests this long before the next try.
    package init(rest: Duration = .seconds(1)) {
        self.rest = rest
    }

    /// Whether a call may be made.
    package func allowsCall(at now: Duration) -> Bool {
        guard let closedFrom else { return true }
        return now >= closedFrom
    }

    /// Notes that a call failed or took too long.
    package mutating func noteFailure(at now: Duration) {
        closedFrom = now + rest
    }

    /// Notes that a call was answered in time.
    package mutating func noteSuccess() {
        closedFrom = nil
    }
}
