import ArgumentParser
import CalendarTime
import ControlAPI
import Drills

/// `drillctl handoff`
struct HandoffVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "handoff", abstract: "Hand a lane over, with all the next owner needs.",
        usage: """
            drillctl handoff [<run>] --lane <lane> --to <person>
                --scope-boundary <scope-boundary> --open-unknowns <open-unknowns>
                --rollback-trigger <rollback-trigger>
                --next-checkpoint <next-checkpoint> [<options>]
            """)

    @Option(help: "The lane.") var lane: Lane?
    @Option(help: ArgumentHelp("The next owner.", valueName: "person"), transform: readName)
    var to: PersonName?
    @Option(help: "What belongs to it, and what does not.") var scopeBoundary: String?
    @Option(help: "What nobody knows yet.") var openUnknowns: String?
    @Option(help: "How soon to look again, such as 10min.", transform: readSpan)
    var nextCheckpoint: TimeSpan?
    @Option(help: "What has to happen for an immediate rollback.") var rollbackTrigger: String?
    @OptionGroup var act: ActOptions

    func validate() throws { _ = try handoff() }

    func run() async throws { try await act.take(.handOff(handoff())) }

    private func handoff() throws -> Handoff {
        let values = try needed(
            Needed("lane", lane), Needed("to", to), Needed("scope-boundary", scopeBoundary),
            Needed("open-unknowns", openUnknowns), Needed("rollback-trigger", rollbackTrigger),
            Needed("next-checkpoint", nextCheckpoint))
        return Handoff(
            lane: values.0, to: values.1, scopeBoundary: values.2, openUnknowns: values.3,
            nextCheckpoint: values.5, rollbackTrigger: values.4)
    }
}

/// `drillctl lane`
struct LaneVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lane", abstract: "Give a lane that nobody hands over to an owner.",
        usage: "drillctl lane [<run>] --lane <lane> --owner <person> [<options>]")

    @Option(help: "The lane.") var lane: Lane?
    @Option(
        help: ArgumentHelp("Its owner; never the commander.", valueName: "person"),
        transform: readName)
    var owner: PersonName?
    @OptionGroup var act: ActOptions

    func validate() throws { _ = try assignment() }

    func run() async throws {
        let (lane, owner) = try assignment()
        try await act.take(.ownLane(lane, owner: owner))
    }

    private func assignment() throws -> (Lane, PersonName) {
        try needed(Needed("lane", lane), Needed("owner", owner))
    }
}

/// `drillctl severity`
struct SeverityVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "severity", abstract: "Change the severity, on evidence.",
        usage: """
            drillctl severity [<run>] --to <severity> --evidence <number> --why <why>
                [<options>]
            """)

    @Option(
        name: .customLong("to"), help: ArgumentHelp("The severity.", valueName: "severity"))
    var severity: Severity?
    @Option(
        help: ArgumentHelp(
            "The evidence it rests on, in the order it was added.", valueName: "number"))
    var evidence: Int?
    @Option(help: "What the evidence shows.") var why: String?
    @OptionGroup var act: ActOptions

    func validate() throws { _ = try change() }

    func run() async throws { try await act.take(.changeSeverity(change())) }

    private func change() throws -> SeverityChange {
        let values = try needed(
            Needed("to", severity), Needed("evidence", evidence), Needed("why", why))
        return SeverityChange(severity: values.0, evidence: values.1, why: values.2)
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
        abstract: "Say why something took longer than it may; it is kept as process debt.",
        usage: "drillctl explain [<run>] --overrun <overrun> --reason <reason> [<options>]")

    @Option(
        help: "What took too long, such as decision:1, stretch:scope, update:internal:2.",
        transform: readOverrun)
    var overrun: Overrun?
    @Option(help: "Why.") var reason: String?
    @OptionGroup var act: ActOptions

    func validate() throws { _ = try explanation() }

    func run() async throws {
        let (overrun, reason) = try explanation()
        try await act.take(.explainOverrun(overrun, reason: reason))
    }

    private func explanation() throws -> (Overrun, String) {
        try needed(Needed("overrun", overrun), Needed("reason", reason))
    }
}

private func readOverrun(_ text: String) throws -> Overrun {
    guard let overrun = Overrun(code: text) else {
        throw ValidationError(
            "'\(text)' names no overrun; write for example decision:1, stretch:scope or all-clear")
    }
    return overrun
}
