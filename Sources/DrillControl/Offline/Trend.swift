import ArgumentParser
import Foundation
import Trends

/// `drillctl trend`
struct Trend: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trend",
        abstract: "Say whether plain durations rise or fall.",
        discussion: """
            One look with the exact test of Mann and Kendall, one-sided at 10 %. At most 500 \
            durations are looked at; --window takes the last ones of a longer list. Asks no daemon.
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
        let bytes = try read()
        do throws(DurationList.ParseError) {
            return try DurationList(parsing: bytes, window: window).seconds
        } catch {
            let problems = error.problems.map { "\(name):\($0)" }
            throw CommandFailure(.usage, problems + [error.rest].compactMap { $0 })
        }
    }

    private var name: String { file == "-" ? "standard input" : file }

    private func read() throws -> [UInt8] {
        let data: Data
        do {
            let handle =
                file == "-"
                ? FileHandle.standardInput
                : try FileHandle(forReadingFrom: URL(filePath: file))
            data = try handle.read(upToCount: Self.mostBytes + 1) ?? Data()
        } catch {
            throw CommandFailure(
                .usage, "cannot read '\(file)'; name a file with one duration a line, or -")
        }
        guard data.count <= Self.mostBytes else {
            throw CommandFailure(
                .usage,
                "\(name) is longer than \(Self.mostBytes / 1_000_000) MB; give its last lines, "
                    + "for example with 'tail -n \(DurationList.most)'")
        }
        return Array(data)
    }

    private static let mostBytes = 16_000_000
}

extension PlainTrend {
    /// The answer for people.
    var text: String {
        let rows = [
            ("n", "\(n)"), ("verdict", verdict.description),
            ("median", Self.number(median, "s") + interval), ("mean", Self.number(mean, "s")),
            p90.map { ("p90", Self.number($0, "s")) },
            ("slope", Self.number(theilSenSlope, "s a step")), ("S", "\(s)"),
            ("p (fall)", Self.number(pDecline, "", places: 4)),
            ("p (rise)", Self.number(pRise, "", places: 4)),
        ].compactMap { $0 }
        return rows.map { label, value in
            label + String(repeating: " ", count: 10 - label.count) + value + "\n"
        }.joined() + notes.map { $0 + "\n" }.joined()
    }

    /// `, between 240.000 and 300.000 s with 96.9 % confidence`.
    private var interval: String {
        guard let medianInterval else { return "" }
        let percent = String(format: "%.1f", medianInterval.coverage * 100)
        return ", between \(Self.number(medianInterval.low, "")) and "
            + "\(Self.number(medianInterval.high, "s")) with \(percent) % confidence"
    }

    private static func number(_ number: Double?, _ unit: String, places: Int = 3) -> String {
        guard let number else { return "-" }
        let text = String(format: "%.\(places)f", number)
        return unit.isEmpty ? text : "\(text) \(unit)"
    }
}
