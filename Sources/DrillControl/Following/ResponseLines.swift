import CalendarTime
import ControlAPI
import Drills
import IncidentCommand

/// Where the people of an attended run stand: the step whose turn it is, the checkpoint, the damage, what took too long.
struct ResponseLines {
    typealias Line = LiveProgress.Line

    private let board: IncidentBoard
    private let now: BootInstant

    /// Nil for a run that scripts answer, and before anyone responds.
    init?(_ timeline: Timeline, now: BootInstant) {
        guard let board = IncidentBoard(timeline), board.plan.response.isAttended,
            board.stage.begunAt != nil
        else { return nil }
        self.board = board
        self.now = now
    }

    /// The lines, none of them empty.
    var lines: [Line] {
        ([step, checkpoint, conflict, damage].compactMap { $0 }) + overruns
    }

    private var step: Line? {
        if let cleared = board.stage.cleared {
            return Line(text: "all clear declared by \(cleared.by)", tone: .good)
        }
        guard board.stage.isResponding else { return nil }
        guard let step = board.playbook.offered else {
            return Line(text: "next step: all are taken; drillctl clear ends it", tone: .good)
        }
        return Line(text: "next step: \(step.rawValue); \(step.hint)", tone: .busy)
    }

    private var checkpoint: Line? {
        guard board.stage.isResponding else { return nil }
        guard let open = board.checkpoints.open else {
            return board.checkpoints.next.map {
                let wait = ClockText.short(max(0, $0.at.span(since: now).microseconds))
                return Line(text: "checkpoint \(board.checkpoints.currentNumber) in \(wait)")
            }
        }
        let age = now.span(since: open.openedAt).microseconds
        let start = "checkpoint \(open.number): open for \(ClockText.short(age)), "
        guard !open.isOverdue else {
            return Line(text: start + "overdue; drillctl decide", tone: .bad)
        }
        let left = ClockText.short(board.plan.response.decisionLimit.microseconds - age)
        return Line(text: start + "\(left) left; drillctl decide", tone: .busy)
    }

    private var conflict: Line? {
        guard board.stage.isResponding, let winner = board.checkpoints.conflict?.winner else {
            return nil
        }
        return Line(
            text: "conflict: \(winner.course) of \(winner.signed.by) goes first", tone: .busy)
    }

    private var damage: Line? {
        let damage = board.damage
        guard let rate = damage.rate, let harmed = damage.usersHarmed(at: now) else { return nil }
        guard let end = damage.end else {
            return Line(text: "damage: \(harmed) users, \(rate) more each minute", tone: .bad)
        }
        let first = damage.bleedStopFirst.map { ", \($0) if stopped first" } ?? ""
        return Line(text: "damage: \(harmed) users, ended by \(end.cause.rawValue)\(first)")
    }

    private var overruns: [Line] {
        board.overruns.open.suffix(3).map { record in
            let age = ClockText.short(now.span(since: record.at).microseconds)
            let owner = record.owner.map { ", \($0) answers" } ?? ""
            return Line(
                text: "overran: \(record.overrun.code) \(age) ago\(owner); drillctl explain",
                tone: .bad)
        }
    }
}

extension PlaybookStep {
    /// What whoever responds does for it.
    fileprivate var hint: String {
        switch self {
        case .page: "wait for the pager"
        case .acknowledge: "drillctl ack"
        case .scope: "drillctl scope"
        case .stopTheBleed: "drillctl rollback"
        case .trace: "drillctl trace"
        case .status: "drillctl status post"
        case .investigate: "drillctl investigate"
        }
    }
}
