/// A linear scale of durations from zero, with ticks at round times.
struct PlotScale {
    /// Seconds from one tick to the next.
    let step: Double
    /// The last tick, at or above every value.
    let top: Double

    /// A scale with at most that many steps that holds the values.
    init(_ values: [Double], steps count: Double = 4) {
        let most = max(values.max() ?? 0, 0.001)
        var step = Self.steps.first { $0 * count >= most } ?? Self.day
        while step * count < most { step *= 2 }
        self.step = step
        top = (most / step).rounded(.up) * step
    }

    /// The ticks with their labels, from zero.
    var ticks: [(seconds: Double, label: String)] {
        (0...Int((top / step).rounded())).map { index in
            let seconds = Double(index) * step
            return (seconds, index == 0 ? "0" : DurationText.short(seconds))
        }
    }

    /// From 0 at zero to 1 at the top.
    func share(_ seconds: Double) -> Double { min(1, max(0, seconds / top)) }

    private static let day = 86_400.0
    private static let steps: [Double] =
        [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30]
        + [60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400]
}

extension KindTrend {
    /// Room for every drill that reached its end, every target and the median.
    ///
    /// A censored drill may lie beyond: it is then drawn at the edge, which says what is known of
    /// it, and leaves the others room to differ.
    var scale: PlotScale {
        let reached = shown.filter { !$0.isCensored }.map(\.seconds)
        let targets = shown.compactMap { $0.target?.seconds }
        let middle = summary.median.map { [$0.seconds] } ?? []
        return PlotScale((reached.isEmpty ? shown.map(\.seconds) : reached + middle) + targets)
    }
}
