import CalendarTime
import Drills

/// What happens to the daemon outside of any run; recorded in the same chain as the runs.
package enum OperationalEvent: Hashable, Sendable, Codable {
    case missed(drill: DrillName, scheduled: WallInstant, reason: String)
    case haltPulled(by: String, reason: String)
    case haltReleased(by: String, reason: String)
    case targetArmed(target: TargetName, by: String)
    case targetDisarmed(target: TargetName, by: String)
    /// A fault of a run that is over may still be in place.
    case faultLeaked(fault: FaultID, reason: String)
    /// Somebody was paged about a fault that may still be in place; one channel answered.
    case leakPaged(fault: FaultID, person: PersonName, receipt: Receipt)
    /// A fault was reverted and verified after its run was closed.
    case faultRevertedLate(fault: FaultID, reason: String)
    /// An armed record was dropped by hand; two people are answerable for it.
    case faultForgotten(fault: FaultID, by: String, second: String, reason: String)
    case reloaded(drills: Int)
    /// The files had errors; the calendar from before stays.
    case reloadRefused(problems: Int, first: String)
    case daemonStarted(bootID: String, version: String)
    case daemonStopped(reason: String)
}

extension OperationalEvent {
    /// The event as people read it in a log: lower case, no full stop.
    package var sentence: String {
        switch self {
        case .missed(let drill, let scheduled, let reason):
            "\(drill) was missed, it was due \(WallText.time(scheduled)) UTC: \(reason)"
        case .haltPulled(let person, let reason): "\(person) pulled the halt lever: \(reason)"
        case .haltReleased(let person, let reason):
            "\(person) released the halt lever: \(reason)"
        case .targetArmed(let target, let person): "\(person) armed target \(target)"
        case .targetDisarmed(let target, let person): "\(person) disarmed target \(target)"
        case .faultLeaked(let fault, let reason):
            "fault \(fault) may still be in place: \(reason)"
        case .leakPaged(let fault, let person, let receipt):
            "\(person) was paged about fault \(fault), which may still be in place: "
                + receipt.sentence
        case .faultRevertedLate(let fault, let reason):
            "fault \(fault) was reverted after its run had ended: \(reason)"
        case .faultForgotten(let fault, let person, let second, let reason):
            "\(person) and \(second) dropped the armed record of fault \(fault): \(reason)"
        case .reloaded(let drills): "the calendar was loaded, it has \(counted(drills, "drill"))"
        case .reloadRefused(let problems, let first):
            "the calendar was not loaded, it has \(counted(problems, "problem")); the first: \(first)"
        case .daemonStarted(let bootID, let version):
            "drilld \(version) started on boot \(bootID)"
        case .daemonStopped(let reason): "drilld stopped: \(reason)"
        }
    }
}

/// A number with its noun in the right form.
func counted(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
}
