import CalendarTime
import Drills
import IncidentCommand

/// The checkpoint that is open or comes next, what speaks for what, and the decisions so far.
struct CheckpointView: Sendable {
    let heading: String
    let isOpen: Bool
    let isOverdue: Bool
    let reason: [String]
    let decideIn: [TickView]
    let nextIn: [TickView]
    let risks: [String]
    let outputs: [OutputView]
    let recommendations: [AdviceView]
    let conflict: [String]
    let decisions: [MadeView]
    let decide: [FormView]
    let recommend: [FormView]

    struct OutputView: Sendable {
        let command: String
        let ending: String
        let firstLine: [String]
    }

    struct AdviceView: Sendable {
        let adviser: String
        let course: String
        let advice: String
        let scores: String
    }

    struct MadeView: Sendable {
        let place: Int
        let course: String
        let signedBy: String
        let confidence: String
        let whyNow: String
        let owners: String
        let madeID: String
        let statements: [StatementView]
    }

    /// One of the statements that make a decision one.
    struct StatementView: Sendable {
        let statement: String
        let said: String
    }

    init(_ board: IncidentBoard, _ forms: RunForms, at now: BootInstant) {
        let points = board.checkpoints
        let open = points.open
        isOpen = open != nil
        isOverdue = open?.isOverdue ?? false
        heading = open.map { "Checkpoint \($0.number)" } ?? "Checkpoints"
        reason = open.map { [$0.reason] } ?? []
        decideIn =
            open.map {
                [.until($0.openedAt.advanced(by: board.plan.response.decisionLimit), at: now)]
            } ?? []
        nextIn = points.next.map { [.until($0.at, at: now)] } ?? []
        risks = board.packet.residualRisk
        // What the open checkpoint is about was run before it opened.
        outputs = ((open?.packet.outputs ?? []) + board.packet.outputs).suffix(4).map {
            OutputView(
                command: $0.command, ending: $0.ending,
                firstLine: $0.firstLine.isEmpty ? [] : [$0.firstLine])
        }
        recommendations = points.recommendations.map {
            AdviceView(
                adviser: $0.signed.by.text, course: $0.course, advice: $0.recommendation.why,
                scores: "reversibility \($0.recommendation.reversibility), blast radius "
                    + "\($0.recommendation.blastRadius)")
        }
        conflict = points.conflict.map { [$0.sentence] } ?? []
        decisions = points.all.compactMap { point in
            point.decided.map { MadeView(point.number, $0, in: board.plan.run) }
        }
        let canAct = board.stage.isResponding && board.plan.response.isAttended
        decide = canAct && open != nil ? [forms.decide] : []
        recommend = canAct ? [forms.recommend] : []
    }
}

extension CheckpointView.MadeView {
    fileprivate init(_ place: Int, _ decided: Checkpoints.Decided, in run: RunID) {
        self.place = place
        let decision = decided.decision
        course = decision.branch.words + (decision.rung.map { ", \($0.words)" } ?? "")
        signedBy = decided.signed.by.text
        confidence = decision.confidence.rawValue
        whyNow = decision.whyNow
        owners = "\(decision.execution) executes, \(decision.verificationOwner) verifies"
        madeID = "\(run).decided.\(place)"
        statements = [
            ("rejected", decision.rejected), ("reversibility", decision.reversibility),
            ("blast radius", decision.blastRadius), ("verification", decision.verification),
        ].map(CheckpointView.StatementView.init)
    }
}

extension Decision.Branch {
    /// The branch as people choose it.
    var words: String {
        switch self {
        case .continueMitigation: "Continue mitigation"
        case .rollBack: "Roll back"
        case .escalateAndPause: "Escalate and pause"
        }
    }
}

extension Decision.Rung {
    /// The rung as people choose it.
    var words: String {
        switch self {
        case .flagOff: "flag off"
        case .boundedPatch: "bounded patch"
        case .fullRollback: "full rollback"
        }
    }
}
