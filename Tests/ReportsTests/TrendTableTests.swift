import CalendarTime
import Drills
import Foundation
import Reports
import Scoring
import Testing

@Suite("The rows and lines of a trend report")
struct TrendTableTests {
    @Test("come back from CSV as they went in", arguments: 0..<100 as Range<UInt64>)
    func quoting(seed: UInt64) throws {
        var random = Draw(seed: seed)
        let drills = (1...random.below(12)).map { cycle in
            SampleDrill(
                cycle: cycle, seconds: 1, resolve: 2, stress: random.hostileText(),
                campaign: random.hostileText())
        }
        let rows = csvRows(TrendCSV(SampleHistory.trend(drills)).text)
        try #require(rows.count == drills.count + 1)
        for (row, drill) in zip(rows.dropFirst(), drills) {
            try #require(row.count == rows[0].count)
            #expect(row[4] == drill.campaign)
            #expect(row[12] == drill.stress)
        }
    }

    @Test("quotes a field only where it must be")
    func plainFields() {
        let drill = SampleDrill(cycle: 1, seconds: 1, resolve: 2, stress: "a,\"b\"")
        let text = TrendCSV(SampleHistory.trend([drill])).text
        #expect(text.contains(",true,\"a,\"\"b\"\"\",,2.0,false,true\r\n"))
        #expect(text.hasPrefix("kind,run,drill,"))
    }

    @Test("fit 80 columns and hold no control character", arguments: 0..<100 as Range<UInt64>)
    func width(seed: UInt64) {
        var random = Draw(seed: seed)
        let drills = (1...random.below(30)).map { cycle in
            SampleDrill(
                cycle: cycle, seconds: random.below(3) == 1 ? nil : Double(random.below(90_000)),
                resolve: nil, stress: random.hostileText(), parent: random.below(cycle + 1),
                name: DrillName(random.hostileText()), campaign: random.hostileText(),
                outcome: .censored(reason: random.hostileText()))
        }
        let trend = SampleHistory.trend(drills, window: 4 + random.below(28))
        var texts = [TrendText(trend).text]
        for drill in drills {
            guard let card = Scorecard(drill.timeline) else { continue }
            texts.append(ScorecardText(card, timeline: drill.timeline).text)
        }
        for line in texts.joined().split(separator: "\n") {
            #expect(line.count <= 80, "\(line)")
            #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
        }
    }

    @Test("are valid JSON whatever names hold", arguments: 0..<50 as Range<UInt64>)
    func json(seed: UInt64) throws {
        var random = Draw(seed: seed)
        let drill = SampleDrill(
            cycle: 1, seconds: 1, resolve: 2, stress: random.hostileText(),
            campaign: random.hostileText())
        let text = TrendJSON(SampleHistory.trend([drill])).text
        let answer = try JSONDecoder().decode(Stress.self, from: Data(text.utf8))
        #expect(answer.kinds[0].drills[0].stress == drill.stress)
    }

    private struct Stress: Decodable {
        let kinds: [Kind]
        struct Kind: Decodable { let drills: [Drill] }
        struct Drill: Decodable { let stress: String }
    }
}

@Suite("A trend series")
struct TrendSeriesTests {
    private func series(_ drills: [SampleDrill]) -> TrendSeries {
        TrendSeries.make(kind: .rollback, timelines: drills.map(\.timeline))
    }

    @Test(
        "counts only drills that went their way",
        arguments: [
            (Outcome.completed, true), (.censored(reason: "late"), true),
            (.failed(reason: "x"), false), (.notStarted(reason: "x"), false),
            (.aborted(reason: "x"), false), (.halted(reason: "x"), false),
            (.leaked(faults: ["latency"]), false),
        ])
    func validDrills(outcome: Outcome, isCounted: Bool) {
        let series = series([SampleDrill(cycle: 1, seconds: 9, resolve: 12, outcome: outcome)])
        #expect(series.points.count == (isCounted ? 1 : 0))
        #expect(series.leftOut.map(\.count) == (isCounted ? [] : [1]))
    }

    @Test("leaves out drills that were only talked through")
    func tabletops() {
        let series = series([
            SampleDrill(cycle: 1, seconds: 9, resolve: 12),
            SampleDrill(cycle: 2, seconds: 1, resolve: 2, tier: .tabletop),
        ])
        #expect(series.points.map(\.cycle) == [1])
        #expect(series.leftOut.map(\.outcome) == ["tabletop"])
    }

    @Test("orders drills by the time they were scheduled")
    func order() {
        let drills = [3, 1, 2].map { SampleDrill(cycle: $0, seconds: 9, resolve: 12) }
        #expect(series(drills).points.map(\.cycle) == [1, 2, 3])
    }

    @Test("lists a drill without the duration as missing, never as zero")
    func missing() {
        let drills = [
            SampleDrill(cycle: 1, seconds: 9, resolve: 12),
            SampleDrill(cycle: 2, seconds: 9, resolve: 12, isInjected: false),
        ]
        let series = series(drills)
        #expect(series.metric == .timeToMitigate)
        #expect(series.points.map(\.seconds) == [9])
        #expect(series.missing == ["rollback-2"])
    }

    @Test("keeps the lower bound of a censored drill")
    func censored() {
        let series = series([SampleDrill(cycle: 1, outcome: .censored(reason: "late"))])
        #expect(series.points.map(\.isCensored) == [true])
        #expect(series.points.map(\.seconds) == [2_701])
        #expect(series.points.map(\.isWithinTarget) == [false])
    }

    @Test("tells what can be told of a pair with a censored drill")
    func pairs() {
        let drills = [
            SampleDrill(cycle: 1, outcome: .censored(reason: "late")),
            SampleDrill(cycle: 2, seconds: 100, resolve: 200, parent: 1),
            SampleDrill(cycle: 3, parent: 2, outcome: .censored(reason: "late")),
            SampleDrill(cycle: 4, parent: 3, outcome: .censored(reason: "late")),
            SampleDrill(cycle: 5, seconds: 100, resolve: 200, parent: 2),
        ]
        let pairs = SampleHistory.trend(drills).kinds[0].pairs
        #expect(pairs.map(\.comparison) == [.shorter, .longer, .unknown, .same])
        #expect(pairs.map(\.changeInSeconds) == [nil, nil, nil, 0])
    }
}

/// Reads RFC 4180.
private func csvRows(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field = String.UnicodeScalarView()
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
        switch scalar {
        case "\"" where isQuoted && scalars.first == "\"":
            field.append("\"")
            scalars.removeFirst()
        case "\"": isQuoted.toggle()
        case "," where !isQuoted:
            row.append(String(field))
            field = String.UnicodeScalarView()
        case "\r" where !isQuoted && scalars.first == "\n":
            scalars.removeFirst()
            rows.append(row + [String(field)])
            row = []
            field = String.UnicodeScalarView()
        default: field.append(scalar)
        }
    }
    return rows
}
