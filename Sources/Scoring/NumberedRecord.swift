import Drills

/// A timeline whose entries are numbered from 1, as scorecards cite them.
struct NumberedRecord {
    let entries: [(number: Int, event: RunEvent)]

    init(_ timeline: Timeline) {
        entries = timeline.entries.enumerated().map { ($0.offset + 1, $0.element.event) }
    }

    /// The numbers of the events that match, in order.
    func numbers(where matches: (RunEvent) -> Bool) -> [Int] {
        entries.filter { matches($0.event) }.map(\.number)
    }

    /// The numbers of the successful ends of a step.
    func finished(_ step: Response.Step, of plan: RunPlan) -> [Int] {
        numbers { event in
            guard case .responseFinished(let name, _, _, let report) = event else { return false }
            return report.succeeded && plan.response(named: name)?.step == step
        }
    }

    /// Faults of which a revert was verified, each once.
    var revertedFaults: Set<FaultName> {
        Set(
            entries.compactMap { entry in
                guard case .revertFinished(let fault, .verified, _, _) = entry.event else {
                    return nil
                }
                return fault
            })
    }

    /// Faults that the run closed with as leaked.
    var leaked: [FaultName] {
        guard case .closed(.leaked(let faults)) = entries.last?.event else { return [] }
        return faults
    }

    /// An answer to a check after the faults.
    struct Check {
        let number: Int
        let passed: Bool
    }

    /// The last answer of the steady-state hook and of each probe, as far as it came after a change; in order of their names.
    func freshChecks(after change: Int, probes: [ProbeName]) -> [(key: String, value: Check)] {
        var last: [String: Check] = [:]
        for (number, event) in entries where number > change {
            switch event {
            case .steadyChecked(.after, let report):
                last["steady state"] = Check(number: number, passed: report.succeeded)
            case .probeFinished(let probe, .after, let report) where probes.contains(probe):
                last["probe \(probe)"] = Check(number: number, passed: report.succeeded)
            default: break
            }
        }
        return last.sorted { $0.value.number < $1.value.number }
    }
}
