import ArgumentParser
import Foundation
import Trends

/// `drillctl trend`
struct Trend: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trend",
        abstract: "Say whether plain durations rise or fall.",
        discussion: """
            One look with the exact test of Mann and Kendall, one-sided at 10 %. Asks no daemon.
            """)

    @Argument(
        help: ArgumentHelp(
            "One duration in seconds a line, oldest first; - is standard input.",
            valueName: "file"),
        completion: .file())
    var file: String

    @Option(help: "Look only at this many of the last ones.")
    var window: Int?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if let window, window < 1 {
            throw ValidationError("--window=\(window) is out of range; write 1 or more")
        }
    }

    func run() throws {
        let trend = PlainTrend(try durations())
        if options.json {
            try options.output.write(json: trend)
        } else {
            options.output.write(trend.text)
        }
    }

    private func durations() throws -> [Double] {
        let text = try read()
        do throws(DurationList.ParseError) {
            return try DurationList(parsing: text, window: window).seconds
        } catch {
            let name = file == "-" ? "standard input" : file
            throw CommandFailure(.usage, error.problems.map { "\(name):\($0)" })
        }
    }

    private func read() throws -> String {
        do {
            let data =
                file == "-"
                ? try FileHandle.standardInput.readToEnd() ?? Data()
                : try Data(contentsOf: URL(filePath: file))
            return String(decoding: data, as: UTF8.self)
        } catch {
            throw CommandFailure(
                .usage, "cannot read '\(file)'; name a file with one duration a line, or -")
        }
    }
}

extension PlainTrend {
    /// The answer for people.
    var text: String {
        let rows = [
            ("n", "\(n)"), ("verdict", verdict.description), ("median", Self.number(median, "s")),
            ("mean", Self.number(mean, "s")),
            ("slope", Self.number(theilSenSlope, "s a step")), ("S", "\(s)"),
            ("p (fall)", Self.number(pDecline, "", places: 4)),
            ("p (rise)", Self.number(pRise, "", places: 4)),
        ]
        return rows.map { label, value in
            label + String(repeating: " ", count: 10 - label.count) + value + "\n"
        }.joined() + notes.map { $0 + "\n" }.joined()
    }

    private static func number(_ number: Double?, _ unit: String, places: Int = 3) -> String {
        guard let number else { return "-" }
        let text = String(format: "%.\(places)f", number)
        return unit.isEmpty ? text : "\(text) \(unit)"
    }
}
