import CalendarTime
import ControlAPI
import Drills
import IncidentCommand
import Reports
import Scoring

/// One run with all that was recorded of it.
struct RunView: Sendable {
    let run: String
    let runTitle: String
    let facts: String
    let state: String
    let mark: String
    let isOpen: Bool
    /// The program's own markup.
    let drawing: [String]
    let scorecard: [String]
    let milestones: [MilestoneView]
    let measurements: [MeasureView]
    let decisions: [CheckpointView.MadeView]
    let evidence: [EvidenceView]
    let debt: [DebtView]
    let events: [EventView]
    let followUps: [FollowUpView]
    let followUp: [FormView]

    struct FollowUpView: Sendable {
        let task: String
        let taskOwner: String
        let taskDue: String
    }

    /// How many characters of a piece of evidence are shown.
    private static let maximumShown = 8_000

    struct MilestoneView: Sendable {
        let milestone: String
        let reachedAt: String
        let afterStart: String
    }

    struct MeasureView: Sendable {
        let metric: String
        let endPoints: String
        let measured: String
        let target: String
        let mark: String
    }

    struct DebtView: Sendable {
        let overrun: String
        let answer: String
    }

    init(_ detail: RunDetail, at now: Moment, zone: TimeZoneRules, typed: TypedForm?) {
        let timeline = detail.timeline
        let plan = timeline.plan
        let board = IncidentBoard(timeline)
        run = plan?.run.text ?? ""
        runTitle = plan?.title ?? ""
        facts = plan.map(Self.facts) ?? ""
        state = timeline.outcome?.sentence ?? "open, \(detail.phase.rawValue)"
        mark = timeline.outcome?.mark ?? "open"
        isOpen = timeline.outcome == nil
        drawing = TimelineDrawing(timeline, now: now).map { [$0.svg] } ?? []
        scorecard = detail.scorecard.map { [ScorecardText($0, timeline: timeline).text] } ?? []
        milestones = Self.milestones(of: timeline, zone: zone)
        // Each page's delivery per channel is in the scorecard; here it would bury the rest.
        measurements = Measurements(timeline).all.filter { $0.metric != .delivery }.map {
            MeasureView($0)
        }
        let forms = board.map { RunForms($0, typed: typed) }
        decisions =
            board.map { CheckpointView($0, RunForms($0, typed: nil), at: now.boot).decisions } ?? []
        evidence =
            board?.evidence.items.map { EvidenceView($0, showing: Self.maximumShown) } ?? []
        debt =
            board?.overruns.all.map { record in
                DebtView(
                    overrun: record.overrun.sentence,
                    answer: record.explanation.map { "\($0.signed.by): \($0.reason)" }
                        ?? "no reason given")
            } ?? []
        events = timeline.entries.enumerated().map {
            EventView($0.offset + 1, $0.element, zone: zone)
        }
        followUps = timeline.entries.compactMap { FollowUpView($0.event) }
        followUp = isOpen ? forms.map { [$0.followUp] } ?? [] : []
    }

    private static func facts(_ plan: RunPlan) -> String {
        "\(plan.kind.rawValue) drill, \(plan.tier.rawValue), on \(plan.target.name) "
            + "(\(plan.target.environment)), \(plan.severity.rawValue), commander "
            + "\(plan.roster.commander)"
    }

    private static func milestones(of timeline: Timeline, zone: TimeZoneRules) -> [MilestoneView] {
        let marks = Milestones(timeline)
        return marks.reached.filter { $0.milestone != .scheduled }.map { milestone, stamp in
            let offset = marks[.started].map { stamp.interval(since: $0).microseconds }
            return MilestoneView(
                milestone: milestone.rawValue.replacing("_", with: " "),
                reachedAt: TimeWords.timeOfDay(stamp.wall, in: zone),
                afterStart: offset.map { TimeWords.clock($0) } ?? "")
        }
    }
}

extension RunView.FollowUpView {
    fileprivate init?(_ event: RunEvent) {
        guard case .followUpAdded(let followUp) = event else { return nil }
        task = followUp.text
        taskOwner = followUp.owner.text
        taskDue = followUp.due
    }
}

extension RunView.MeasureView {
    fileprivate init(_ measurement: Measurement) {
        metric = measurement.metric.rawValue + (measurement.page.map { " of \($0)" } ?? "")
        endPoints = measurement.metric.endPoints
        target = measurement.target.map { TimeWords.clock($0.microseconds) } ?? "none"
        switch measurement.value {
        case .measured(let interval):
            measured = TimeWords.exact(interval.microseconds)
        case .censored(let interval):
            measured = "not reached, longer than \(TimeWords.exact(interval.microseconds))"
        }
        mark =
            switch measurement.isWithinTarget {
            case true: "good"
            case false: "poor"
            default: "plain"
            }
    }
}
