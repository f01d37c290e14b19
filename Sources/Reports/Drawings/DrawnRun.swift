import CalendarTime
import Drills
import Scoring

/// What is to be drawn of a run, read off its timeline.
struct DrawnRun {
    let lanes: [DrawnLane]
    let milestones: [DrawnMark]
    /// The end of the drawing, in seconds.
    let end: Double
    let isOpen: Bool

    init?(_ timeline: Timeline, now: Moment?) {
        guard let plan = timeline.plan, let first = timeline.entries.first,
            let last = timeline.entries.last
        else { return nil }
        let clock = RunClock(first)
        isOpen = timeline.outcome == nil
        let present = isOpen ? now.map { clock.seconds(at: $0, in: last.bootID) } : nil
        end = max(clock.seconds(of: Stamp(last)), present ?? 0, 1)
        let steps = timeline.entries.map { Step(at: clock.seconds(of: Stamp($0)), $0.event) }
        lanes = [
            DrawnLane(title: "Faults", rows: plan.faults.map { Self.fault($0.name, steps) }),
            DrawnLane(title: "Pages", rows: plan.pages.map { Self.page($0.name, steps) }),
            DrawnLane(title: "Command", rows: [Self.command(steps)]),
        ].filter { lane in lane.rows.contains { !$0.bars.isEmpty || !$0.marks.isEmpty } }
        milestones = Milestones(timeline).reached.filter { $0.stamp.boot != nil }.map { reached in
            DrawnMark(
                at: clock.seconds(of: reached.stamp), shape: .milestone,
                words: reached.milestone.rawValue.replacing("_", with: " "))
        }.sorted { $0.at < $1.at }
    }

    /// An event and its second.
    struct Step {
        let at: Double
        let event: RunEvent

        init(at: Double, _ event: RunEvent) {
            self.at = at
            self.event = event
        }
    }

    private static func fault(_ name: FaultName, _ steps: [Step]) -> DrawnRow {
        var row = DrawnRow(name: name.text)
        let start = steps.first { step in
            switch step.event {
            case .injectFinished(name, .injected, _), .injectFinished(name, .unknown, _): true
            default: false
            }
        }
        guard let start else { return row }
        let end = steps.first { step in
            if case .revertFinished(name, .verified, _, _) = step.event { true } else { false }
        }
        let length = end.map { "for " + DurationText.short($0.at - start.at) } ?? "not reverted"
        row.bars = [DrawnBar(from: start.at, to: end?.at, words: "fault \(name) \(length)")]
        return row
    }

    private static func page(_ name: PageName, _ steps: [Step]) -> DrawnRow {
        var row = DrawnRow(name: name.text)
        row.marks = steps.compactMap { step in
            guard let shape = step.event.shape(of: name) else { return nil }
            return DrawnMark(at: step.at, shape: shape, words: step.event.sentence)
        }
        guard let start = row.marks.first(where: { $0.shape == .paged }) else { return row }
        let end = row.marks.first { $0.shape == .acknowledged || $0.shape == .resolved }
        let length = end.map { "after " + DurationText.short($0.at - start.at) } ?? "never"
        row.bars = [
            DrawnBar(from: start.at, to: end?.at, words: "page \(name) answered \(length)")
        ]
        return row
    }

    private static func command(_ steps: [Step]) -> DrawnRow {
        var row = DrawnRow(name: "decisions")
        row.marks = steps.compactMap { step in
            guard let shape = step.event.commandShape else { return nil }
            return DrawnMark(at: step.at, shape: shape, words: step.event.sentence)
        }
        return row
    }
}

/// Seconds from the beginning of a run.
private struct RunClock {
    private let first: Timeline.Entry

    init(_ first: Timeline.Entry) {
        self.first = first
    }

    func seconds(of stamp: Stamp) -> Double { stamp.span(since: Stamp(first)).seconds }

    /// The present, on the clock that the last event was recorded on.
    func seconds(at now: Moment, in bootID: String) -> Double {
        seconds(of: Stamp(Timeline.Entry(at: now, bootID: bootID, event: first.event)))
    }
}

extension RunEvent {
    /// How the event is drawn in the row of a page; nil: not at all.
    fileprivate func shape(of page: PageName) -> DrawnMark.Shape? {
        switch self {
        case .pageSent(page, _, _, let receipt): receipt.wasAccepted ? .paged : nil
        case .acked(page, _, _): .acknowledged
        case .escalated(page, _, _): .escalated
        case .pageResolved(page, _): .resolved
        default: nil
        }
    }

    /// How the event is drawn among the decisions; nil: not at all.
    fileprivate var commandShape: DrawnMark.Shape? {
        switch self {
        case .checkpointOpened: .checkpoint
        case .acted(.decide, _, _): .decision
        case .acted(.handOff, _, _), .acted(.changeSeverity, _, _): .change
        case .overran: .overrun
        default: nil
        }
    }
}
