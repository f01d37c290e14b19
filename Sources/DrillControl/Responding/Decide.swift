import ArgumentParser
import CalendarTime
import Drills

/// `drillctl decide`
struct Decide: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide",
        abstract: "Decide at the checkpoint that is open.",
        usage: """
            drillctl decide [<run>] --branch <branch> [--rung <rung>] --why-now <why-now>
                --rejected <rejected> --reversibility <reversibility>
                --blast-radius <blast-radius> --verification <verification>
                --confidence <confidence> --execution <execution>
                --verification-owner <verification-owner>
                --next-checkpoint <next-checkpoint> [<options>]
            """,
        discussion: """
            Exactly one decision at each checkpoint, and all but the rung belongs to it. The \
            ladder is \(Decision.Rung.words), the most reversible first.
            """)

    @Option(help: "What is decided.") var branch: Decision.Branch?
    @Option(help: "The rung of the reversible ladder that is taken.") var rung: Decision.Rung?
    @Option(help: "Why now.") var whyNow: String?
    @Option(help: "Which alternatives were rejected, and why.") var rejected: String?
    @Option(help: "How it is undone.") var reversibility: String?
    @Option(help: "What it may harm.") var blastRadius: String?
    @Option(help: "How one sees that it worked.") var verification: String?
    @Option(help: "How sure you are; L1 allows only what can be undone.")
    var confidence: Decision.Confidence?
    @Option(help: "Who executes it.", transform: readName) var execution: PersonName?
    @Option(help: "Who verifies it.", transform: readName) var verificationOwner: PersonName?
    @Option(help: "How soon to look again, such as 10min.", transform: readSpan)
    var nextCheckpoint: TimeSpan?
    @OptionGroup var act: ActOptions

    func validate() throws { _ = try decision() }

    func run() async throws { try await act.take(.decide(decision())) }

    private func decision() throws -> Decision {
        let values = try needed(
            Needed("branch", branch), Needed("why-now", whyNow), Needed("rejected", rejected),
            Needed("reversibility", reversibility), Needed("blast-radius", blastRadius),
            Needed("verification", verification), Needed("confidence", confidence),
            Needed("execution", execution), Needed("verification-owner", verificationOwner),
            Needed("next-checkpoint", nextCheckpoint))
        return Decision(
            branch: values.0, rung: rung, whyNow: values.1, rejected: values.2,
            reversibility: values.3, blastRadius: values.4, verification: values.5,
            confidence: values.6, execution: values.7, verificationOwner: values.8,
            nextCheckpoint: values.9)
    }
}

/// `drillctl recommend`
struct Recommend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommend",
        abstract: "Recommend what should be decided.",
        usage: """
            drillctl recommend [<run>] --branch <branch> [--rung <rung>] --why <why>
                --reversibility <0-3> --blast-radius <0-3> [--evidence <number>] [<options>]
            """,
        discussion: """
            Two recommendations that conflict become one record. What rests on evidence goes \
            first, then what is undone more easily and harms less.
            """)

    @Option(help: "What should be decided.") var branch: Decision.Branch?
    @Option(help: "The rung of the reversible ladder.") var rung: Decision.Rung?
    @Option(help: "Why.") var why: String?
    @Option(
        help: ArgumentHelp("How easily it is undone: 0 never, 3 at once.", valueName: "0-3"))
    var reversibility: Int?
    @Option(
        help: ArgumentHelp("What it may harm: 0 nothing, 3 everything.", valueName: "0-3"))
    var blastRadius: Int?
    @Option(
        help: ArgumentHelp(
            "The evidence that speaks for it, in the order it was added.", valueName: "number"))
    var evidence: Int?
    @OptionGroup var act: ActOptions

    func validate() throws { _ = try recommendation() }

    func run() async throws { try await act.take(.recommend(recommendation())) }

    private func recommendation() throws -> Recommendation {
        let values = try needed(
            Needed("branch", branch), Needed("why", why), Needed("reversibility", reversibility),
            Needed("blast-radius", blastRadius))
        for (name, value) in [("reversibility", values.2), ("blast-radius", values.3)]
        where !(0...3).contains(value) {
            throw ValidationError("--\(name) cannot be \(value); write a number from 0 to 3")
        }
        return Recommendation(
            branch: values.0, rung: rung, why: values.1, reversibility: values.2,
            blastRadius: values.3, evidence: evidence)
    }
}

/// Reads a time span on a command line.
func readSpan(_ text: String) throws -> TimeSpan {
    do {
        return try TimeSpan(parsing: text)
    } catch {
        throw ValidationError("\(error)")
    }
}
