import CalendarTime
import Drills
import IncidentCommand

/// A page of the run, with the button that acknowledges it.
struct PageView: Sendable {
    let page: String
    let summary: String
    let pageSeverity: String
    let state: String
    let mark: String
    let remarks: [String]
    /// Whether there is nothing to do about it, so that a line is enough.
    let isSettled: Bool
    /// Who was turned to last, while an ack is missing.
    let waitsFor: [String]
    let openFor: [TickView]
    let escalatesIn: [TickView]
    let ack: [FormView]

    private init(_ card: PageCard, _ board: IncidentBoard, _ forms: RunForms, at now: BootInstant) {
        page = card.plan.name.text
        summary = card.plan.summary
        pageSeverity = card.plan.severity.rawValue
        state = card.state.rawValue
        mark = card.mark
        remarks = Self.remarks(card)
        let isWaiting = card.plan.wantsAck && card.state.waitsForAck
        isSettled = !isWaiting
        waitsFor = isWaiting ? card.holder.map { [$0.text] } ?? [] : []
        openFor = isWaiting ? card.openSince.map { [.since($0, at: now)] } ?? [] : []
        escalatesIn =
            isWaiting
            ? board.pages.ackDeadline(of: card.plan.name).map { [.until($0, at: now)] } ?? [] : []
        ack = isWaiting ? [forms.ack(card.plan.name)] : []
    }

    /// All pages of a run, those that wait for an ack first.
    static func all(_ board: IncidentBoard, _ forms: RunForms, at now: BootInstant) -> [PageView] {
        let views = board.pages.cards.map { PageView($0, board, forms, at: now) }
        return views.filter { !$0.isSettled } + views.filter(\.isSettled)
    }

    private static func remarks(_ card: PageCard) -> [String] {
        var remarks: [String] = []
        if let holder = card.holder, card.state != .planned {
            let level = card.deliveries.last.map { " (\($0.level.rawValue))" } ?? ""
            remarks.append("to \(holder)\(level)")
        }
        if let ack = card.acks.last(where: { $0.expiredAt == nil }) {
            remarks.append("acknowledged by \(ack.person), \(ack.channel)")
        }
        if card.acks.contains(where: { $0.expiredAt != nil }) && !card.isAcknowledged {
            remarks.append("an ack expired")
        }
        if let reason = card.heldBack { remarks.append(reason) }
        if let resolution = card.resolution { remarks.append(resolution) }
        if card.repeats > 0 { remarks.append("posted \(card.repeats + 1) times") }
        if card.plan.isNoise { remarks.append("noise: nothing is to be done") }
        if let team = card.plan.team { remarks.append("for team \(team)") }
        return remarks
    }
}

extension PageCard.State {
    /// Whether somebody still has to say "I have it".
    fileprivate var waitsForAck: Bool {
        switch self {
        case .triggered, .escalated, .withheld, .posting: true
        case .planned, .acknowledged, .resolved: false
        }
    }
}

extension PageCard {
    fileprivate var mark: String {
        switch state {
        case .acknowledged, .resolved: "good"
        case .escalated, .withheld: "bad"
        case .triggered, .posting: plan.wantsAck ? "live" : "quiet"
        case .planned: "quiet"
        }
    }
}

/// A step of the playbook.
struct StepView: Sendable {
    let step: String
    let stepState: String
    let mark: String
    let isOffered: Bool
    let remark: [String]
    /// The forms that take it now.
    let stepForms: [FormView]
    /// The form that takes it before its turn.
    let outOfTurn: [FormView]

    static func all(
        _ board: IncidentBoard, _ forms: RunForms, at now: BootInstant
    ) -> [StepView] {
        PlaybookStep.allCases.map { StepView($0, board, forms) }
    }

    private init(_ step: PlaybookStep, _ board: IncidentBoard, _ forms: RunForms) {
        self.step = step.title
        isOffered = board.playbook[step] == .offered
        let canAct = board.stage.isResponding && board.plan.response.isAttended
        switch board.playbook[step] {
        case .waiting:
            (stepState, mark, remark) = ("later", "waiting", [])
            stepForms = []
            outOfTurn = canAct ? forms.step(step, isInTurn: false) : []
        case .offered:
            (stepState, mark, remark) = ("now", "offered", [])
            stepForms = canAct ? forms.step(step, isInTurn: true) : []
            outOfTurn = []
        case .taken(let signed):
            (stepState, mark) = ("done", "good")
            remark = ["by \(signed.by)"]
            stepForms = []
            outOfTurn = []
        case .skipped(let skip):
            (stepState, mark, remark) = ("passed over", "poor", [skip.words])
            stepForms = canAct ? forms.step(step, isInTurn: true) : []
            outOfTurn = []
        }
    }
}

extension PlaybookStep {
    /// The step as a heading.
    var title: String {
        switch self {
        case .page: "Page"
        case .acknowledge: "Acknowledge"
        case .scope: "Confirm scope"
        case .stopTheBleed: "Stop the bleed"
        case .trace: "Capture a trace"
        case .status: "Post status"
        case .investigate: "Investigate"
        }
    }
}

extension Playbook.Skip {
    fileprivate var words: String {
        switch self {
        case .outOfTurn(let reason): reason.words
        case .noPages: "the run sends no pages"
        case .foundOut: "no page got through"
        }
    }
}

extension OutOfTurn {
    /// The reason as people choose it.
    var words: String {
        switch self {
        case .asymmetricSeverity: "Asymmetric severity: waiting costs far more"
        case .rollbackWouldNotStopIt: "A rollback would not stop this bleed"
        case .dataCorruption: "Data is being corrupted: stop writes first"
        }
    }
}
