import CalendarTime
import Drills
import Ledger
import Reports

extension LedgerReader {
    /// The history of each kind: what a trend says depends on earlier looks, so all of it, oldest first.
    package func trendSeries(of kinds: [Kind]) async throws -> [TrendSeries] {
        var series: [TrendSeries] = []
        for kind in kinds {
            var timelines: [Timeline] = []
            for run in try await runs(of: .kind(kind), limit: 100_000).reversed() where !run.isOpen
            {
                timelines.append(try await timeline(of: run.run))
            }
            series.append(TrendSeries.make(kind: kind, timelines: timelines))
        }
        return series
    }
}

/// The trend report of all closed runs, kept until there is another run or another day.
actor TrendPages {
    private let reader: LedgerReader
    private let zones: ZoneDatabase
    private var kept: (finished: Int, day: CivilDate, page: String)?

    init(_ reader: LedgerReader, zones: ZoneDatabase) {
        self.reader = reader
        self.zones = zones
    }

    /// The report as of an instant.
    ///
    /// - Parameter finished: how many runs this daemon has seen the end of.
    func page(at now: WallInstant, finished: Int) async throws -> String {
        let zone = zones.localZone(variable: nil)
        let day = CivilDate(of: now, in: zone)
        if let kept, kept.finished == finished, kept.day == day { return kept.page }
        let series = try await reader.trendSeries(of: Kind.allCases)
        let page = TrendHTML(RunTrend(series: series, now: now, zone: zone)).text
        kept = (finished, day, page)
        return page
    }
}
