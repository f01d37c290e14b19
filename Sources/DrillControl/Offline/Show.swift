import ArgumentParser
import CalendarTime
import Console
import Drills
import Ledger
import Reports
import Scoring

/// `drillctl show`
struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a drill as it is planned, or a run as it was recorded.")

    @Argument(
        help: ArgumentHelp("A drill or a run.", valueName: "drill|run"), transform: readName)
    var name: RunID

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let (calendar, problems) = options.load()
        if let drill = calendar?.drill(named: DrillName(name.text)), let calendar {
            try await show(drill, calendar)
        } else if let timeline = try await recorded() {
            try show(timeline)
        } else if calendar == nil {
            let errors = problems.filter { $0.severity == .error }
            throw CommandFailure(.configuration, errors.map(\.description))
        } else {
            throw CommandFailure(
                .usage,
                "there is no drill or run '\(name)'; 'drillctl list' shows the drills, "
                    + "'drillctl list --runs' the runs")
        }
    }

    /// No ledger and no daemon mean that nothing was recorded.
    private func recorded() async throws -> Timeline? {
        do {
            return try await options.timelineIfAny(of: name)
        } catch LedgerError.missing {
            return nil
        } catch is Unreachable {
            return nil
        }
    }

    private func show(_ timeline: Timeline) throws {
        let card = Scorecard(timeline)
        if options.json {
            try options.output.write(json: RunRecordJSON(timeline, card))
            return
        }
        let text = card.map { ScorecardText($0, timeline: timeline).text + "\n" } ?? ""
        options.output.write(text + "Timeline\n--------\n\n" + TimelineText.render(timeline))
    }

    private func show(_ drill: Drill, _ calendar: DrillCalendar) async throws {
        let now = options.now
        let runs: [RunSummary]
        do {
            runs = try await options.ledgerIfAny()?.runs(of: .drill(drill.name), limit: 5) ?? []
        } catch let error as LedgerError {
            options.output.complain(["the history is left out: \(error)"])
            runs = []
        }
        let sheet = DrillSheet(drill, in: calendar, runs: runs, now: now)
        if options.json {
            try options.output.write(json: sheet.record)
        } else {
            options.output.write(sheet.text)
        }
    }
}

/// A run as programs read it.
struct RunRecordJSON: Encodable {
    let timeline: Timeline
    /// Nil while the run is open.
    let scorecard: ScorecardRecord?

    init(_ timeline: Timeline, _ card: Scorecard?) {
        self.timeline = timeline
        scorecard = card.map { ScorecardRecord($0, timeline) }
    }
}
