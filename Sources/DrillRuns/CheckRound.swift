import Drills

/// One round of asking the target's steady-state hook and all probes, before or after the faults.
struct CheckRound: Sendable {
    private var waiting: Set<ProbeName>
    private var waitsForSteady = true
    /// What failed, in words.
    private(set) var failures: [String] = []

    /// A round that waits for the steady-state hook and these probes.
    init(_ probes: [Probe]) {
        waiting = Set(probes.map(\.name))
    }

    /// Whether all have answered.
    var isComplete: Bool { waiting.isEmpty && !waitsForSteady }

    /// Notes the answer of the steady-state hook.
    mutating func noteSteady(_ report: HookReport) {
        waitsForSteady = false
        if !report.succeeded { failures.append("steady state: \(report.ending)") }
    }

    /// Notes the answer of a probe.
    mutating func note(_ probe: ProbeName, _ report: HookReport) {
        waiting.remove(probe)
        if !report.succeeded { failures.append("probe \(probe): \(report.ending)") }
    }
}
