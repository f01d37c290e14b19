import ArgumentParser
import Ledger

/// `drillctl ledger`
struct LedgerVerbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Look after the ledger.",
        subcommands: [VerifyLedger.self])
}

/// `drillctl ledger verify`
struct VerifyLedger: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Walk the chain of all recorded events.",
        discussion: """
            Says what the walk proves and what it does not. A head that was noted elsewhere proves \
            more: give it with --head. Asks no daemon; exit status 1 if the chain is broken.
            """)

    @Option(
        help: ArgumentHelp("A head that was noted before.", valueName: "hash"),
        transform: { text in
            guard let hash = EventHash(text) else {
                throw ValidationError("'\(text)' is no hash; write 64 hexadecimal digits")
            }
            return hash
        })
    var head: EventHash?

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let verdict = try await options.ledger().verify(containing: head)
        if options.json {
            try options.output.write(json: VerdictRecord(verdict))
        } else {
            options.output.write("\(verdict)\n")
        }
        guard verdict.isIntact else { throw CommandFailure(.failed) }
    }
}

/// A verdict as programs read it.
struct VerdictRecord: Encodable {
    let intact: Bool
    let events: Int64?
    let head: String?
    let brokenAt: Int64?
    let explanation: String

    init(_ verdict: LedgerVerdict) {
        intact = verdict.isIntact
        explanation = "\(verdict)"
        switch verdict {
        case .intact(let count, let hash, _):
            (events, head, brokenAt) = (count, "\(hash)", nil)
        case .broken(let sequence, _):
            (events, head, brokenAt) = (nil, nil, sequence)
        }
    }
}
