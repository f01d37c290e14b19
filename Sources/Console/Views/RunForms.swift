import Drills
import IncidentCommand
import Reports

/// The forms of one run: what people may do, worded and with its choices.
struct RunForms: Sendable {
    private let board: IncidentBoard
    private let typed: TypedForm?
    private let run: String

    init(_ board: IncidentBoard, typed: TypedForm?) {
        self.board = board
        self.typed = typed
        run = board.plan.run.text
    }

    private var back: String { "/now#\(run)" }
    private var people: [PersonName] { board.roles.members }

    func ack(_ page: PageName) -> FormView {
        FormView(
            "\(run).ack.\(page)", to: "runs/\(run)/ack", "Acknowledge", style: "primary",
            hidden: ["page": page.text], back: back, isOpen: true
        ).keeping(typed)
    }

    private func act(
        _ verb: ResponseAct.Verb, _ title: String, button: String? = nil, style: String = "plain",
        hint: String = "", fields: [FieldView] = [], hidden: (name: String, value: String)? = nil,
        suffix: String = "", isOpen: Bool = false
    ) -> FormView {
        let more = hidden ?? (name: "verb", value: verb.rawValue)
        return FormView(
            "\(run).\(verb.rawValue)\(suffix)", to: "runs/\(run)/act", title, button: button,
            style: style, hint: hint, fields: fields,
            hidden: hidden == nil
                ? ["verb": verb.rawValue] : ["verb": verb.rawValue, more.name: more.value],
            back: back, isOpen: isOpen
        ).keeping(typed)
    }
}

// The playbook.
extension RunForms {
    /// The forms that take a step; before its turn they ask why.
    func step(_ step: PlaybookStep, isInTurn: Bool) -> [FormView] {
        let why = isInTurn ? [] : [reason(for: step)]
        switch step {
        case .page, .acknowledge: return []
        case .scope: return isInTurn ? [scope] : []
        case .stopTheBleed:
            return [
                act(
                    .rollback, "Roll back", button: "Fire the rollback",
                    style: isInTurn ? "primary" : "plain", fields: why,
                    isOpen: isInTurn)
            ]
        case .trace: return [trace(why, isInTurn)] + (isInTurn ? replay : [])
        case .status: return [status(why, isInTurn)]
        case .investigate: return [investigate(why, isInTurn)]
        }
    }

    private var scope: FormView {
        act(
            .scope, "Confirm scope", style: "primary",
            fields: [
                .choice("users", "Users", [("one", "One user"), ("many", "Many users")]),
                .choice("routes", "Routes", [("one", "One route"), ("many", "All routes")]),
                .choice("regions", "Regions", [("one", "One region"), ("many", "All regions")]),
            ], isOpen: true)
    }

    private func trace(_ why: [FieldView], _ isInTurn: Bool) -> FormView {
        act(
            .trace, "Capture a trace", style: isInTurn ? "primary" : "plain",
            fields: [
                .line(
                    "note", "Where it is",
                    note: "Leave it empty if the scenario's step captures it.",
                    isRequired: false)
            ] + why, isOpen: isInTurn)
    }

    private var replay: [FormView] {
        guard board.plan.response(taking: .replay) != nil else { return [] }
        return [act(.replay, "Replay the trace")]
    }

    private func status(_ why: [FieldView], _ isInTurn: Bool) -> FormView {
        act(
            .status, "Post status", style: isInTurn ? "primary" : "plain",
            fields: [.area("text", "Status")] + why, isOpen: isInTurn)
    }

    private func investigate(_ why: [FieldView], _ isInTurn: Bool) -> FormView {
        act(
            .investigate, "Investigate", style: isInTurn ? "primary" : "plain",
            fields: [.area("note", "What is looked at")] + why, isOpen: isInTurn)
    }

    private func reason(for step: PlaybookStep) -> FieldView {
        let reasons = OutOfTurn.allCases.filter { $0.permits(step) }
        return .choice(
            "out-of-turn", "Why out of turn", reasons.map { ($0.rawValue, $0.words) })
    }

    /// All clear, and giving up.
    var closing: [FormView] {
        var forms: [FormView] = []
        if board.stage.isResponding, board.plan.response.isAttended {
            forms.append(
                act(
                    .clear, "All clear", button: "Declare all clear",
                    hint: "The response is over: faults are taken back and the steady state is "
                        + "verified.",
                    fields: [.line("reason", "What shows it")]))
        }
        forms.append(
            FormView(
                "\(run).abort", to: "runs/\(run)/abort", "Abort the run", style: "danger",
                hint: "Its faults are taken back at once; it counts as aborted.",
                fields: [.line("reason", "Reason")], back: back, asksPerson: false
            ).keeping(typed))
        return forms
    }
}

// Checkpoints.
extension RunForms {
    private static let spans = [
        ("5min", "5 minutes"), ("10min", "10 minutes"), ("15min", "15 minutes"),
        ("30min", "30 minutes"),
    ]

    private var branches: FieldView {
        .choice(
            "branch", "Branch", Decision.Branch.allCases.map { ($0.rawValue, $0.words) })
    }

    /// The reversible ladder, the most reversible rung first.
    private var ladder: FieldView {
        .choice(
            "rung", "Rung of the ladder",
            [("", "none")]
                + Decision.Rung.allCases.enumerated().map {
                    ($0.element.rawValue, "\($0.offset + 1). \($0.element.words)")
                },
            note:
                "The most reversible comes first; a later one needs the earlier among the rejected.",
            isRequired: false)
    }

    var decide: FormView {
        act(
            .decide, "Decide", button: "Record the decision", style: "primary",
            hint: "One branch, and every statement that makes it a decision.",
            fields: [
                branches, ladder,
                .area("why-now", "Why now"),
                .area("rejected", "Rejected alternatives"),
                .line("reversibility", "Reversibility", note: "How it is undone, and how fast."),
                .line("blast-radius", "Blast radius", note: "What it may touch at most."),
                .line("verification", "Verification", note: "What will show that it worked."),
                .choice(
                    "confidence", "Confidence",
                    [
                        ("L1", "L1: low, only what can be undone"), ("L2", "L2: medium"),
                        ("L3", "L3: high"),
                    ],
                    chosen: "L2"),
                .person("execution", "Executes", people, chosen: board.roles.owners[.response]),
                .person(
                    "verification-owner", "Verifies", people,
                    chosen: board.roles.owners[.verification]),
                .choice("next-checkpoint", "Next checkpoint in", Self.spans),
            ])
    }

    var recommend: FormView {
        let scale = ["0", "1", "2", "3"]
        return act(
            .recommend, "Recommend",
            fields: [
                branches, ladder, .area("why", "Why"),
                .choice(
                    "reversibility", "Reversibility",
                    zip(scale, ["0: never undone", "1: hard", "2: soon", "3: at once"])
                        .map { ($0, $1) }, chosen: "3"),
                .choice(
                    "blast-radius", "Blast radius",
                    zip(scale, ["0: harms nothing", "1: little", "2: much", "3: everything"])
                        .map { ($0, $1) }, chosen: "1"),
                evidenceChoice("evidence", "Evidence", allowsNone: true),
            ])
    }

    private func evidenceChoice(_ name: String, _ label: String, allowsNone: Bool) -> FieldView {
        let items = board.evidence.items.map { ("\($0.number)", "\($0.number). \($0.item.title)") }
        let none = [("", items.isEmpty && !allowsNone ? "none yet: add it first" : "none")]
        return .choice(
            name, label, allowsNone || items.isEmpty ? none + items : items,
            isRequired: !allowsNone)
    }

    var severity: FormView {
        act(
            .severity, "Change severity", hint: "Only with evidence.",
            fields: [
                .choice(
                    "severity", "Severity", Severity.allCases.map { ($0.rawValue, $0.rawValue) },
                    chosen: board.severity.current.rawValue),
                evidenceChoice("evidence", "Evidence", allowsNone: false),
                .line("why", "Why"),
            ])
    }
}

// Lanes, evidence, updates.
extension RunForms {
    private var lanes: FieldView {
        .choice(
            "lane", "Lane", Lane.allCases.map { ($0.rawValue, $0.rawValue) },
            chosen: Lane.response.rawValue)
    }

    var handoff: FormView {
        act(
            .handoff, "Hand a lane over",
            fields: [
                lanes, .person("to", "To", people),
                .area("scope-boundary", "Scope boundary"),
                .area("open-unknowns", "Open unknowns"),
                .choice("next-checkpoint", "Next checkpoint in", Self.spans, chosen: "10min"),
                .area("rollback-trigger", "Roll back at once if"),
            ])
    }

    var lane: FormView {
        act(
            .lane, "Give a lane to someone", button: "Give",
            fields: [lanes, .person("owner", "Owner", people)])
    }

    var evidence: FormView {
        act(
            .evidence, "Add evidence", button: "Add",
            hint: "Files and commands are added by 'drillctl evidence add'.",
            fields: [.line("title", "What it shows"), .line("url", "Address", note: "https://…")])
    }

    var update: FormView {
        act(
            .update, "Send an update", button: "Send",
            fields: [
                .choice("kind", "Kind", UpdateKind.allCases.map { ($0.rawValue, $0.title) }),
                .line(
                    "note", "Note", note: "The rest is rendered from the run.", isRequired: false),
            ])
    }

    func explain(_ overrun: Overrun) -> FormView {
        act(
            .explain, "Give the reason", button: "Record the reason",
            fields: [.line("reason", "What took so long")],
            hidden: (name: "overrun", value: overrun.code), suffix: ".\(overrun.code)",
            isOpen: true)
    }
}

// The debrief.
extension RunForms {
    var followUp: FormView {
        FormView(
            "\(run).follow-up", to: "runs/\(run)/follow-ups", "Add a follow-up", button: "Add",
            fields: [
                .person("owner", "Owner", people),
                .line("due", "Until", note: "A day such as 2027-02-01."),
                .area("text", "What is to be done"),
            ], back: "/runs/\(run)", asksPerson: false
        ).keeping(typed)
    }
}
