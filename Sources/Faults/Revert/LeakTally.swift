import Drills

/// What an agent knows of faults that would not go, beside what is stored: on a full disk the stored count stands still.
struct LeakTally {
    private var counts: [FaultID: Int] = [:]
    private var told: Set<FaultID> = []

    /// Attempts that failed as far as it was seen here.
    func failures(of fault: FaultID) -> Int { counts[fault] ?? 0 }

    /// Counts one more failed attempt and returns how many there are, seen here or stored.
    mutating func fail(_ fault: FaultID, stored: Int) -> Int {
        let count = max(failures(of: fault) + 1, stored)
        counts[fault] = count
        return count
    }

    /// Whether an entry is LEAKED and nobody was told of it; from now on somebody was.
    mutating func isNews(_ entry: ArmedEntry) -> Bool {
        guard entry.isLeaked || BackOff.isLeaked(afterFailures: failures(of: entry.fault)) else {
            return false
        }
        return told.insert(entry.fault).inserted
    }

    /// Forgets a fault that is gone.
    mutating func forget(_ fault: FaultID) {
        counts[fault] = nil
        told.remove(fault)
    }
}
