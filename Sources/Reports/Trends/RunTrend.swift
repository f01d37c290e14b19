import CalendarTime
import Drills
import Trends

/// The trend report: for each kind of drill, what its last drills show and how sure that is.
package struct RunTrend: Hashable, Sendable {
    /// One for each kind that was asked for, also for one without drills.
    package let kinds: [KindTrend]
    /// How many of the last drills of a kind are looked at.
    package let window: Int
    package let now: WallInstant
    /// The zone in which dates are written for people.
    package let zone: TimeZoneRules

    /// A report over series, as of `now`.
    ///
    /// - Precondition: The window is in ``windows``.
    package init(
        series: [TrendSeries], window: Int = RunTrend.standardWindow, now: WallInstant,
        zone: TimeZoneRules
    ) {
        kinds = series.map { KindTrend($0, window: window) }
        self.window = window
        self.now = now
        self.zone = zone
    }

    /// A report over all kinds that timelines tell of.
    package init(
        timelines: [Timeline], window: Int = RunTrend.standardWindow, now: WallInstant,
        zone: TimeZoneRules
    ) {
        let series = Kind.allCases.map { TrendSeries.make(kind: $0, timelines: timelines) }
        self.init(series: series, window: window, now: now, zone: zone)
    }

    /// The windows that may be asked for.
    package static let windows = TrendSummary.windows
    /// The window if none is asked for.
    package static let standardWindow = 8
}

/// What the last drills of one kind show.
package struct KindTrend: Hashable, Sendable {
    package let series: TrendSeries
    /// The drills looked at, oldest first.
    package let shown: [TrendPoint]
    /// The headline duration of the drills looked at.
    package let summary: TrendSummary
    /// TTR of the drills looked at, as far as they have one; its mean is MTTR.
    package let resolve: TrendSummary
    /// Each drill looked at beside the cycle it was made from.
    package let pairs: [CyclePair]

    init(_ series: TrendSeries, window: Int) {
        self.series = series
        shown = Array(series.points.suffix(window))
        summary = TrendSummary(series.points.map(\.observation), window: window)
        resolve = TrendSummary(shown.compactMap(\.resolve), window: window)
        pairs = CyclePair.all(in: series.points, shown: shown)
    }

    /// The drills that have a target, and how many of them stayed within it.
    package var withinTarget: (within: Int, judged: Int) {
        let judged = shown.compactMap(\.isWithinTarget)
        return (judged.count { $0 }, judged.count)
    }
}
