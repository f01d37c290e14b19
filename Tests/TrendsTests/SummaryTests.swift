import Testing
import Trends

@Suite("A trend summary")
struct SummaryTests {
    private func summary(_ seconds: [Double], window: Int = 8) -> TrendSummary {
        TrendSummary(seconds.map { Observation($0) }, window: window)
    }

    @Test("refuses a verdict for fewer than four drills", arguments: 0...3)
    func insufficient(count: Int) {
        let summary = summary((0..<count).map { Double(20 - $0) })
        #expect(summary.label == .insufficient && summary.status == .insufficient)
        #expect(summary.notes == ["not enough data (\(count) of 4)"])
        #expect(summary.medianInterval == nil)
    }

    @Test("says what four drills can show")
    func fourDrills() {
        #expect(
            summary([20, 18, 19, 21]).notes == [
                "no detectable change, leaning up 11 %",
                "4 drills: only a run of 4 falls would count",
                "a true −10 %/drill would be called with probability ≥ 0.09 "
                    + "(4 drills, spread 0.40, measured 0.06)",
            ])
    }

    @Test("enters a trend after two looks and leaves it when its p exceeds 20 %")
    func takesTwoLooks() {
        let falling = [30, 27, 24, 21, 19].map(Double.init)
        let first = summary(Array(falling.prefix(4)))
        #expect(first.label == .improving && first.status == .flat)
        #expect(
            first.notes.first
                == "this look alone says improving; a change counts after two looks")
        let second = summary(falling)
        #expect(second.status == .improving)
        // S = -11 of 6 drills has p = .028, S = -5 has p = .235.
        #expect(summary(falling + [23]).status == .improving)
        #expect(summary(falling + [31]).label == .flat)
        #expect(summary(falling + [31]).status == .flat)
        let rising = falling.reversed().map { $0 }
        #expect(summary(rising).status == .drifting)
    }

    @Test("gives intervals from six drills and a p90 from 29")
    func intervals() {
        let values = (1...32).map { Double($0 * 7 % 33) }
        #expect(summary(Array(values.prefix(5))).medianInterval == nil)
        let six = summary(Array(values.prefix(6)))
        #expect(six.medianInterval?.coverage == 0.96875)
        #expect(six.slopeInterval != nil)
        #expect(summary(Array(values.prefix(28)), window: 32).p90 == nil)
        let long = summary(Array(values.prefix(30)), window: 32)
        #expect(long.p90?.seconds == values.prefix(30).sorted()[26])
        #expect(six.previousMedian == nil)
        #expect(summary(Array(values.prefix(12))).previousMedian?.seconds == 17.5)
    }

    @Test("keeps censored durations as lower bounds")
    func censored() {
        var drills = [10, 12, 11, 13, 12, 14].map { Observation(Double($0)) }
        drills.append(Observation(60, isCensored: true))
        let summary = TrendSummary(drills)
        #expect(summary.censoredCount == 1)
        #expect(summary.median?.description == "12.0")
        #expect(summary.mean?.description == "≥ 18.9")
        #expect(summary.medianInterval == nil && summary.slopeInterval == nil)
        #expect(
            summary.notes.contains(
                "1 of 7 had no end by the deadline: counted as longer than that, "
                    + "and without intervals"))
        let most = TrendSummary(drills.map { Observation($0.seconds, isCensored: true) })
        #expect(most.median?.description == "≥ 12.0")
        #expect(most.test.s == 0)
    }

    @Test("alarms on a severe drift against the first eight drills, and not before the ninth")
    func alarms() {
        let base = [20, 22, 19, 21, 20, 23, 18, 21].map(Double.init)
        #expect(summary(base).alarm == nil)
        #expect(summary(base + [20, 21]).alarm?.isRaised == false)
        let drifted = summary(base + [40, 42, 41])
        #expect(drifted.alarm?.since == 8)
        #expect(drifted.notes.last == "severe drift against the first 8 drills")
        #expect(summary(base + [40] + Array(repeating: 18, count: 9)).alarm?.isRaised == false)
    }

    @Test(
        "names the way durations lean",
        arguments: [
            ([20, 10], "leaning down 50 %"), ([20, 30], "leaning up 50 %"), ([20, 21], "level"),
        ] as [([Double], String)])
    func leans(values: [Double], text: String) {
        #expect(LogTrend(values)?.lean.description == text)
    }

    @Test("has no logarithms for a duration of zero")
    func zeroDuration() {
        #expect(LogTrend([0, 1]) == nil)
        #expect(LogTrend([5]) == nil)
    }

    @Test(
        "quotes the power of the nearest simulated row",
        arguments: [
            (3, 0.4, nil), (4, 0.1, 0.089), (7, 0.45, 0.261), (8, 0.2, 0.801), (10, 0.45, 0.520),
            (32, 0.7, 0.691),
        ] as [(Int, Double, Double?)])
    func power(count: Int, spread: Double, probability: Double?) {
        #expect(PowerNote(count: count, spread: spread)?.probability == probability)
    }

    @Test(
        "power note gives a bound beyond its rows, and is left out where they say nothing",
        arguments: [
            (8, 0.4, "≈ 0.52 (8 drills, spread 0.40)"), (8, 0.7, "≈ 0.35 (8 drills, spread 0.60)"),
            (8, 1.2, "≤ 0.35 (8 drills, spread 0.60, measured 1.20)"),
            (8, 0.05, "≥ 0.80 (8 drills, spread 0.25, measured 0.05)"),
            (7, 0.4, "≥ 0.26 (6 drills, spread 0.40)"),
            (32, 0.3, "≥ 1.00 (12 drills, spread 0.25)"), (32, 1.2, nil),
        ] as [(Int, Double, String?)])
    func bounds(count: Int, spread: Double, words: String?) {
        let note = PowerNote(count: count, spread: spread)?.description
        let head = "a true −10 %/drill would be called with probability "
        #expect(note == words.map { head + $0 })
    }
}
