import Drills
import Scoring

/// Every drill of every kind as one row of RFC 4180: comma, CRLF, quotes where they are needed.
package struct TrendCSV: Hashable, Sendable {
    /// The whole text, with a line of names first.
    package let text: String

    /// Writes all drills of the history, those before the window too; `in_window` tells them apart.
    package init(_ trend: RunTrend) {
        let rows = trend.kinds.flatMap { kind in
            let first = kind.series.points.count - kind.shown.count
            return kind.series.points.enumerated().map { index, point in
                Self.row(point, kind: kind.series.kind, isShown: index >= first)
            }
        }
        text = ([Self.names] + rows).map { $0.map(Self.field).joined(separator: ",") + "\r\n" }
            .joined()
    }

    private static let names = [
        "kind", "run", "drill", "cycle", "campaign", "scheduled", "metric", "seconds", "censored",
        "wall_clock", "target_seconds", "within_target", "stress", "parent_cycle", "ttr_seconds",
        "ttr_censored", "in_window",
    ]

    private static func row(_ point: TrendPoint, kind: Kind, isShown: Bool) -> [String] {
        [
            kind.rawValue, point.run.text, point.drill.text, "\(point.cycle)", point.campaign,
            TimeText.iso(point.scheduled), point.metric.rawValue, "\(point.seconds)",
            "\(point.isCensored)", "\(point.isWallTime)", text(point.target?.seconds),
            text(point.isWithinTarget), point.stress, text(point.parentCycle),
            text(point.resolve?.seconds), text(point.resolve?.isCensored), "\(isShown)",
        ]
    }

    private static func text(_ value: (some CustomStringConvertible)?) -> String {
        value.map(\.description) ?? ""
    }

    /// The field as it stands in a row; a quote within it is doubled.
    private static func field(_ text: String) -> String {
        let special: Set<Unicode.Scalar> = [",", "\"", "\r", "\n"]
        let edges = [text.unicodeScalars.first, text.unicodeScalars.last]
        guard text.unicodeScalars.contains(where: special.contains) || edges.contains(" ") else {
            return text
        }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
