/// One line for each drill, with its duration as a sign on a scale.
struct DotPlotText {
    private let kind: KindTrend
    private let scale: PlotScale
    private let runWidth: Int
    private let stressWidth: Int

    init(_ kind: KindTrend) {
        self.kind = kind
        scale = kind.scale
        runWidth = min(20, max(3, kind.shown.map(\.run.text.count).max() ?? 0))
        stressWidth = min(16, max(6, kind.shown.map(\.stress.count).max() ?? 0))
    }

    private static let amountWidth = 11
    private var plotWidth: Int { 79 - runWidth - stressWidth - Self.amountWidth - 6 }

    /// The headings, the drills from the oldest on, the scale, and what the signs mean.
    var lines: [String] {
        let head = row("RUN", "STRESS", "TIME", "")
        let drills = kind.shown.map { point in
            row(
                point.run.text.printable.shortened(to: runWidth),
                point.stress.printable.shortened(to: stressWidth),
                point.amount.inASCIISigns.shortened(to: Self.amountWidth), track(point))
        }
        let legend =
            "o drill   > censored, longer than that   : target   | median"
        return [head] + drills + [row("", "", "", axis), legend]
    }

    private func row(_ run: String, _ stress: String, _ amount: String, _ track: String) -> String {
        let cells =
            run.padded(to: runWidth) + "  " + stress.padded(to: stressWidth) + "  "
            + amount.indented(to: Self.amountWidth) + "  " + track
        return String(cells.reversed().drop { $0 == " " }.reversed())
    }

    private func track(_ point: TrendPoint) -> String {
        var signs = Array(repeating: Character(" "), count: plotWidth)
        if let target = point.target { signs[place(target.seconds)] = ":" }
        if let median = kind.summary.median { signs[place(median.seconds)] = "|" }
        signs[place(point.seconds)] = point.isCensored ? ">" : "o"
        return String(signs)
    }

    private func place(_ seconds: Double) -> Int {
        Int((scale.share(seconds) * Double(plotWidth - 1)).rounded())
    }

    /// The labels of the ticks, each beginning at its place unless the line would be too long.
    private var axis: String {
        var line = ""
        for tick in scale.ticks {
            let start = min(place(tick.seconds), plotWidth - tick.label.count)
            guard start >= line.count + (line.isEmpty ? 0 : 1) else { continue }
            line = line.padded(to: start) + tick.label
        }
        return line
    }
}
