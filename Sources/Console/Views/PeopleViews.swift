import CalendarTime
import Drills
import IncidentCommand
import Reports

/// Who owns what, and how bad it is.
struct PeopleView: Sendable {
    let commander: String
    let deputy: [String]
    let scoreOwner: String
    let observers: [String]
    let lanes: [LaneView]
    let inside: String
    let posture: [String]
    let handoff: [FormView]
    let assign: [FormView]
    let grade: [FormView]

    struct LaneView: Sendable {
        let lane: String
        let owner: String
        let isOwned: Bool
        let since: [String]
    }

    init(_ board: IncidentBoard, _ forms: RunForms) {
        let roster = board.plan.roster
        commander = roster.commander.text
        deputy = roster.deputy.map { [$0.text] } ?? []
        scoreOwner = roster.scoreOwner.text
        observers =
            roster.observers.isEmpty ? [] : [roster.observers.map(\.text).joined(separator: ", ")]
        lanes = Lane.allCases.map { lane in
            let owner = board.roles.owners[lane]
            let taken = board.roles.handovers.last { $0.handoff.lane == lane }
            return LaneView(
                lane: lane.rawValue, owner: owner?.text ?? "nobody", isOwned: owner != nil,
                since: taken?.from.map { ["from \($0)"] } ?? [])
        }
        inside =
            "triage \(board.triage?.text ?? "nobody"), mitigation \(board.mitigation?.text ?? "nobody")"
        posture = board.severity.posture
        let isOpen = board.stage.phase != .closed
        handoff = isOpen ? [forms.handoff] : []
        assign = isOpen ? [forms.lane] : []
        grade = isOpen ? [forms.severity] : []
    }
}

/// The updates that were promised, and those that were sent.
struct CommsView: Sendable {
    let due: [DueView]
    let hasPromises: Bool
    let sent: [SentView]
    let send: [FormView]

    struct DueView: Sendable {
        let kind: String
        let every: String
        let dueIn: [TickView]
        /// What would be sent now.
        let preview: String
        let foldID: String
    }

    struct SentView: Sendable {
        let sentKind: String
        let sentBy: String
        let sentAgo: TickView
    }

    init(
        _ board: IncidentBoard, _ timeline: Timeline, _ forms: RunForms, at now: Moment,
        zone: TimeZoneRules
    ) {
        due = board.updates.promises.map { promise in
            DueView(
                kind: promise.kind.title, every: "\(promise.every)",
                dueIn: board.updates.next(of: promise.kind).map {
                    [.until($0.due, at: now.boot)]
                } ?? [],
                preview: UpdateText.render(
                    promise.kind, board, timeline: timeline, now: now, zone: zone),
                foldID: "\(board.plan.run).preview.\(promise.kind.rawValue)")
        }
        hasPromises = !due.isEmpty
        sent = board.updates.sent.suffix(5).reversed().map {
            SentView(
                sentKind: $0.kind.title, sentBy: $0.signed.by.text,
                sentAgo: .since($0.signed.at, at: now.boot))
        }
        send = board.stage.begunAt != nil ? [forms.update] : []
    }
}
