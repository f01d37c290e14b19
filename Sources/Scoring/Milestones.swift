import CalendarTime
import Drills

/// When something happened, on both clocks as far as they are known.
package struct Stamp: Hashable, Sendable, Codable {
    package let wall: WallInstant
    /// Nil for a planned time, which no clock has shown yet.
    package let boot: BootInstant?
    /// The boot that `boot` counts from.
    package let bootID: String

    /// The stamp of a recorded event.
    package init(_ entry: Timeline.Entry) {
        wall = entry.at.wall
        boot = entry.at.boot
        bootID = entry.bootID
    }

    /// The stamp of a planned time.
    package init(planned wall: WallInstant) {
        self.wall = wall
        boot = nil
        bootID = ""
    }

    /// From an earlier stamp to this one, in microseconds, possibly negative.
    ///
    /// Boot time within one boot; wall time otherwise, and then it is flagged.
    package func interval(since earlier: Stamp) -> Interval {
        if let boot, let start = earlier.boot, bootID == earlier.bootID {
            return Interval(microseconds: boot - start, isWallTime: false)
        }
        return Interval(microseconds: wall - earlier.wall, isWallTime: true)
    }
}

/// A measured length of time.
package struct Interval: Hashable, Sendable, Codable {
    /// Negative if the end came before the start.
    package let microseconds: Int64
    /// Whether it had to be measured on the wall clock, which may step.
    package let isWallTime: Bool

    /// A measured length.
    package init(microseconds: Int64, isWallTime: Bool) {
        self.microseconds = microseconds
        self.isWallTime = isWallTime
    }
}

/// The milestones of a run, each at its first occurrence, read off the timeline.
package struct Milestones: Hashable, Sendable {
    private var stamps: [Milestone: Stamp] = [:]

    /// Reads the milestones of a timeline.
    package init(_ timeline: Timeline) {
        guard let plan = timeline.plan else { return }
        stamps[.scheduled] = Stamp(planned: plan.scheduled)
        for entry in timeline.entries {
            for milestone in Self.milestones(of: entry.event, in: plan)
            where stamps[milestone] == nil {
                stamps[milestone] = Stamp(entry)
            }
        }
        // That a channel took a page is not that anybody was told, where it says whom it told.
        stamps[.paged] = plan.pages.compactMap { PageRecord($0.name, in: timeline).paged }
            .min { $0.interval(since: $1).microseconds < 0 }
    }

    /// When a milestone was reached; nil if it never was.
    package subscript(_ milestone: Milestone) -> Stamp? { stamps[milestone] }

    /// Those that were reached, in the order of the design's list.
    package var reached: [(milestone: Milestone, stamp: Stamp)] {
        Milestone.allCases.compactMap { milestone in stamps[milestone].map { (milestone, $0) } }
    }

    private static func milestones(of event: RunEvent, in plan: RunPlan) -> [Milestone] {
        switch event {
        case .opened: [.started]
        // Without faults the storm of pages is the injection, and the first ack its detection.
        case .phaseEntered(.respond) where plan.faults.isEmpty: [.injected]
        case .acked where plan.faults.isEmpty: [.acked, .detected]
        case .acked: [.acked]
        case .injectFinished(_, .injected, _), .injectFinished(_, .unknown, _): [.injected]
        case .detected: [.detected]
        case .escalated: [.escalated]
        case .responseStarted(let response, _, _): starts(of: plan.response(named: response)?.step)
        case .responseFinished(let response, _, _, let report):
            ends(of: plan.response(named: response)?.step, report)
        case .acted(let act, _, _): steps(of: act, in: plan)
        case .mitigated: [.mitigated]
        case .resolved: [.resolved]
        case .allReverted where !plan.faults.isEmpty: [.reverted]
        case .closed: [.closed]
        default: []
        }
    }

    /// What a person's step reaches by itself; what a script does for it is reached when the script ends.
    private static func steps(of act: ResponseAct, in plan: RunPlan) -> [Milestone] {
        switch act {
        case .confirmScope: [.scoped]
        case .rollBack: [.rollbackStarted]
        case .captureTrace where plan.response(taking: .trace) == nil: [.traceCaptured]
        case .postStatus where plan.response(taking: .status) == nil: [.statusPosted]
        default: []
        }
    }

    private static func starts(of step: Response.Step?) -> [Milestone] {
        switch step {
        case .rollback: [.rollbackStarted]
        case .trace, .replay: [.replayStarted]
        default: []
        }
    }

    private static func ends(of step: Response.Step?, _ report: HookReport) -> [Milestone] {
        switch step {
        case .rollback where report.succeeded: [.rolledBack]
        case .trace where report.succeeded: [.traceCaptured]
        case .status where report.succeeded: [.statusPosted]
        case .replay where ReplayAnswer(report) != nil: [.replayAnswered]
        default: []
        }
    }
}
