import CalendarTime
import Drills

/// How bad the incident is held to be, and what that means by default.
package struct SeverityBoard: Hashable, Sendable {
    package private(set) var current: Severity
    package private(set) var changes: [Change] = []
    package let dependencyClass: String

    /// A change of severity and whose it is.
    package struct Change: Hashable, Sendable {
        package let from: Severity
        package let change: SeverityChange
        package let signed: Signed
    }

    init(_ plan: RunPlan) {
        current = plan.severity
        dependencyClass = plan.mutation.dependencyClass
    }

    /// What severity and dependency class ask for, the severity's first.
    package var posture: [String] {
        [current.posture, DependencyClass(rawValue: dependencyClass)?.posture].compactMap { $0 }
    }

    mutating func note(_ event: RunEvent, at now: BootInstant) {
        guard case .acted(.changeSeverity(let change), let person, _) = event else { return }
        changes.append(
            Change(from: current, change: change, signed: Signed(by: person, at: now)))
        current = change.severity
    }

    /// Why the severity is not changed; nil: it is.
    ///
    /// - Parameter evidence: how many pieces of evidence there are.
    func refusal(of change: SeverityChange, by person: PersonName, roles: Roles, evidence: Int)
        -> String?
    {
        guard roles.leads(person) else {
            return "the severity is changed by \(roles.leaders); recommend it to them"
        }
        guard change.severity != current else {
            return "the severity is \(current.rawValue) already"
        }
        if let refusal = evidenceRefusal(change.evidence, of: evidence) { return refusal }
        return missing([("why", change.why)]).map { _ in
            "a change of severity needs its reason; say in why what the evidence shows"
        }
    }
}

/// Why a number is not that of a piece of evidence; nil: it is.
func evidenceRefusal(_ number: Int, of count: Int) -> String? {
    guard !(1...max(count, 1)).contains(number) || count == 0 else { return nil }
    guard count > 0 else {
        return "there is no evidence \(number), none was added yet; add it first"
    }
    return "there is no evidence \(number); the last number is \(count)"
}

extension Severity {
    /// What is done by default at this severity.
    package var posture: String {
        switch self {
        case .sev1: "roll back first and understand later; secondary and deputy are called at once"
        case .sev2:
            "take the most reversible rung first; roll back if the next checkpoint shows no gain"
        case .sev3: "keep watching and mitigate within the window; a rollback needs its reason"
        }
    }
}

/// The classes of dependency that have a posture of their own.
package enum DependencyClass: String, CaseIterable, Hashable, Sendable {
    case auth, billing, messaging, observability

    /// What is done by default when such a dependency fails.
    package var posture: String {
        switch self {
        case .auth: "fail closed: roll back at once, never widen access to get service back"
        case .billing: "stop writes first; correct later from the record, replay only reconciled"
        case .messaging: "hold the queue and drop nothing; drain it with a limit afterwards"
        case .observability: "blindness counts as harm: freeze changes, verify from a second source"
        }
    }
}
