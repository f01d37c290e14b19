import ArgumentParser
import CalendarTime
import ControlAPI
import Drills

/// `drillctl decide`
struct Decide: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide",
        abstract: "Decide at the checkpoint that is open.",
        discussion: """
            Exactly one decision at each checkpoint, and each needs every statement. The ladder is \
            \(Decision.Rung.words), the most reversible first.
            """)

    @Option(help: "What is decided.") var branch: Decision.Branch
    @Option(help: "The rung of the reversible ladder that is taken.") var rung: Decision.Rung?
    @Option(help: "Why now.") var whyNow: String?
    @Option(help: "Which alternatives were rejected, and why.") var rejected: String?
    @Option(help: "How it is undone.") var reversibility: String?
    @Option(help: "What it may harm.") var blastRadius: String?
    @Option(help: "How one sees that it worked.") var verification: String?
    @Option(help: "How sure you are; L1 allows only what can be undone.")
    var confidence: Decision.Confidence
    @Option(help: "Who executes it.", transform: readName) var execution: PersonName
    @Option(help: "Who verifies it.", transform: readName) var verificationOwner: PersonName
    @Option(help: "When to look again.", transform: readSpan) var nextCheckpoint: TimeSpan
    @OptionGroup var act: ActOptions

    func validate() throws { try requireAll(statements) }

    func run() async throws {
        try await act.take(
            .decide(
                Decision(
                    branch: branch, rung: rung, whyNow: whyNow ?? "", rejected: rejected ?? "",
                    reversibility: reversibility ?? "", blastRadius: blastRadius ?? "",
                    verification: verification ?? "", confidence: confidence,
                    execution: execution, verificationOwner: verificationOwner,
                    nextCheckpoint: nextCheckpoint)))
    }

    private var statements: [(name: String, value: String?)] {
        [
            ("why-now", whyNow), ("rejected", rejected), ("reversibility", reversibility),
            ("blast-radius", blastRadius), ("verification", verification),
        ]
    }
}

/// `drillctl recommend`
struct Recommend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommend",
        abstract: "Recommend what should be decided.",
        discussion: "Two recommendations that conflict become one record.")

    @Option(help: "What should be decided.") var branch: Decision.Branch
    @Option(help: "The rung of the reversible ladder.") var rung: Decision.Rung?
    @Option(help: "Why.") var why: String
    @Option(help: "How easily it is undone: 0 never, 3 at once.") var reversibility: Int
    @Option(help: "What it may harm: 0 nothing, 3 everything.") var blastRadius: Int
    @Option(help: "The number of the evidence that speaks for it.") var evidence: Int?
    @OptionGroup var act: ActOptions

    func validate() throws {
        for (name, value) in [("reversibility", reversibility), ("blast-radius", blastRadius)]
        where !(0...3).contains(value) {
            throw ValidationError("--\(name) cannot be \(value); write a number from 0 to 3")
        }
    }

    func run() async throws {
        try await act.take(
            .recommend(
                Recommendation(
                    branch: branch, rung: rung, why: why, reversibility: reversibility,
                    blastRadius: blastRadius, evidence: evidence)))
    }
}

/// `drillctl handoff`
struct HandoffVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "handoff", abstract: "Hand a lane over, with all the next owner needs.")

    @Option(help: "The lane.") var lane: Lane
    @Option(help: "The next owner.", transform: readName) var to: PersonName
    @Option(help: "What belongs to it, and what does not.") var scopeBoundary: String?
    @Option(help: "What nobody knows yet.") var openUnknowns: String?
    @Option(help: "When to look again.", transform: readSpan) var nextCheckpoint: TimeSpan
    @Option(help: "What has to happen for an immediate rollback.") var rollbackTrigger: String?
    @OptionGroup var act: ActOptions

    func validate() throws {
        try requireAll([
            ("scope-boundary", scopeBoundary), ("open-unknowns", openUnknowns),
            ("rollback-trigger", rollbackTrigger),
        ])
    }

    func run() async throws {
        try await act.take(
            .handOff(
                Handoff(
                    lane: lane, to: to, scopeBoundary: scopeBoundary ?? "",
                    openUnknowns: openUnknowns ?? "", nextCheckpoint: nextCheckpoint,
                    rollbackTrigger: rollbackTrigger ?? "")))
    }
}

/// `drillctl lane`
struct LaneVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lane", abstract: "Give a lane that nobody hands over to an owner.")

    @Option(help: "The lane.") var lane: Lane
    @Option(help: "Its owner; never the commander.", transform: readName) var owner: PersonName
    @OptionGroup var act: ActOptions

    func run() async throws { try await act.take(.ownLane(lane, owner: owner)) }
}

/// `drillctl severity`
struct SeverityVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "severity", abstract: "Change the severity, on evidence.")

    @Option(name: .customLong("to"), help: "The severity.") var severity: Severity
    @Option(help: "The number of the evidence it rests on.") var evidence: Int
    @Option(help: "Why.") var why: String
    @OptionGroup var act: ActOptions

    func run() async throws {
        try await act.take(
            .changeSeverity(SeverityChange(severity: severity, evidence: evidence, why: why)))
    }
}

/// `drillctl update`
struct UpdateVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Send an update; its text is rendered from the run.")

    @Option(help: "What kind of update.") var kind: UpdateKind
    @Option(help: "A sentence to add.") var note = ""
    @OptionGroup var act: ActOptions

    func run() async throws { try await act.take(.sendUpdate(kind, note: note)) }
}

/// `drillctl explain`
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why something took longer than it may; it is kept as process debt.")

    @Option(
        help: "What took too long, such as decision:1, stretch:scope, update:internal:2.",
        transform: readOverrun)
    var overrun: Overrun
    @Option(help: "Why.") var reason: String
    @OptionGroup var act: ActOptions

    func run() async throws { try await act.take(.explainOverrun(overrun, reason: reason)) }
}

/// Reads a time span on a command line.
func readSpan(_ text: String) throws -> TimeSpan {
    do {
        return try TimeSpan(parsing: text)
    } catch {
        throw ValidationError("\(error)")
    }
}

private func readOverrun(_ text: String) throws -> Overrun {
    guard let overrun = Overrun(code: text) else {
        throw ValidationError(
            "'\(text)' names no overrun; write for example decision:1, stretch:scope or all-clear")
    }
    return overrun
}
