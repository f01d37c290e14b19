import ArgumentParser
import CalendarTime
import ControlAPI
import Drills

/// `drillctl list`
struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List drills with their next and last runs, the next due first.")

    @Flag(help: "List recent runs instead, the newest first.")
    var runs = false

    @Option(name: [.customShort("n"), .long], help: "How many runs are listed.")
    var limit = 20

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard (1...10_000).contains(limit) else {
            throw ValidationError("--limit=\(limit) is out of range; write 1 to 10000")
        }
    }

    func run() async throws {
        if runs {
            let rows = try await options.client.ask(.runs(limit: limit), for: [RunRow].self)
            try print(
                rows.map { RunRecord($0) },
                text: ListText.runs(rows, now: options.now, zone: options.zone))
        } else {
            let rows = try await options.client.ask(.drills, for: [DrillRow].self)
            try print(rows, text: ListText.drills(rows, now: options.now, zone: options.zone))
        }
    }

    private func print(_ rows: some Encodable, text: String) throws {
        if options.json {
            try options.output.write(json: rows)
        } else {
            options.output.write(Colour(options).warned(text))
        }
    }
}

/// The tables of `drillctl list`, as `systemctl list-timers` prints timers.
package enum ListText {
    /// Drills, the next due first; those that are never due again come last.
    package static func drills(_ rows: [DrillRow], now: WallInstant, zone: TimeZoneRules) -> String
    {
        var table = TextTable("NEXT", "LEFT", "LAST", "PASSED", "DRILL", "KIND", "TARGET")
        for row in rows.sorted(by: isDueEarlier) {
            table.add(
                date(row.next, zone), row.next?.relativeText(to: now) ?? "-", date(row.last, zone),
                row.last?.relativeText(to: now) ?? "-", row.drill.text, row.kind.rawValue,
                row.target.text)
        }
        return text(table, count: rows.count, noun: "drill")
    }

    /// Runs in the order given.
    package static func runs(_ rows: [RunRow], now: WallInstant, zone: TimeZoneRules) -> String {
        var table = TextTable("SCHEDULED", "PASSED", "RUN", "KIND", "PHASE", "OUTCOME")
        for row in rows {
            table.add(
                date(row.scheduled, zone), row.scheduled.relativeText(to: now), row.run.text,
                row.kind.rawValue, row.outcome == nil ? "open" : row.phase.rawValue,
                row.outcome?.sentence ?? "-")
        }
        return text(table, count: rows.count, noun: "run")
    }

    private static func isDueEarlier(_ one: DrillRow, _ other: DrillRow) -> Bool {
        switch (one.next, other.next) {
        case (let first?, let second?) where first != second: first < second
        case (.some, nil): true
        case (nil, .some): false
        default: one.drill < other.drill
        }
    }

    private static func date(_ instant: WallInstant?, _ zone: TimeZoneRules) -> String {
        instant?.formatted(in: zone, precision: .seconds) ?? "-"
    }

    private static func text(_ table: TextTable, count: Int, noun: String) -> String {
        let footer = ["", "\(count) \(noun)\(count == 1 ? "" : "s") listed."]
        return (table.lines + footer).joined(separator: "\n") + "\n"
    }
}
