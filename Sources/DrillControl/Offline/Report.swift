import ArgumentParser
import DrillDaemon
import Drills
import Foundation
import Reports

/// `drillctl report`
struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Report on many runs.", subcommands: [ReportTrend.self])
}

/// `drillctl report trend`
struct ReportTrend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trend",
        abstract: "Say whether drills get faster: the last ones of each kind, tested exactly.",
        discussion: "Reads the ledger; asks no daemon.")

    @Option(help: "Only drills of this kind: rollback, replay or page-storm.")
    var kind: Kind?

    @Option(
        help: ArgumentHelp(
            "Write one self-contained page; - is the standard output.", valueName: "file"),
        completion: .file(extensions: ["html"]))
    var html: String?

    @Option(
        help: ArgumentHelp(
            "Write a table, one line a drill; - is the standard output.", valueName: "file"),
        completion: .file(extensions: ["csv"]))
    var csv: String?

    @Option(help: "How many of the last drills are looked at.")
    var window = RunTrend.standardWindow

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard RunTrend.windows.contains(window) else {
            let (least, most) = (RunTrend.windows.lowerBound, RunTrend.windows.upperBound)
            throw ValidationError("--window=\(window) is out of range; write \(least) to \(most)")
        }
        let answers = [html == "-", csv == "-", options.json].count { $0 }
        guard answers <= 1 else {
            throw ValidationError(
                "the standard output takes one of --html -, --csv - and --json; name files for "
                    + "the others")
        }
    }

    func run() async throws {
        let ledger = try options.ledger()
        let series = try await ledger.trendSeries(of: kind.map { [$0] } ?? Kind.allCases)
        let trend = RunTrend(series: series, window: window, now: options.now, zone: options.zone)
        try write(TrendHTML(trend).text, to: html)
        try write(TrendCSV(trend).text, to: csv)
        if options.json {
            options.output.write(TrendJSON(trend).text)
        } else if html == nil, csv == nil {
            options.output.write(TrendText(trend).text)
        }
    }

    private var hasOneAnswer: Bool { options.json || html == "-" || csv == "-" }

    /// With something for a program on the standard output, the names go where they are in nobody's way.
    private func write(_ text: String, to path: String?) throws {
        guard let path else { return }
        guard path != "-" else { return options.output.write(text) }
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw CommandFailure(
                .failed, "cannot write '\(path)'; name a file in a folder of yours")
        }
        let line = "wrote \(path)\n"
        if hasOneAnswer { options.output.remark(line) } else { options.output.write(line) }
    }
}

extension Kind: ExpressibleByArgument {}
