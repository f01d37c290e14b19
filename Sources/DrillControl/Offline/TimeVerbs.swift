import ArgumentParser
import CalendarTime

/// `drillctl calendar`
struct CalendarVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Print when calendar expressions elapse, as systemd-analyze does.")

    @Option(help: "How many elapses of each are shown.")
    var iterations = 1

    @Option(
        help: ArgumentHelp(
            "Elapses come after this time, such as '2027-01-01 12:00'.", valueName: "time"))
    var baseTime: String?

    @OptionGroup var options: GlobalOptions

    @Argument(
        help: ArgumentHelp("An expression of systemd.time(7).", valueName: "expression"))
    var expressions: [String]

    func validate() throws {
        guard (1...10_000).contains(iterations) else {
            throw ValidationError("--iterations=\(iterations) is out of range; write 1 to 10000")
        }
    }

    func run() throws {
        let now = options.now
        let zone = options.zone
        let printout = Printout.calendar(
            expressions, iterations: iterations,
            base: try baseTime.map { try options.instant(of: $0, now: now) }, now: now, in: zone)
        try options.output.write(printout, asJSON: options.json)
    }
}

/// `drillctl timespan`
struct TimeSpanVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timespan",
        abstract: "Print what time spans mean, as systemd-analyze does.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: ArgumentHelp("A span such as '1h 30min'.", valueName: "span"))
    var spans: [String]

    func run() throws {
        try options.output.write(Printout.timeSpans(spans), asJSON: options.json)
    }
}

extension GlobalOptions {
    /// A time from the command line.
    func instant(of text: String, now: WallInstant) throws -> WallInstant {
        do throws(WallInstant.ParseError) {
            return try WallInstant(parsing: text, now: now, in: zone)
        } catch {
            throw CommandFailure(.usage, "\(error)")
        }
    }
}

extension Output {
    /// Prints what systemd-analyze would; what cannot be read is a failure.
    fileprivate func write(_ printout: Printout, asJSON: Bool) throws {
        if asJSON {
            try write(json: PrintoutRecord(printout))
        } else {
            write(printout.text)
        }
        guard printout.problems.isEmpty else {
            throw CommandFailure(.failed, printout.problems)
        }
    }
}

/// A printout as programs read it: one object for each block, with the labels as names of its members.
struct PrintoutRecord: Encodable {
    let answers: [[String: Value]]
    let problems: [String]

    /// Counts of microseconds are numbers, and what occurs several times is a list.
    enum Value: Encodable {
        case count(UInt64)
        case text(String)
        case texts([String])

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .count(let count): try container.encode(count)
            case .text(let text): try container.encode(text)
            case .texts(let texts): try container.encode(texts)
            }
        }
    }

    init(_ printout: Printout) {
        answers = printout.text.split(separator: "\n\n").map { block in
            let lines = block.split(separator: "\n").compactMap(Self.line)
            let values = Dictionary(grouping: lines, by: \.name).mapValues { $0.map(\.value) }
            return Dictionary(values.map { ($0, Self.value($0, $1)) }) { first, _ in first }
        }
        problems = printout.problems
    }

    private static func line(_ text: Substring) -> (name: String, value: String)? {
        guard let colon = text.firstRange(of: ": ") else { return nil }
        let label = String(text[..<colon.lowerBound].drop { $0 == " " })
        let name = names[label] ?? (label.hasPrefix("Iter. #") ? "elapses" : label)
        return (name, String(text[colon.upperBound...]))
    }

    private static func value(_ name: String, _ values: [String]) -> Value {
        switch name {
        case "elapses", "elapsesInUTC", "fromNow": .texts(values.filter { $0 != "never" })
        case "microseconds": UInt64(values[0]).map { .count($0) } ?? .text(values[0])
        default: .text(values[0])
        }
    }

    private static let names = [
        "Original form": "original", "Normalized form": "normalized", "Next elapse": "elapses",
        "(in UTC)": "elapsesInUTC", "From now": "fromNow",
        "Original": "original", "μs": "microseconds", "Human": "human",
    ]
}
