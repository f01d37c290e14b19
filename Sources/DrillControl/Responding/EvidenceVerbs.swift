import ArgumentParser
import Drills

/// `drillctl evidence`
struct EvidenceVerbs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence", abstract: "Keep what shows something.",
        subcommands: [EvidenceAdd.self])
}

/// `drillctl evidence add`
struct EvidenceAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a command's output, a file or an address to a run.",
        discussion: """
            A command is run here by sh; its output, exit status and time are kept with a hash. Of \
            long content the first \(EvidenceItem.maximumContent / 1024) KiB are kept; the hash \
            covers all of it.
            """)

    @Argument(help: "A file or an address.") var source: String?

    @Option(
        name: .customLong("run"),
        help: ArgumentHelp("A command to run instead.", valueName: "command"))
    var command: String?

    @Option(help: "What it shows; the source itself if not given.") var title: String?

    @Option(
        name: .customLong("of"), help: "The run; the open one if there is just one.",
        transform: readName)
    var subject: RunID?

    @Option(help: "How long the command may take.", transform: readSpan)
    var timeout = EvidenceSource.patience

    @OptionGroup var person: PersonOption
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard (source == nil) != (command == nil) else {
            throw ValidationError("write a FILE, a URL or --run COMMAND, and only one of them")
        }
        guard timeout > .zero else {
            throw ValidationError("--timeout cannot be \(timeout); write a time such as 30s")
        }
    }

    func run() async throws {
        let source = EvidenceSource(source: source, command: command)
        guard case .command = source else {
            let item = try source.item(titled: name, within: timeout)
            return try await options.take(.addEvidence(item), in: subject, by: person)
        }
        let person = try person.resolved(options)
        let run = if let subject { subject } else { try await options.onlyOpenRun() }
        // What a command does cannot be taken back, so it is run only for a run that takes what it prints.
        try await options.ensureEvidence(titled: name, isTakenIn: run, from: person)
        let item = try source.item(titled: name, within: timeout)
        do {
            try await options.order(.act(run, .addEvidence(item), by: person, via: "drillctl"))
        } catch {
            throw KeptOutput(item).failure(after: error)
        }
    }

    private var name: String { title ?? command ?? source ?? "" }
}
