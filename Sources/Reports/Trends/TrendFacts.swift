import Trends

/// One line of a report: a name and its value, whose numbers keep their exact worth beside the words.
struct Fact {
    let name: String
    let value: [Piece]

    enum Piece {
        case words(String)
        case number(String, exact: Double)
    }

    init(_ name: String, _ value: Piece...) {
        self.name = name
        self.value = value
    }

    init(_ name: String, _ value: [Piece]) {
        self.name = name
        self.value = value
    }

    /// The value in words alone.
    var text: String { value.map(\.text).joined() }
}

extension Fact.Piece {
    var text: String {
        switch self {
        case .words(let text), .number(let text, _): text
        }
    }

    static func count(_ number: Int) -> Self { .number("\(number)", exact: Double(number)) }

    static func duration(_ seconds: Double) -> Self {
        .number(DurationText.short(seconds), exact: seconds)
    }

    /// `≥` stands before a lower bound.
    static func estimate(_ estimate: Estimate) -> Self {
        let sign = estimate.isLowerBound ? "≥ " : ""
        return .number(sign + DurationText.short(estimate.seconds), exact: estimate.seconds)
    }

    static func probability(_ p: Double) -> Self {
        .number(NumberText.probability(p), exact: p)
    }
}

extension KindTrend {
    /// All figures of the kind, n first.
    var facts: [Fact] {
        guard !shown.isEmpty else { return [countFact] + leftOutFacts }
        return [countFact, metricFact]
            + [medianFact, previousFact, meanFact, mttrFact, targetFact]
            .compactMap { $0 } + testFacts + leftOutFacts
    }

    private var countFact: Fact {
        let older = series.points.count - shown.count
        var value: [Fact.Piece] = [.count(shown.count)]
        if summary.censoredCount > 0 {
            value += [.words(", "), .count(summary.censoredCount), .words(" of them censored")]
        }
        if older > 0 { value.append(.words("; \(older) older not looked at")) }
        return Fact("n (drills)", value)
    }

    private var metricFact: Fact {
        Fact("duration", .words("\(series.metric.rawValue), \(series.metric.endPoints)"))
    }

    private var medianFact: Fact? {
        guard let median = summary.median else { return nil }
        var value: [Fact.Piece] = [.estimate(median)]
        if let interval = summary.medianInterval {
            let percent = NumberText.fixed(interval.coverage * 100, places: 1)
            value += [
                .words("; between "), .duration(interval.low), .words(" and "),
                .duration(interval.high), .words(" with \(percent) % confidence"),
            ]
        } else if let least = shown.map(\.seconds).min(), let most = shown.map(\.seconds).max(),
            shown.count > 1, summary.censoredCount == 0
        {
            value += [
                .words("; too few for an interval, seen "), .duration(least), .words(" to "),
                .duration(most),
            ]
        }
        return Fact("median", value)
    }

    private var previousFact: Fact {
        guard let previous = summary.previousMedian else {
            return Fact("median before", .words("fewer than 4 drills before these"))
        }
        return Fact(
            "median before", .estimate(previous), .words(", of the window before this one"))
    }

    private var meanFact: Fact? {
        guard let mean = summary.mean, series.metric != .timeToResolve else { return nil }
        return Fact("mean", .estimate(mean))
    }

    private var mttrFact: Fact {
        guard let mean = resolve.mean, let median = resolve.median else {
            return Fact("MTTR", .words("no drill here has a TTR"))
        }
        return Fact(
            "MTTR", .estimate(mean), .words(", mean of TTR (injected → resolved) over n = "),
            .count(resolve.observations.count), .words("; median "), .estimate(median),
            .words("; "), .count(resolve.censoredCount), .words(" censored"))
    }

    private var targetFact: Fact {
        let (within, judged) = withinTarget
        guard judged > 0 else { return Fact("within target", .words("no target is set")) }
        let percent = NumberText.fixed(Double(within) / Double(judged) * 100, places: 0)
        return Fact(
            "within target", .count(within), .words(" of "), .count(judged),
            .words(" (\(percent) %)"))
    }

    private var testFacts: [Fact] {
        guard summary.label != .insufficient else { return [] }
        let test = summary.test
        var facts = [
            Fact("status", .words("\(summary.status), after two looks in a row")),
            Fact(
                "this look alone", .words("\(summary.label): S = "),
                .number(
                    NumberText.fixed(Double(test.s), places: 0), exact: Double(test.s)),
                .words(", exact p (falling) "), .probability(test.pDecline),
                .words(", p (rising) "), .probability(test.pRise)),
        ]
        if let line = summary.line { facts.append(slopeFact(line)) }
        return facts
    }

    private func slopeFact(_ line: TheilSen) -> Fact {
        var value: [Fact.Piece] = [
            .number(DurationText.change(line.slope), exact: line.slope),
            .words(" per drill (Theil–Sen)"),
        ]
        if let trend = summary.logTrend {
            value += [
                .words(", "),
                .number(
                    NumberText.percentChange(trend.changePerDrill), exact: trend.changePerDrill),
                .words(" per drill, spread "),
                .number(NumberText.fixed(trend.spread, places: 2), exact: trend.spread),
            ]
        }
        return Fact("slope", value)
    }

    private var leftOutFacts: [Fact] {
        var facts: [Fact] = []
        if !series.missing.isEmpty {
            let runs = series.missing.map(\.text).joined(separator: " ")
            facts.append(
                Fact(
                    "missing", .count(series.missing.count),
                    .words(" without this duration: \(runs)")))
        }
        if !series.leftOut.isEmpty {
            let words = series.leftOut.map { "\($0.count) \($0.outcome)" }
            facts.append(Fact("not counted", .words(words.joined(separator: ", "))))
        }
        return facts
    }
}
