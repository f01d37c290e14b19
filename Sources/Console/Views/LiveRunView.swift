import CalendarTime
import Drills
import IncidentCommand
import Scoring

/// One open run as *Now* shows it.
struct LiveRunView: Sendable {
    let run: String
    let runTitle: String
    let facts: String
    let phase: String
    let severity: String
    let severityMark: String
    let isAttended: Bool
    let endsIn: TickView
    let clocks: [ClockView]
    let pages: [PageView]
    let steps: [StepView]
    let checkpoint: CheckpointView
    let people: PeopleView
    let comms: CommsView
    let damage: [DamageView]
    let overruns: [OverrunView]
    let evidence: [EvidenceView]
    let addEvidence: FormView
    let recent: [EventView]
    let closing: [FormView]

    init(
        _ board: IncidentBoard, _ timeline: Timeline, at now: Moment, zone: TimeZoneRules,
        typed: TypedForm?
    ) {
        let plan = board.plan
        let forms = RunForms(board, typed: typed)
        run = plan.run.text
        runTitle = plan.title
        facts =
            "\(plan.kind.rawValue) drill, \(plan.tier.rawValue), on \(plan.target.name) "
            + "(\(plan.target.environment))"
        phase = board.stage.phase?.rawValue ?? Phase.brief.rawValue
        severity = board.severity.current.rawValue
        severityMark = board.severity.current == .sev1 ? "bad" : "live"
        isAttended = plan.response.isAttended
        let start = timeline.entries.first?.at.boot ?? now.boot
        endsIn = .until(start.advanced(by: plan.duration), at: now.boot)
        clocks = ClockView.all(board, Milestones(timeline), at: now.boot)
        pages = PageView.all(board, forms, at: now.boot)
        steps = StepView.all(board, forms, at: now.boot)
        checkpoint = CheckpointView(board, forms, at: now.boot)
        people = PeopleView(board, forms)
        comms = CommsView(board, timeline, forms, at: now, zone: zone)
        damage = DamageView(board, at: now.boot).map { [$0] } ?? []
        overruns = board.overruns.open.map { OverrunView($0, forms) }
        evidence = board.evidence.items.map { EvidenceView($0) }
        addEvidence = forms.evidence
        recent = EventView.newest(12, of: timeline, zone: zone)
        closing = forms.closing
    }
}

/// A clock between two milestones, beside its target.
struct ClockView: Sendable {
    let clock: String
    let endPoints: String
    let reading: TickView
    let target: String
    /// In milliseconds; the script turns the clock when it passes.
    let limit: String
    /// `waiting`, `running`, `over`, `met` or `missed`.
    let mark: String
    let word: String

    static func all(
        _ board: IncidentBoard, _ marks: Milestones, at now: BootInstant
    ) -> [ClockView] {
        let plan = board.plan
        let begun = board.stage.begunAt
        let rollback = plan.response(taking: .rollback)
        let replay = plan.response(taking: .replay)
        let cleared = board.stage.cleared?.at ?? marks[.resolved]?.boot
        return [
            ClockView(
                "Detect", "injected → detected", from: marks[.injected]?.boot,
                to: marks[.detected]?.boot, within: plan.objectives.detect, at: now),
            plan.pages.isEmpty
                ? nil
                : ClockView(
                    "Acknowledge", "first page → first ack", from: marks[.paged]?.boot,
                    to: marks[.acked]?.boot, within: Measurements.Standard.ack, at: now),
            rollback.map {
                ClockView(
                    "Roll back", "paged → rollback fired", from: marks[.paged]?.boot,
                    to: marks[.rollbackStarted]?.boot,
                    within: $0.target ?? Measurements.Standard.rollback, at: now)
            },
            replay.map {
                ClockView(
                    "Replay", "replay opened → answered", from: marks[.replayStarted]?.boot,
                    to: marks[.replayAnswered]?.boot,
                    within: $0.target ?? Measurements.Standard.replay, at: now)
            },
            plan.expectsMitigation
                ? ClockView(
                    "Mitigate", "injected → mitigated", from: marks[.injected]?.boot,
                    to: marks[.mitigated]?.boot, within: plan.objectives.mitigate, at: now)
                : nil,
            ClockView(
                "All clear", "failure → all clear",
                from: board.damage.begunAt ?? begun, to: cleared,
                within: plan.response.allClear, at: now),
        ].compactMap { $0 }
    }

    private init(
        _ clock: String, _ endPoints: String, from start: BootInstant?, to end: BootInstant?,
        within target: TimeSpan, at now: BootInstant
    ) {
        self.clock = clock
        self.endPoints = endPoints
        self.target = TimeWords.clock(target.microseconds)
        limit = "\(target.microseconds / 1_000)"
        guard let start else {
            reading = TickView(tickText: "–:––", since: [], until: [])
            (mark, word) = ("waiting", "not begun")
            return
        }
        if let end {
            reading = .stopped(end - start)
            (mark, word) =
                end.span(since: start) <= target ? ("met", "within target") : ("missed", "late")
        } else {
            reading = .since(start, at: now)
            (mark, word) =
                now.span(since: start) <= target ? ("running", "running") : ("over", "over target")
        }
    }
}

/// What the failure costs.
struct DamageView: Sendable {
    let harmed: String
    let rate: String
    let ended: [String]
    /// From when the script counts on; in milliseconds since boot.
    let bleedsSince: [String]
    let instead: [String]

    init?(_ board: IncidentBoard, at now: BootInstant) {
        guard let rate = board.damage.rate, let harmed = board.damage.usersHarmed(at: now) else {
            return nil
        }
        self.harmed = "\(harmed)"
        self.rate = "\(rate)"
        ended = board.damage.end.map { ["stopped by \($0.cause.rawValue)"] } ?? []
        bleedsSince =
            board.damage.end == nil ? board.damage.begunAt.map { [$0.inMilliseconds] } ?? [] : []
        instead = board.damage.bleedStopFirst.map { ["\($0)"] } ?? []
    }
}

/// Something that took too long, and the form for its reason.
struct OverrunView: Sendable {
    let overrunID: String
    let overrun: String
    let overrunOwner: [String]
    let explain: FormView

    init(_ record: Overruns.Record, _ forms: RunForms) {
        explain = forms.explain(record.overrun)
        overrunID = "about-\(explain.formID)"
        overrun = record.overrun.sentence
        overrunOwner = record.owner.map { [$0.text] } ?? []
    }
}

/// An event with its time.
struct EventView: Sendable {
    let place: Int
    let time: String
    let sentence: String
    let mark: String

    init(_ place: Int, _ entry: Timeline.Entry, zone: TimeZoneRules) {
        self.place = place
        time = TimeWords.timeOfDay(entry.at.wall, in: zone)
        sentence = entry.event.sentence
        mark = entry.event.mark
    }

    /// The last ones, the newest first; probes that pass say nothing new.
    static func newest(_ count: Int, of timeline: Timeline, zone: TimeZoneRules) -> [EventView] {
        let told = timeline.entries.enumerated().filter { $0.element.event.isNews }
        return told.suffix(count).reversed().map {
            EventView($0.offset + 1, $0.element, zone: zone)
        }
    }
}

extension RunEvent {
    /// Whether it is worth a line among the newest.
    var isNews: Bool {
        switch self {
        case .probeFinished(_, _, let report), .steadyChecked(_, let report): !report.succeeded
        case .abortChecked(_, let report): report.ending != .exited(status: 1)
        default: true
        }
    }

    /// The class by which a page colours it.
    var mark: String {
        switch self {
        case .acked, .mitigated, .resolved, .allReverted, .revertFinished(_, .verified, _, _):
            "good"
        case .escalated, .ackExpired, .overran, .ackRefused, .actRefused, .pageWithheld: "poor"
        case .injectFinished, .haltPulled, .abortRequested, .interrupted: "bad"
        case .revertFinished: "bad"
        default: "plain"
        }
    }
}
