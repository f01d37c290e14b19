import CalendarTime
import Drills

/// Which faults have to be reverted now, and when to look again. Pure: every question carries `now`.
package struct LeaseClock: Hashable, Sendable {
    private var leases: [FaultID: Lease] = [:]
    private var injections = 0

    private struct Lease: Hashable {
        let target: TargetName?
        let deadline: BootInstant
        let outlivesDaemon: Bool
        /// Later injections are reverted first.
        let order: Int
        var isWanted = false
        /// A revert is on its way.
        var isReverting = false
        var nextTry: BootInstant?

        func dueAt() -> BootInstant? {
            if isReverting { return nil }
            return nextTry ?? (isWanted ? BootInstant(microsecondsSinceBoot: .min) : deadline)
        }
    }

    /// A clock with nothing to watch.
    package init() {}

    /// Watches a fault from its injection on. A deadline of another boot has passed.
    package mutating func hold(_ record: ArmedRecord, bootID: String) {
        let past = BootInstant(microsecondsSinceBoot: .min)
        add(
            record.fault, target: record.target.name,
            deadline: record.bootID == bootID ? record.deadline.boot : past,
            outlivesDaemon: record.plan.outlivesDaemon)
    }

    /// Watches a fault whose record cannot be read: it is tried again and again, so that it is not forgotten.
    package mutating func holdDamaged(_ fault: FaultID) {
        add(
            fault, target: nil, deadline: BootInstant(microsecondsSinceBoot: .min),
            outlivesDaemon: false)
    }

    private mutating func add(
        _ fault: FaultID, target: TargetName?, deadline: BootInstant, outlivesDaemon: Bool
    ) {
        guard leases[fault] == nil else { return }
        injections += 1
        leases[fault] = Lease(
            target: target, deadline: deadline, outlivesDaemon: outlivesDaemon, order: injections)
    }

    /// The revert of a fault has begun.
    package mutating func begin(_ fault: FaultID) {
        leases[fault]?.isReverting = true
        leases[fault]?.isWanted = true
    }

    /// The fault is gone.
    package mutating func release(_ fault: FaultID) {
        leases[fault] = nil
    }

    /// A revert failed for the n-th time: the next one follows after the back-off.
    package mutating func fail(_ fault: FaultID, failures: Int, at now: BootInstant) {
        leases[fault]?.isReverting = false
        leases[fault]?.nextTry = now.advanced(by: BackOff.delay(afterFailures: failures))
    }

    /// Wants these faults gone now.
    package mutating func want(_ faults: some Sequence<FaultID>) {
        for fault in faults {
            leases[fault]?.isWanted = true
            leases[fault]?.nextTry = nil
        }
    }

    /// The daemon is gone: wants every fault gone that may not outlive it.
    package mutating func daemonLeft() {
        for fault in leases.keys where leases[fault]?.outlivesDaemon == false {
            leases[fault]?.isWanted = true
        }
    }

    /// The faults to revert now, grouped by target; within a group the one injected last comes first.
    package func due(at now: BootInstant) -> [[FaultID]] {
        let due = leases.filter { $0.value.dueAt().map { $0 <= now } ?? false }
        let groups = Dictionary(grouping: due.keys) { leases[$0]?.target }
        return groups.values
            .map { group in group.sorted { order(of: $0) > order(of: $1) } }
            .sorted { order(of: $0[0]) > order(of: $1[0]) }
    }

    /// When the next revert falls due; nil if nothing is watched.
    package var nextDue: BootInstant? { leases.values.compactMap { $0.dueAt() }.min() }

    /// All watched faults, in the order of their injection.
    package var faults: [FaultID] { leases.keys.sorted { order(of: $0) < order(of: $1) } }

    /// Those of the watched faults that are not being reverted at the moment.
    package var atRest: [FaultID] { faults.filter { leases[$0]?.isReverting == false } }

    /// All watched faults of the target of this one, itself among them.
    package func neighbours(of fault: FaultID) -> [FaultID] {
        guard let lease = leases[fault] else { return [] }
        return faults.filter { leases[$0]?.target == lease.target }
    }

    /// Those of its neighbours that were injected after a fault.
    package func laterOnes(than fault: FaultID) -> [FaultID] {
        neighbours(of: fault).filter { order(of: $0) > order(of: fault) }
    }

    /// Whether a fault should be gone by now.
    package func isOwed(_ fault: FaultID, at now: BootInstant) -> Bool {
        guard let lease = leases[fault] else { return false }
        return lease.isWanted || lease.nextTry != nil || lease.deadline <= now
    }

    private func order(of fault: FaultID) -> Int { leases[fault]?.order ?? 0 }
}

/// Which daemons are alive: each has to speak up before its lease runs out.
package struct DaemonLeases: Hashable, Sendable {
    private var ends: [Int: BootInstant] = [:]

    /// No daemon yet.
    package init() {}

    /// A daemon at a connection spoke; it is believed to be alive for one more lease.
    package mutating func heard(_ connection: Int, lease: TimeSpan, at now: BootInstant) {
        ends[connection] = now.advanced(by: lease)
    }

    /// A connection closed. True if it was the last living daemon's.
    package mutating func close(_ connection: Int) -> Bool {
        ends.removeValue(forKey: connection) != nil && ends.isEmpty
    }

    /// Forgets daemons that fell silent. True if the last one did.
    package mutating func expire(at now: BootInstant) -> Bool {
        let before = ends.count
        ends = ends.filter { $0.value > now }
        return before > 0 && ends.isEmpty
    }

    /// When the next lease runs out.
    package var nextEnd: BootInstant? { ends.values.min() }
}
