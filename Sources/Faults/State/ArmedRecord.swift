import CalendarTime
import Drills

/// Everything that is needed to revert one fault, with nothing else at hand.
///
/// Parameters stand in it as references: the value of a credential is never stored.
package struct ArmedRecord: Hashable, Sendable, Codable {
    package let fault: FaultID
    package let run: RunID
    package let plan: FaultPlan
    package let target: Target
    /// The file with the verbs and its hash, as they were when the fault was armed.
    package let hook: AdmittedHook
    /// What `check` printed before the injection; nil: nothing was injected yet.
    package let fingerprint: String?
    package let armedAt: Moment
    /// When the fault must be gone, whatever lives.
    package let deadline: Moment
    /// The boot that the boot instants count from.
    package let bootID: String
    /// Who armed it, for people: `drilld 1234`.
    package let armedBy: String

    /// The record of a fault that is about to be injected.
    package init(
        run: RunID, plan: FaultPlan, target: Target, hook: AdmittedHook, armedAt: Moment,
        bootID: String, armedBy: String
    ) {
        self.init(
            fault: FaultID(run: run, fault: plan.name), run: run, plan: plan, target: target,
            hook: hook, fingerprint: nil, armedAt: armedAt,
            deadline: armedAt.advanced(by: plan.duration), bootID: bootID, armedBy: armedBy)
    }

    private init(
        fault: FaultID, run: RunID, plan: FaultPlan, target: Target, hook: AdmittedHook,
        fingerprint: String?, armedAt: Moment, deadline: Moment, bootID: String, armedBy: String
    ) {
        self.fault = fault
        self.run = run
        self.plan = plan
        self.target = target
        self.hook = hook
        self.fingerprint = fingerprint
        self.armedAt = armedAt
        self.deadline = deadline
        self.bootID = bootID
        self.armedBy = armedBy
    }

    /// The same record once the fingerprint is known.
    package func fingerprinted(_ fingerprint: String) -> ArmedRecord {
        ArmedRecord(
            fault: fault, run: run, plan: plan, target: target, hook: hook,
            fingerprint: fingerprint, armedAt: armedAt, deadline: deadline, bootID: bootID,
            armedBy: armedBy)
    }

    /// Whether the fault's time is up: by the clock that never steps in its own boot, else at once.
    package func isOverdue(at now: Moment, bootID current: String) -> Bool {
        bootID != current || deadline.boot <= now.boot
    }
}

extension ArmedRecord {
    /// The file: one JSON object that carries a hash of its own content, so that damage shows.
    func fileContent() throws -> [UInt8] {
        let body = try Text.json(self)
        return Self.opening(hash: Hexadecimal.sha256(of: body)) + body + Array("}\n".utf8)
    }

    /// Reads a file; unknown keys are ignored, damage is not.
    init(fileContent bytes: [UInt8], fault: FaultID) throws(Damage) {
        let opening = Self.opening(hash: String(repeating: "0", count: 64)).count
        guard bytes.count > opening + 1, bytes.suffix(2) == Array("}\n".utf8) else {
            throw .cutShort(bytes: bytes.count)
        }
        let body = bytes[opening..<(bytes.count - 2)]
        guard Array(bytes[..<opening]) == Self.opening(hash: Hexadecimal.sha256(of: body)) else {
            throw .wrongHash
        }
        do {
            self = try Text.parse(ArmedRecord.self, body)
        } catch {
            throw .unreadable("\(error)")
        }
        guard self.fault == fault, self.fault == FaultID(run: run, fault: plan.name) else {
            throw .otherFault(self.fault)
        }
    }

    private static func opening(hash: String) -> [UInt8] {
        Array(#"{"sha256":"\#(hash)","record":"#.utf8)
    }

    /// Why an armed record cannot be used.
    package enum Damage: Error, Hashable, Sendable, CustomStringConvertible {
        case cutShort(bytes: Int)
        case wrongHash
        case unreadable(String)
        case otherFault(FaultID)

        package var description: String {
            switch self {
            case .cutShort(let bytes): "it ends after \(bytes) bytes, in the middle"
            case .wrongHash: "its content does not match its hash"
            case .unreadable(let reason): "it cannot be understood: \(reason)"
            case .otherFault(let fault): "it is the record of '\(fault)'"
            }
        }
    }
}
