import Drills
import Trends

/// The trend report as JSON; its keys are a promise to scripts, and absent values are null.
package struct TrendJSON: Hashable, Sendable {
    /// The whole text; it ends with a line break.
    package let text: String

    /// Writes a report.
    package init(_ trend: RunTrend) {
        let value = JSONValue.object([
            ("now", .string(TimeText.iso(trend.now))), ("window", .integer(trend.window)),
            ("kinds", .array(trend.kinds.map(Self.kind))),
        ])
        text = value.text() + "\n"
    }

    private static func kind(_ kind: KindTrend) -> JSONValue {
        .object(
            [
                ("kind", .string(kind.series.kind.rawValue)), ("n", .integer(kind.shown.count)),
                ("censored", .integer(kind.summary.censoredCount)),
                ("history", .integer(kind.series.points.count)),
                ("metric", .string(kind.series.metric.rawValue)),
                ("endPoints", .string(kind.series.metric.endPoints)),
            ] + figures(kind) + [
                ("mttr", mttr(kind.resolve)), ("drills", .array(kind.shown.map(drill))),
                ("pairs", .array(kind.pairs.map(pair))),
                ("missing", .array(kind.series.missing.map { .string($0.text) })),
                (
                    "notCounted",
                    .object(kind.series.leftOut.map { ($0.outcome, .integer($0.count)) })
                ),
                ("notes", .array(kind.notes.map(JSONValue.string))),
            ])
    }

    private static func figures(_ kind: KindTrend) -> [(key: String, value: JSONValue)] {
        let summary = kind.summary
        let isJudged = summary.label != .insufficient
        let (within, judged) = kind.withinTarget
        return [
            ("status", .string(summary.status.rawValue)), ("look", .string(summary.label.rawValue)),
            ("s", .integer(summary.test.s)),
            ("pDecline", .optional(isJudged ? summary.test.pDecline : nil)),
            ("pRise", .optional(isJudged ? summary.test.pRise : nil)),
            ("median", estimate(summary.median)),
            ("medianInterval", interval(summary.medianInterval)),
            ("previousMedian", estimate(summary.previousMedian)),
            ("mean", estimate(summary.mean)), ("p90", estimate(summary.p90)),
            ("theilSenSlope", .optional(summary.line?.slope)),
            ("slopeInterval", interval(summary.slopeInterval)),
            ("changePerDrill", .optional(summary.logTrend?.changePerDrill)),
            ("totalChange", .optional(summary.logTrend?.totalChange)),
            ("spread", .optional(summary.logTrend?.spread)),
            ("power", .optional(power(summary))),
            ("withinTarget", .integer(within)), ("judgedByTarget", .integer(judged)),
            ("severeDrift", summary.alarm.map { .bool($0.isRaised) } ?? .null),
        ]
    }

    private static func power(_ summary: TrendSummary) -> Double? {
        summary.logTrend.flatMap {
            PowerNote(count: summary.observations.count, spread: $0.spread)?.probability
        }
    }

    private static func mttr(_ resolve: TrendSummary) -> JSONValue {
        .object([
            ("n", .integer(resolve.observations.count)),
            ("censored", .integer(resolve.censoredCount)), ("mean", estimate(resolve.mean)),
            ("median", estimate(resolve.median)),
        ])
    }

    private static func estimate(_ estimate: Estimate?) -> JSONValue {
        guard let estimate else { return .null }
        return .object([
            ("seconds", .number(estimate.seconds)), ("isLowerBound", .bool(estimate.isLowerBound)),
        ])
    }

    private static func interval(_ interval: OrderStatistics.Interval?) -> JSONValue {
        guard let interval else { return .null }
        return .object([
            ("low", .number(interval.low)), ("high", .number(interval.high)),
            ("coverage", .number(interval.coverage)),
        ])
    }

    private static func drill(_ point: TrendPoint) -> JSONValue {
        .object([
            ("run", .string(point.run.text)), ("drill", .string(point.drill.text)),
            ("cycle", .integer(point.cycle)), ("campaign", .string(point.campaign)),
            ("scheduled", .string(TimeText.iso(point.scheduled))),
            ("seconds", .number(point.seconds)), ("isCensored", .bool(point.isCensored)),
            ("isWallTime", .bool(point.isWallTime)),
            ("targetSeconds", .optional(point.target?.seconds)),
            ("isWithinTarget", point.isWithinTarget.map(JSONValue.bool) ?? .null),
            ("stress", .string(point.stress)),
            ("parentCycle", point.parentCycle.map(JSONValue.integer) ?? .null),
        ])
    }

    private static func pair(_ pair: CyclePair) -> JSONValue {
        .object([
            ("parent", .string(pair.parent.run.text)), ("child", .string(pair.child.run.text)),
            ("comparison", .string(pair.comparison.rawValue)),
            ("changeInSeconds", .optional(pair.changeInSeconds)),
            ("changes", .array(pair.changes.map(JSONValue.string))),
        ])
    }
}
