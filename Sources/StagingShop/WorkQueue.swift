/// Jobs that wait for the worker, and how many it may take.
package struct WorkQueue: Sendable {
    /// How many jobs wait.
    package private(set) var depth = 0
    /// How many were done since the start.
    package private(set) var done = 0
    private var allowance: Double = 0
    private var lastTurn: Duration?
    /// Beyond this, new jobs are refused: a full queue must not eat the memory.
    package static let capacity = 100_000

    /// An empty queue.
    package init() {}

    /// Adds a job; false if the queue is full.
    package mutating func add() -> Bool {
        guard depth < Self.capacity else { return false }
        depth += 1
        return true
    }

    /// Takes as many jobs as the rate allows since the last turn, at most one second's worth.
    package mutating func take(rate: Int, at now: Duration) -> Int {
        let elapsed = lastTurn.map { now - $0 } ?? .zero
        lastTurn = now
        allowance = min(allowance + Double(rate) * (elapsed / .seconds(1)), Double(max(rate, 1)))
        let count = min(depth, Int(allowance))
        allowance -= Double(count)
        depth -= count
        return count
    }

    /// Puts jobs back that could not be delivered.
    package mutating func putBack(_ count: Int) {
        depth += count
    }

    /// Notes jobs as delivered.
    package mutating func finish(_ count: Int) {
        done += count
    }
}
