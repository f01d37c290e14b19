import CalendarTime
import Drills
import IncidentCommand
import Scoring

/// What there is to say about a run now, one sentence for each fact: every update is made of these.
struct IncidentFacts {
    let board: IncidentBoard
    let now: Moment
    let start: BootInstant
    let timeline: Timeline
    let zone: TimeZoneRules

    init(_ board: IncidentBoard, _ timeline: Timeline, now: Moment, zone: TimeZoneRules) {
        self.board = board
        self.timeline = timeline
        self.now = now
        self.zone = zone
        start = timeline.entries.first?.at.boot ?? now.boot
    }

    var plan: RunPlan { board.plan }

    /// `3min 20s`, from the beginning of the run.
    func time(_ moment: BootInstant) -> String {
        DurationText.short(moment.span(since: start).seconds)
    }

    /// The time on the wall at a moment of this boot.
    func wallTime(_ moment: BootInstant) -> String {
        let wall = now.wall.advanced(byMicroseconds: moment - now.boot)
        return wall.formatted(in: zone, precision: .seconds)
    }

    func ago(_ moment: BootInstant) -> String {
        DurationText.short(now.boot.span(since: moment).seconds)
    }

    /// What it is, and that it is a drill.
    var incident: String {
        "\(plan.title); \(board.severity.current.rawValue) on \(plan.target.name) "
            + "(\(plan.target.environment)). This is a drill"
    }

    var began: String {
        guard let begun = board.damage.begunAt else { return "nothing is injected yet" }
        let marks = Milestones(timeline)
        let after = [(Milestone.detected, "seen"), (.paged, "first page"), (.acked, "first ack")]
            .compactMap { milestone, word -> String? in
                guard let at = marks[milestone]?.boot else { return nil }
                return "\(word) after \(DurationText.short(at.span(since: begun).seconds))"
            }
        return (["\(ago(begun)) ago, at \(time(begun)) into the run"] + after)
            .joined(separator: ", ")
    }

    var scope: String { board.playbook.scope?.sentence ?? "not confirmed yet" }

    var bleed: String {
        guard let begun = board.damage.begunAt else { return "nothing is injected yet" }
        guard let end = board.damage.end else { return "goes on for \(ago(begun)) now" }
        let length = DurationText.short(end.at.span(since: begun).seconds)
        return "stopped after \(length) by \(end.cause.rawValue)"
    }

    var pages: String {
        let cards = board.pages.cards
        let sent = cards.filter { $0.state != .planned }
        let acked = sent.count { !$0.acks.isEmpty }
        let open = board.openPages.map(\.text)
        let escalated = sent.filter { $0.escalatedAt != nil }.map(\.plan.name.text)
        let parts = [
            "\(sent.count) of \(cards.count) went out, \(acked) acknowledged",
            open.isEmpty ? nil : "open: " + open.joined(separator: " "),
            escalated.isEmpty ? nil : "escalated: " + escalated.joined(separator: " "),
        ]
        return parts.compactMap { $0 }.joined(separator: "; ")
    }

    var owners: String {
        let leaders =
            ["commander \(plan.roster.commander)"]
            + [plan.roster.deputy.map { "deputy \($0)" }].compactMap { $0 }
        let lanes = Lane.allCases.map { lane in
            "\(lane.rawValue) " + (board.roles.owners[lane]?.text ?? "nobody")
        }
        let inResponse = [
            board.triage.map { "triage \($0)" }, board.mitigation.map { "mitigation \($0)" },
        ].compactMap { $0 }
        return (leaders + lanes + inResponse).joined(separator: ", ")
    }

    /// The steps of the playbook that were taken, and those that were passed over.
    var done: String {
        let steps = PlaybookStep.allCases.compactMap { step -> String? in
            switch board.playbook[step] {
            case .taken(let signed): "\(step.rawValue) by \(signed.by) at \(time(signed.at))"
            case .skipped(.outOfTurn(let reason)):
                "\(step.rawValue) passed over (\(reason.rawValue))"
            case .skipped, .waiting, .offered: nil
            }
        }
        return steps.isEmpty ? "nothing yet" : steps.joined(separator: ", ")
    }

    var nextStep: String {
        if let cleared = board.stage.cleared {
            return "none; \(cleared.by) declared all clear at \(time(cleared.at))"
        }
        return board.playbook.offered.map { "\($0.rawValue)" } ?? "none is due"
    }
}
