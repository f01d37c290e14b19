import CalendarTime
import Drills
import Foundation
import GRDB
import Ledger
import Samples

/// The boot that most sample events are recorded on.
let bootID = "0f6a2f0e-5d7c-4c6b-9a1e-000000000001"

/// A moment that many microseconds into both clocks.
func moment(_ microseconds: Int64) -> Moment {
    Moment(
        wall: WallInstant(microsecondsSinceEpoch: 1_799_157_600_000_000 + microseconds),
        boot: BootInstant(microsecondsSinceBoot: microseconds))
}

extension RunPlan {
    /// The sample plan as a cycle of a drill.
    static func cycle(_ cycle: Int, of drill: DrillName, kind: Kind = .rollback) -> RunPlan {
        let plan = RunPlan.sample(kind: kind)
        return RunPlan(
            run: RunID(drill: drill, cycle: cycle), drill: drill, cycle: cycle, kind: kind,
            tier: plan.tier, campaign: plan.campaign, scheduled: moment(0).wall,
            target: plan.target, technical: plan.technical, coordination: plan.coordination,
            title: plan.title, severity: plan.severity, objectives: plan.objectives,
            packet: plan.packet, faults: plan.faults, probes: plan.probes,
            responses: plan.responses, pages: plan.pages, channels: plan.channels,
            roster: plan.roster, duration: plan.duration, ackDeadline: plan.ackDeadline,
            passScore: plan.passScore,
            mutation: MutationRecord(
                seed: UInt64(cycle), values: [FactorValue(factor: "stress", value: "s\(cycle)")],
                parentCycle: cycle > 1 ? cycle - 1 : nil, rationale: "cycle \(cycle)",
                ownerAvailability: .present, comms: .normal, dependencyClass: "auth",
                stress: "s\(cycle)"))
    }
}

/// A ledger file that is removed with the folder it stands in.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "drilld-ledger-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        // A folder left behind does no harm.
        try? FileManager.default.removeItem(atPath: path)
    }

    var ledger: String { path + "/ledger.sqlite" }

    /// Does to the file what only someone past all guards can do.
    func tamper(_ sql: String, _ arguments: StatementArguments = []) throws {
        let queue = try DatabaseQueue(path: ledger)
        try queue.write { database in
            let triggers = try String.fetchAll(
                database, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
            for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger)") }
            try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try database.execute(sql: sql, arguments: arguments)
        }
        try queue.close()
    }
}

/// Draws that depend on the seed alone.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension RunEvent {
    /// Any event that may stand in the middle of a run.
    static func random(using random: inout SeededGenerator) -> RunEvent {
        let text =
            ["", "it said \"no\"", "größer ✓", "a\nb\u{0}c", "%s /path"]
            .randomElement(using: &random) ?? ""
        let report = HookReport(
            ending: .exited(status: Int32.random(in: 0...3, using: &random)),
            microseconds: Int64.random(in: 0...9_000_000, using: &random), output: text,
            outputBytes: Int64(text.utf8.count), outputHash: "")
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return .phaseEntered(phase: .inject)
        case 1: return .probeFinished(probe: "front", stage: .during, report: report)
        case 2: return .injectFinished(fault: "latency", outcome: .injected, report: report)
        case 3:
            return .revertFinished(
                fault: "latency", outcome: .failed(reason: text), attempt: 2, report: report)
        case 4: return .acked(page: "checkout", person: "sre-1", channel: text)
        case 5: return .mitigated
        case 6: return .noted(text: text)
        default:
            return .pageSent(
                page: "p", person: "sre-1", level: .primary,
                receipt: Receipt(channel: "pager", report: report))
        }
    }
}
