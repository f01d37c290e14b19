import CalendarTime
import ControlAPI
import Drills

/// The faults that are live, owed or leaked, as a table; leaked ones first.
package struct FaultsText: Hashable, Sendable {
    /// The whole text; it ends with a line break.
    package let text: String

    /// Lists faults as of `now`.
    package init(_ faults: [FaultRow], now: WallInstant, zone: TimeZoneRules) {
        guard !faults.isEmpty else {
            text = "No fault is live, owed or leaked.\n"
            return
        }
        var table = TextTable("FAULT", "TARGET", "STATE", "DEADLINE", "LEFT", "FAILED", "LAST WORD")
        for fault in faults.sorted(by: Self.isMoreUrgent) {
            table.add(
                fault.fault.text.printable, fault.target.text.printable, fault.state.word,
                fault.deadline?.formatted(in: zone, precision: .seconds) ?? "-",
                fault.deadline?.relativeText(to: now) ?? "-", "\(fault.failedAttempts)",
                fault.detail.isEmpty ? "-" : fault.detail.printable)
        }
        let lines = table.lines + ["", Self.summary(faults)]
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func isMoreUrgent(_ one: FaultRow, _ other: FaultRow) -> Bool {
        (one.state.rank, one.fault) < (other.state.rank, other.fault)
    }

    /// `3 faults: 1 leaked, 2 live`, and what to do about a leaked one.
    static func summary(_ faults: [FaultRow]) -> String {
        let states: [FaultRow.State] = [.leaked, .owed, .live]
        let parts = states.compactMap { state in
            let count = faults.count { $0.state == state }
            return count == 0 ? nil : "\(count) \(state.rawValue)"
        }
        let leaked = faults.contains { $0.state == .leaked }
        return "\(counted(faults.count, "fault")): \(parts.joined(separator: ", "))"
            + (leaked ? "; a fault may still be in place" : "")
    }
}

extension FaultRow.State {
    fileprivate var rank: Int {
        switch self {
        case .leaked: 0
        case .owed: 1
        case .live: 2
        }
    }

    /// The state as tables show it: the one that needs a person stands out.
    var word: String { self == .leaked ? "LEAKED" : rawValue }
}
