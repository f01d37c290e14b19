import ArgumentParser
import Drills
import UnitFiles

/// `drillctl verify`
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check all calendar and scenario files.",
        discussion: "Prints every problem with its place and remedy. Asks no daemon.")

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let missing = options.missingFolders
        guard missing.isEmpty else {
            throw CommandFailure(
                .configuration, missing.map { "there is no folder '\($0)' that can be read" })
        }
        let (calendar, problems) = options.load()
        let report = VerifyReport(calendar: calendar, problems: problems)
        if options.json {
            try options.output.write(json: VerifyRecord(report))
        } else {
            options.output.write(report.text)
        }
        guard report.isGood else { throw CommandFailure(.configuration) }
    }
}

/// A report as programs read it.
struct VerifyRecord: Encodable {
    let good: Bool
    let contents: String?
    let problems: [Item]

    struct Item: Encodable {
        let file: String
        let line: Int
        let column: Int
        let severity: String
        let message: String
        let remedy: String
    }

    init(_ report: VerifyReport) {
        good = report.isGood
        contents = report.calendar?.contents
        problems = report.problems.map {
            Item(
                file: $0.position.file, line: $0.position.line, column: $0.position.column,
                severity: $0.severity.rawValue, message: $0.message, remedy: $0.remedy)
        }
    }
}
