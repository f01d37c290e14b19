import CalendarTime
import Drills

/// What everybody needs to know at a checkpoint.
package struct CheckpointPacket: Hashable, Sendable {
    package let severity: Severity
    /// The default posture of the severity, and that of the dependency class if it has one.
    package let posture: [String]
    /// Every lane in order; nil where nobody owns it.
    package let owners: [Owner]
    package let target: TargetName
    /// Nil until someone confirmed it.
    package let scope: Scope?
    package let dependencyClass: String
    /// What was run since the last checkpoint, oldest first.
    package let outputs: [Output]
    /// What may still go wrong, in words; empty if nothing is known.
    package let residualRisk: [String]
    /// When the next checkpoint opens; nil while one is open.
    package let next: BootInstant?

    /// Who owns a lane.
    package struct Owner: Hashable, Sendable {
        package let lane: Lane
        package let person: PersonName?
    }

    /// Something that was run or kept, and what came of it.
    package struct Output: Hashable, Sendable {
        package let at: BootInstant
        /// The command or step.
        package let command: String
        /// How it ended, in words.
        package let ending: String
        /// The first line it wrote; empty if it wrote none.
        package let firstLine: String
        /// The number of the evidence; nil for steps of the response.
        package let evidence: Int?
    }
}

/// What was run since the last checkpoint, and which faults are in place.
struct RunOutputs: Hashable, Sendable {
    private(set) var sinceCheckpoint: [CheckpointPacket.Output] = []
    private(set) var liveFaults: [FaultName] = []

    mutating func note(_ event: RunEvent, of plan: RunPlan, evidence: Int, at now: BootInstant) {
        switch event {
        case .checkpointOpened: sinceCheckpoint = []
        case .injectFinished(let fault, .injected, _), .injectFinished(let fault, .unknown, _):
            if !liveFaults.contains(fault) { liveFaults.append(fault) }
        case .revertFinished(let fault, .verified, _, _): liveFaults.removeAll { $0 == fault }
        case .responseFinished(let name, _, _, let report):
            let command = plan.response(named: name).map { "\($0.command)" } ?? name.text
            sinceCheckpoint.append(
                CheckpointPacket.Output(
                    at: now, command: command, ending: "\(report.ending)",
                    firstLine: Self.firstLine(report.output), evidence: nil))
        case .acted(.addEvidence(let item), _, _):
            sinceCheckpoint.append(
                CheckpointPacket.Output(
                    at: now, command: item.source.origin, ending: item.source.ending,
                    firstLine: Self.firstLine(item.content), evidence: evidence))
        default: break
        }
    }

    private static func firstLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    }
}

extension EvidenceItem.Source {
    /// Where it comes from: the command line, the path or the address.
    package var origin: String {
        switch self {
        case .command(let line, _, _): line
        case .file(let path): path
        case .address(let url): url
        }
    }

    fileprivate var ending: String {
        switch self {
        case .command(_, let status, _): "exit \(status)"
        case .file: "file"
        case .address: "address"
        }
    }
}
