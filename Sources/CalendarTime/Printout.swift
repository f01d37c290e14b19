/// What a command prints and how it ends.
package struct Printout: Hashable, Sendable {
    /// What goes to standard output.
    package let text: String
    /// What goes to standard error, one line each.
    package let problems: [String]

    /// What a command prints, and what it complains of.
    package init(text: String, problems: [String]) {
        self.text = text
        self.problems = problems
    }

    /// The exit status: 0, or 1 when there was a problem.
    package var status: Int32 { problems.isEmpty ? 0 : 1 }
}

extension Printout {
    /// What `systemd-analyze calendar` prints for the expressions, a blank line between two.
    ///
    /// - Parameters:
    ///   - iterations: how many elapses of each are shown.
    ///   - base: elapses come after it; `now` only says how far off they are.
    package static func calendar(
        _ expressions: [String], iterations: Int = 1, base: WallInstant? = nil, now: WallInstant,
        in zone: TimeZoneRules, zones: ZoneDatabase = ZoneDatabase()
    ) -> Printout {
        var problems: [String] = []
        let blocks = expressions.map { text -> String in
            do throws(CalendarExpression.ParseError) {
                let expression = try CalendarExpression(parsing: text, zones: zones)
                let normal = expression.description
                let original = normal == text ? [] : [("Original form", text)]
                let head = original + [("Normalized form", normal)]
                let elapses = elapses(
                    of: expression, iterations, after: base ?? now, now: now, in: zone)
                return table(head + elapses, width: 15)
            } catch {
                problems.append("cannot read calendar expression '\(text)': \(error)")
                return ""
            }
        }
        return Printout(text: blocks.joined(separator: "\n"), problems: problems)
    }

    private static func elapses(
        of expression: CalendarExpression, _ iterations: Int, after base: WallInstant,
        now: WallInstant, in zone: TimeZoneRules
    ) -> [(String, String)] {
        var rows: [(String, String)] = []
        var last = base
        for iteration in stride(from: 1, through: iterations, by: 1) {
            guard let next = expression.next(after: last, in: zone) else {
                return iteration == 1 ? [("Next elapse", "never")] : rows
            }
            let label = iteration == 1 ? "Next elapse" : "Iter. #\(iteration)"
            rows.append((label, next.formatted(in: zone, precision: .seconds)))
            if !zone.isUTC {
                rows.append(("(in UTC)", next.formatted(in: .utc, precision: .seconds)))
            }
            rows.append(("From now", next.relativeText(to: now)))
            last = next
        }
        return rows
    }

    /// What `systemd-analyze timespan` prints for the spans; it stops at the first that is none.
    package static func timeSpans(_ spans: [String]) -> Printout {
        var blocks: [String] = []
        for text in spans {
            do throws(TimeSpan.ParseError) {
                let span = try TimeSpan(parsing: text)
                // systemd counts without a sign and keeps its greatest number for infinity.
                let count = span == .infinity ? UInt64.max : UInt64(span.microseconds)
                let rows = [("Original", text), ("μs", "\(count)"), ("Human", "\(span)")]
                blocks.append(table(rows, width: 8))
            } catch {
                let problem = "cannot read time span '\(text)': \(error)"
                return Printout(text: blocks.map { $0 + "\n" }.joined(), problems: [problem])
            }
        }
        return Printout(text: blocks.joined(separator: "\n"), problems: [])
    }

    /// Lines of labels that end in one column, each with its value.
    private static func table(_ rows: [(label: String, value: String)], width: Int) -> String {
        rows.map { row in
            let margin = String(repeating: " ", count: max(0, width - row.label.count))
            return "\(margin)\(row.label): \(row.value)\n"
        }.joined()
    }
}
