import ArgumentParser
import CalendarTime
import DrillDaemon
import Drills
import Ledger
import Mutation
import Reports

/// `drillctl notebook`
struct Notebook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notebook",
        abstract:
            "Print one page for the on-call: the rollback command, the way to it, whom to tell.",
        discussion: "Of a run as it was opened, or of a drill as its next cycle will be.")

    @Argument(
        help: ArgumentHelp("A drill or a run.", valueName: "drill|run"), transform: readName)
    var name: RunID

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let text = NotebookText(try await plan()).text
        if options.json {
            try options.output.write(json: ["page": text])
        } else {
            options.output.write(text)
        }
    }

    private func plan() async throws -> RunPlan {
        let (calendar, problems) = options.load()
        if let calendar, let drill = calendar.drill(named: DrillName(name.text)) {
            return try await coming(drill, calendar)
        }
        if let plan = try await recordedPlan() { return plan }
        guard calendar != nil else {
            let errors = problems.filter { $0.severity == .error }
            throw CommandFailure(.configuration, errors.map(\.description))
        }
        throw CommandFailure(
            .usage,
            "there is no drill or run '\(name)'; 'drillctl list' shows the drills, "
                + "'drillctl list --runs' the runs")
    }

    private func recordedPlan() async throws -> RunPlan? {
        do {
            return try await options.timelineIfAny(of: name)?.plan
        } catch LedgerError.missing {
            return nil
        }
    }

    /// The cycle that comes next; without a ledger the first one.
    private func coming(_ drill: Drill, _ calendar: DrillCalendar) async throws -> RunPlan {
        let frozen = FrozenTimes(calendar.freezes)
        let scheduled = drill.nextStart(after: options.now, frozen: frozen) ?? options.now
        if let reader = try options.ledgerIfAny() {
            return try await CyclePlanner(reader: reader).plan(
                drill, scheduled: scheduled, calendar: calendar)
        }
        let model = try MutationModel(calendar.factors(of: drill))
        let seed = DrawnVariant.seed(of: drill)
        let step = try model.mutated(after: [], seed: seed)
        return try RunPlan.make(
            drill: drill, cycle: 1, scheduled: scheduled, calendar: calendar,
            variant: DrawnVariant(step, of: model, seed: seed))
    }
}
