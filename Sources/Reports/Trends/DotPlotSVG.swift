/// The drills of one kind as dots from left to right, with their targets and their median.
struct DotPlotSVG {
    private let kind: KindTrend
    private let scale: PlotScale
    private let dates: (first: String, last: String)

    init(_ kind: KindTrend, dates: (first: String, last: String)) {
        self.kind = kind
        scale = kind.scale
        self.dates = dates
    }

    private static let left = 58.0
    private static let right = 368.0
    private static let top = 28.0
    private static let bottom = 186.0

    var markup: Markup {
        .block(
            "svg",
            [
                "viewBox": "0 0 460 236", "role": "img", "aria-label": description,
                "xmlns": "http://www.w3.org/2000/svg",
            ],
            [.inline("title", [:], .text(title))] + grid + lines + values
                + kind.shown.indices.map(dot)
                + labels + axis)
    }

    private var title: String {
        "\(kind.series.metric.rawValue) of the last \(kind.shown.count) "
            + "\(kind.series.kind.rawValue) drills"
    }

    /// The picture in words.
    private var description: String {
        let amounts = kind.shown.map(\.amount).joined(separator: ", ")
        let median = kind.summary.median.map { ". Median " + DurationText.short($0.seconds) } ?? ""
        let target = lastTarget.map { ". Target " + DurationText.short($0) } ?? ""
        return "\(title), oldest first: \(amounts)\(median)\(target)."
    }

    private var lastTarget: Double? { kind.shown.last?.target?.seconds }

    private var slot: Double { (Self.right - Self.left) / Double(max(1, kind.shown.count)) }

    private func x(_ index: Int) -> Double { Self.left + (Double(index) + 0.5) * slot }

    private func y(_ seconds: Double) -> Double {
        Self.bottom - scale.share(seconds) * (Self.bottom - Self.top)
    }
}

extension DotPlotSVG {
    private var grid: [Markup] {
        scale.ticks.flatMap { tick in
            [
                SVG.line("grid", Self.left, Self.right, y(tick.seconds)),
                SVG.text(tick.label, Self.left - 7, y(tick.seconds) + 4, anchor: "end"),
            ]
        }
    }

    private var lines: [Markup] {
        let targets = kind.shown.indices.compactMap { index in
            kind.shown[index].target.map { target in
                let from = Self.left + Double(index) * slot
                return
                    "M\(SVG.place(from)) \(SVG.place(y(target.seconds)))H\(SVG.place(from + slot))"
            }
        }
        let path = targets.joined()
        let target = path.isEmpty ? [] : [Markup.empty("path", ["class": "target", "d": path])]
        let median = kind.summary.median.map {
            SVG.line("median", Self.left, Self.right, y($0.seconds))
        }
        return target + [median].compactMap { $0 }
    }

    /// A dot; a hollow triangle that points up for a drill that took longer than that.
    private func dot(_ index: Int) -> Markup {
        let point = kind.shown[index]
        let (x, y) = (x(index), y(point.seconds))
        let name = Markup.inline(
            "title", [:], .text("\(point.run): \(point.amount), stress \(point.stress)"))
        guard point.isCensored else {
            return .inline(
                "circle", ["class": "dot", "cx": SVG.place(x), "cy": SVG.place(y), "r": "4.5"], name
            )
        }
        let shape =
            "M\(SVG.place(x)) \(SVG.place(y - 6.5))L\(SVG.place(x + 5.5)) \(SVG.place(y + 4))"
        return .inline("path", ["class": "open", "d": "\(shape)H\(SVG.place(x - 5.5))Z"], name)
    }

    /// The newest drill and the longest one carry their values.
    private var values: [Markup] {
        let last = kind.shown.count - 1
        let longest = kind.shown.indices.max { kind.shown[$0].seconds < kind.shown[$1].seconds }
        guard let longest else { return [] }
        let isApart =
            Double(last - longest) * slot > 80
            || abs(y(kind.shown[last].seconds) - y(kind.shown[longest].seconds)) > 20
        let labelled = longest == last || !isApart ? [last] : [longest, last]
        return labelled.map { index in
            let isEdge = index == last && last > 0
            let anchor = isEdge ? "end" : index == 0 && last > 0 ? "start" : "middle"
            let offset = isEdge ? 8.0 : index == 0 && last > 0 ? -8 : 0
            return SVG.text(
                kind.shown[index].amount, x(index) + offset, y(kind.shown[index].seconds) - 10,
                anchor: anchor, style: "value")
        }
    }

    /// Target and median are named at their right end, moved apart where they would touch.
    private var labels: [Markup] {
        let target = lastTarget.map { ("target", DurationText.short($0), y($0), "tick") }
        let median = kind.summary.median.map { median in
            let sign = median.isLowerBound ? "≥ " : ""
            return (
                "median", sign + DurationText.short(median.seconds), y(median.seconds), "strong"
            )
        }
        var named = [target, median].compactMap { $0 }.sorted { $0.2 < $1.2 }
        if named.count == 2, named[1].2 - named[0].2 < 36 {
            let middle = min(max((named[0].2 + named[1].2) / 2, Self.top + 18), Self.bottom - 18)
            named[0].2 = middle - 18
            named[1].2 = middle + 18
        }
        return named.flatMap { name, amount, y, style in
            [
                SVG.text(name, Self.right + 8, y - 2, style: style),
                SVG.text(amount, Self.right + 8, y + 12, style: style),
            ]
        }
    }

    private var axis: [Markup] {
        let step = kind.shown.count <= 16 ? 1 : 4
        let numbers = kind.shown.indices.filter { ($0 + 1) % step == 0 || $0 == 0 }.map { index in
            SVG.text("\(index + 1)", x(index), Self.bottom + 18, anchor: "middle")
        }
        guard kind.shown.count > 1 else {
            return numbers + [SVG.text(dates.last, x(0), Self.bottom + 38, anchor: "middle")]
        }
        return numbers + [
            SVG.text(dates.first, Self.left, Self.bottom + 38),
            SVG.text(dates.last, Self.right, Self.bottom + 38, anchor: "end"),
        ]
    }
}
