import Drills

/// One round of asking the target's steady-state hook and all probes, before or after the faults.
///
/// The one before an attended run also waits for what is looked at beforehand.
struct CheckRound: Sendable {
    private var waiting: Set<ProbeName>
    private var waitingPreChecks: Set<PreCheck>
    private var waitsForSteady = true
    /// What failed, in words.
    private(set) var failures: [String] = []

    /// A round that waits for the steady-state hook, these probes and pre-checks.
    init(_ probes: [Probe], preChecks: [PreCheck] = []) {
        waiting = Set(probes.map(\.name))
        waitingPreChecks = Set(preChecks)
    }

    /// Whether all have answered.
    var isComplete: Bool { waiting.isEmpty && waitingPreChecks.isEmpty && !waitsForSteady }

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

    /// Notes what a pre-check found; one that nobody said how to make fails nothing.
    mutating func note(_ check: PreCheck, passed: Bool?, _ detail: String) {
        waitingPreChecks.remove(check)
        if passed == false { failures.append("pre-check \(check.rawValue): \(detail)") }
    }
}
