import ArgumentParser
import CalendarTime
import Drills
import Mutation

/// `drillctl mutate`
struct Mutate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutate",
        abstract: "Print the coming mutations of a drill or a scenario.",
        discussion: """
            One line a cycle: its values with a * at those that change, the pairs of values that \
            are new, and the coverage beside its theoretical bound. A drill goes on from the \
            ledger, if there is one. Asks no daemon.
            """)

    @Argument(
        help: ArgumentHelp("A drill, or a scenario played by itself.", valueName: "name"),
        transform: readName)
    var name: DrillName

    @Option(help: "How many cycles are shown.")
    var cycles = 24

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard (1...2_000).contains(cycles) else {
            throw ValidationError("--cycles=\(cycles) is out of range; write 1 to 2000")
        }
    }

    func run() async throws {
        let calendar = try options.calendar()
        let count = CountLine(options.output, "cycle", of: cycles)
        let preview: MutationPreview
        if let drill = calendar.drill(named: name) {
            preview = try await calendar.preview(
                of: drill, cycles: cycles, reader: try options.ledgerIfAny(),
                chosen: count.show)
        } else if let scenario = calendar.scenarios[ScenarioName(name.text)] {
            preview = try await calendar.preview(
                of: Drill(rehearsingOnly: scenario), cycles: cycles, reader: nil, chosen: count.show
            )
        } else {
            throw CommandFailure(
                .usage,
                "there is no drill or scenario '\(name)'; 'drillctl verify' counts what there is, "
                    + "'drillctl plan' names the drills")
        }
        count.clear()
        if options.json {
            try options.output.write(json: preview.steps.map { CycleRecordJSON($0, preview.model) })
        } else {
            options.output.write(preview.table)
        }
    }
}

/// A coming cycle as programs read it.
struct CycleRecordJSON: Encodable {
    let cycle: Int
    let parent: Int?
    let values: [String: String]
    let changed: [String]
    let newPairs: Int
    let covered: Int
    let feasible: Int
    let coverage: Double
    let bound: Double
    let rationale: String

    init(_ step: MutationStep, _ model: MutationModel) {
        cycle = step.cycle
        parent = step.parent?.cycle
        values = Dictionary(
            zip(model.factors, step.variant.values).map { ($0.name.description, $0.values[$1]) }
        ) { first, _ in first }
        changed = step.changes.map(\.factor.description)
        newPairs = step.newPairs.count
        covered = step.coverage.covered
        feasible = step.coverage.feasible
        coverage = step.coverage.fraction
        bound = step.coverage.boundFraction
        rationale = step.rationale
    }
}

extension Drill {
    /// A drill that plays one scenario and nothing else, to look at its mutations.
    fileprivate init(rehearsingOnly scenario: Scenario) {
        let name = DrillName(scenario.name.text)
        self.init(
            name: name,
            calendar: CalendarHeader(
                file: "", title: "", team: "", campaign: "", zone: .utc, firedBy: .daemon),
            kind: .rollback, tier: .tabletop, schedule: [], everyWeeks: nil,
            scenarios: scenario.scenarioClass == .technical ? [scenario.name] : [],
            coordination: scenario.scenarioClass == .coordination ? [scenario.name] : [],
            target: Name(name.text), commanders: [], deputy: nil, observers: [], onCall: [],
            lanes: [:], channels: [], duration: .zero, catchUp: nil, ackDeadline: .zero,
            exclude: [], passScore: 0, salt: "")
    }
}
