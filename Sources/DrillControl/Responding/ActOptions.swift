import ArgumentParser
import ControlAPI
import DrillDaemon
import Drills
import Glibc

/// Which run a step is taken in, and by whom.
struct ActOptions: ParsableArguments {
    @Argument(help: "The run; the open one if there is just one.", transform: readName)
    var run: RunID?

    @OptionGroup var person: PersonOption
    @OptionGroup var options: GlobalOptions

    /// Has the step judged and recorded.
    func take(_ act: ResponseAct) async throws {
        try await options.take(act, in: run, by: person)
    }
}

/// Who takes a step.
struct PersonOption: ParsableArguments {
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "The person who acts; the one of the calendar who has your login if not given.",
            valueName: "person"),
        transform: readName)
    var person: PersonName?

    /// The person who was named, or whom the calendar knows by the login.
    func resolved(_ options: GlobalOptions) throws -> PersonName {
        if let person { return person }
        let login = Accounts.login(of: getuid())
        let people = options.load().calendar?.people.values.filter { $0.login == login } ?? []
        guard people.count == 1, let person = people.first else {
            throw CommandFailure(
                .usage,
                "no one person of the calendar has the login '\(login)'; say who you are with --as")
        }
        return person.name
    }
}

/// Why the playbook's order is left.
struct OutOfTurnOption: ParsableArguments {
    @Option(
        name: .customLong("out-of-turn"),
        help: ArgumentHelp(
            "Why the playbook's order is left: \(OutOfTurn.words).", valueName: "reason"))
    var reason: OutOfTurn?
}

extension GlobalOptions {
    /// Has a step judged and recorded, and prints what became of it.
    func take(_ act: ResponseAct, in run: RunID?, by person: PersonOption) async throws {
        let person = try person.resolved(self)
        let run = if let run { run } else { try await onlyOpenRun() }
        try await order(.act(run, act, by: person, via: "drillctl"))
    }

    /// The run that is open, if there is just one.
    func onlyOpenRun() async throws -> RunID {
        let open = try await client.ask(.status, for: DaemonStatus.self).openRuns
        guard let first = open.first else {
            throw CommandFailure(
                .usage, "no run is open; 'drillctl list --runs' shows the closed ones")
        }
        guard open.count == 1 else {
            let names = open.map(\.run.text).joined(separator: ", ")
            throw CommandFailure(.usage, "several runs are open, name one of them: \(names)")
        }
        return first.run
    }
}

extension CaseIterable where Self: RawRepresentable<String> {
    /// All words of a choice, for help and complaints.
    static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension OutOfTurn: ExpressibleByArgument {}
extension Decision.Branch: ExpressibleByArgument {}
extension Decision.Rung: ExpressibleByArgument {}
extension Decision.Confidence: ExpressibleByArgument {}
extension Lane: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
extension UpdateKind: ExpressibleByArgument {}
