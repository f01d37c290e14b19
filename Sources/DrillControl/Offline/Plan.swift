import ArgumentParser
import CalendarTime
import DrillDaemon
import Drills
import Ledger

/// `drillctl plan`
struct Plan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what a quarter will bring.",
        discussion: """
            Date, kind, tier, scenario with its coming mutation, people, and what speaks against \
            it. The mutations follow from the ledger, if there is one, as if every run until then \
            took place and was scored. Asks no daemon.
            """)

    @Option(
        help: ArgumentHelp(
            "The quarter, such as 2027-Q1; this one if not given.", valueName: "quarter"))
    var quarter: String?

    @Option(help: ArgumentHelp("Plan as if it were this time.", valueName: "time"))
    var baseTime: String?

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let clock = options.now
        let now = try baseTime.map { try options.instant(of: $0, now: clock) } ?? clock
        let span = try PlanSpan(quarter: quarter, today: CivilDate(of: now, in: options.zone))
        let calendar = try options.calendar()
        let forecast = try await Forecast(
            calendar, span: span, reader: try options.ledgerIfAny())
        if options.json {
            try options.output.write(json: forecast.plan.record)
        } else {
            options.output.write(forecast.plan.text)
        }
    }
}

/// The days to plan, and those between today and them.
struct PlanSpan: Hashable {
    let window: PlanWindow
    /// Runs on these days come first and use up cycles; nil if the window begins today.
    let before: PlanWindow?

    /// A quarter, of which only today and later counts; this one if none is named.
    init(quarter text: String?, today: CivilDate) throws {
        do throws(DateError) {
            let this = Quarter(of: today)
            let quarter: Quarter
            if let text { quarter = try Quarter(parsing: text) } else { quarter = this }
            let days = quarter.instants(in: .utc)
            let first = CivilDate(of: days.lowerBound, in: .utc)
            let last = CivilDate(of: days.upperBound, in: .utc).advanced(byDays: -1)
            let isAhead = first > today
            window =
                first >= today
                ? .quarter(quarter) : .days(try DateRange(first: today, last: last))
            before =
                isAhead
                ? .days(try DateRange(first: today, last: first.advanced(byDays: -1))) : nil
        } catch DateError.reversedRange {
            throw CommandFailure(.usage, "\(text ?? "it") is over; name a quarter that is not")
        } catch {
            throw CommandFailure(.usage, "--quarter: \(error)")
        }
    }
}
