import Drills
import Synchronization

/// The faults of one run that are to be gone: none of them is armed any more.
///
/// An injection and the revert of the same fault may be under way side by side, when a run ends in that very moment. A
/// revert that finds nothing armed is done; an armed record that came after it would bring the fault back.
package final class CalledOff: Sendable {
    private let faults = Mutex<Set<FaultName>>([])

    /// Nothing is called off.
    package init() {}

    /// Arms a fault unless it was called off; whether it did. Whoever calls it off meanwhile waits.
    package func arm(_ fault: FaultName, by work: () throws -> Void) rethrows -> Bool {
        try faults.withLock { faults in
            guard !faults.contains(fault) else { return false }
            try work()
            return true
        }
    }

    /// From now on the fault is not armed; if it is already, the agent knows of it.
    package func callOff(_ fault: FaultName) {
        faults.withLock { _ = $0.insert(fault) }
    }
}
