import CalendarTime
import Drills

/// Follows the probes while faults are live: when was the fault seen, has the steady state held?
struct SteadyWatch: Sendable {
    private struct Streak {
        var since: BootInstant?
        var lastPass: BootInstant?
    }

    private let probes: [Probe]
    private var streaks: [ProbeName: Streak] = [:]
    /// Whether a probe failed since the injection.
    private(set) var isDetected = false

    /// A watch over these probes.
    init(_ probes: [Probe]) {
        self.probes = probes
    }

    /// Notes an answer of a probe.
    mutating func note(_ probe: ProbeName, passed: Bool, at now: BootInstant) {
        guard passed else {
            streaks[probe] = Streak()
            return
        }
        let since = streaks[probe]?.since ?? now
        streaks[probe] = Streak(since: since, lastPass: now)
    }

    /// Notes that the fault was seen.
    mutating func markDetected() {
        isDetected = true
    }

    /// Starts all streaks anew, because what happened before a new fault says nothing.
    mutating func restart() {
        streaks = [:]
    }

    /// Whether each probe has passed without a break for its hold time; false without probes.
    var hasHeld: Bool {
        !probes.isEmpty
            && probes.allSatisfy { probe in
                guard let streak = streaks[probe.name], let since = streak.since,
                    let last = streak.lastPass
                else { return false }
                return last >= since.advanced(by: probe.hold)
            }
    }
}
