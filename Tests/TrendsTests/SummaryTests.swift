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
                "a true −10 %/drill would be called with probability ≈ 0.67 "
                    + "(4 drills, spread 0.06, which so few hardly show)",
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
        "takes the power from the measured spread",
        arguments: [
            // The rows of the study that the method rests on, which the grid repeats.
            (3, 0.4, nil), (4, 0.4, 0.089), (5, 0.4, 0.125), (6, 0.4, 0.261), (8, 0.25, 0.801),
            (8, 0.4, 0.520), (8, 0.6, 0.345), (12, 0.25, 0.998), (12, 0.4, 0.917),
            (12, 0.6, 0.691),
            // No spread at all, between two points, and beyond the grid.
            (4, 0, 1), (6, 0.125, 0.8455), (9, 0.4, 0.6165), (100, 5, 0.881),
        ] as [(Int, Double, Double?)])
    func power(count: Int, spread: Double, probability: Double?) throws {
        let note = PowerNote(count: count, spread: spread)
        #expect((note == nil) == (probability == nil))
        guard let note, let probability else { return }
        #expect(abs(note.probability - probability) < 0.006)
    }

    @Test("is likelier to see a change in more drills and in less spread")
    func powerIsMonotone() throws {
        for count in 4..<40 {
            for step in 0..<30 {
                let spread = Double(step) * 0.07
                let note = try #require(PowerNote(count: count, spread: spread))
                let more = try #require(PowerNote(count: count + 1, spread: spread))
                let wider = try #require(PowerNote(count: count, spread: spread + 0.07))
                #expect(more.probability >= note.probability)
                #expect(wider.probability <= note.probability)
            }
        }
    }

    @Test("names the drills and the spread it was taken for")
    func powerSentence() {
        #expect(
            PowerNote(count: 9, spread: 0.4)?.description
                == "a true −10 %/drill would be called with probability ≈ 0.62 "
                + "(9 drills, spread 0.40)")
        #expect(
            PowerNote(count: 8, spread: 0)?.description
                == "a true −10 %/drill would be called with probability > 0.99 "
                + "(8 drills, spread 0.00)")
    }
}
