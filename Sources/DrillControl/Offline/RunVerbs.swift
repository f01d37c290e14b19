import ArgumentParser
import Drills
import Ledger
import Reports
import Scoring

/// `drillctl timeline`
struct TimelineVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline", abstract: "Print everything recorded of a run.")

    @Argument(help: "The run, such as rollback-staging-3.", transform: readName)
    var run: RunID

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let timeline = try await options.timeline(of: run)
        if options.json {
            try options.output.write(json: timeline)
        } else {
            options.output.write(TimelineText.render(timeline))
        }
    }
}

/// `drillctl scorecard`
struct ScorecardVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scorecard", abstract: "Print the scorecard of a run that is closed.",
        discussion: "The exit status is that of the run.")

    @Argument(help: "The run, such as rollback-staging-3.", transform: readName)
    var run: RunID

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let timeline = try await options.timeline(of: run)
        guard let card = Scorecard(timeline) else {
            throw CommandFailure(
                .failed, "run '\(run)' is still open; it has a scorecard once it is closed")
        }
        try options.show(card, timeline)
        try card.throwUnlessGood()
    }
}

extension GlobalOptions {
    /// Prints a scorecard.
    func show(_ card: Scorecard, _ timeline: Timeline) throws {
        if json {
            try output.write(json: ScorecardRecord(card, timeline))
        } else {
            output.write(ScorecardText(card, timeline: timeline).text)
        }
    }
}

extension Scorecard {
    /// Ends the program with the status of the run; the scorecard said why.
    func throwUnlessGood() throws {
        let status = ExitStatus(rawValue: exitStatus) ?? .failed
        guard status == .good else { throw CommandFailure(status) }
    }
}
