/// A cap on how many pages go out in any minute.
struct RateWindow: Sendable {
    private var perMinute: Int
    /// The latest pages, at most ``perMinute`` of them, the oldest first.
    private var latest: [Duration] = []

    /// A cap of at least one page a minute.
    init(perMinute: Int) {
        self.perMinute = max(1, perMinute)
    }

    /// How long the next page has to wait.
    func pause(at now: Duration) -> Duration {
        guard latest.count >= perMinute, let oldest = latest.first else { return .zero }
        return max(.zero, oldest + .seconds(60) - now)
    }

    /// Counts a page.
    mutating func admit(at now: Duration) {
        latest.append(now)
        latest.removeFirst(max(0, latest.count - perMinute))
    }

    /// Takes another cap, after a calendar was loaded again.
    mutating func perMinuteChanged(to count: Int) {
        perMinute = max(1, count)
        latest.removeFirst(max(0, latest.count - perMinute))
    }
}
