import CalendarTime
import ControlAPI
import Drills

/// What `drillctl status` prints: the worst news first.
package struct StatusText: Hashable, Sendable {
    /// The whole text; it ends with a line break.
    package let text: String

    /// The state of the daemon as of `now`.
    package init(_ status: DaemonStatus, now: WallInstant, zone: TimeZoneRules) {
        var list = LabelledLines(labelWidth: 12)
        list.add("State", Self.state(status))
        if let halt = status.halt {
            let time = halt.at.formatted(in: zone, precision: .seconds)
            list.add("Halted", "by \(halt.by) since \(time): \(halt.reason)")
        }
        list.add("Faults", status.faults.isEmpty ? "none" : FaultsText.summary(status.faults))
        for fault in status.faults where fault.state == .leaked {
            list.add("", "LEAKED \(fault.fault) on \(fault.target): \(fault.detail)")
        }
        if status.openRuns.isEmpty { list.add("Running", "nothing") }
        for (index, run) in status.openRuns.enumerated() {
            let due = run.scheduled.relativeText(to: now)
            list.add(
                index == 0 ? "Running" : "",
                "\(run.run): \(run.kind.rawValue), phase \(run.phase.rawValue), due \(due)")
        }
        list.add("Next", Self.next(status, now: now, zone: zone))
        list.add("Calendar", counted(status.drills, "drill"))
        if !status.reloadProblems.isEmpty {
            list.add(
                "Reload",
                "refused with \(counted(status.reloadProblems.count, "problem")); "
                    + "the calendar from before stays in force")
            for problem in status.reloadProblems { list.add("", problem) }
        }
        list.add(
            "Armed",
            status.armedTargets.isEmpty
                ? "no target; 'drillctl arm TARGET' allows injection"
                : status.armedTargets.map(\.text).joined(separator: " "))
        let started = status.started.formatted(in: zone, precision: .seconds)
        list.add(
            "Version", "\(status.version), up since \(started)")
        text = list.lines.joined(separator: "\n") + "\n"
    }

    private static func state(_ status: DaemonStatus) -> String {
        if status.faults.contains(where: { $0.state == .leaked }) {
            return "LEAKED: a fault may still be in place"
        }
        if status.halt != nil { return "HALTED: no run starts until the lever is released" }
        return status.openRuns.isEmpty ? "idle" : "\(counted(status.openRuns.count, "run")) open"
    }

    private static func next(
        _ status: DaemonStatus, now: WallInstant, zone: TimeZoneRules
    ) -> String {
        guard let next = status.next else { return "nothing is due within the horizon" }
        let time = next.at.formatted(in: zone, precision: .seconds)
        return "\(next.drill) on \(time), \(next.at.relativeText(to: now))"
    }
}
