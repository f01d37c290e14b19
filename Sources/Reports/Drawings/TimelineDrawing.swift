import CalendarTime
import Drills

/// A run drawn over time: faults and pages as bars, acks, escalations, decisions and milestones as marks.
///
/// The drawing needs nothing else. It takes the colour of the text around it; classes (`bar`, `mark`, `open`,
/// `tick`, `grid`, `now`, `lane`) let a style sheet do more.
package struct TimelineDrawing: Hashable, Sendable {
    /// One `svg` element, well-formed as XML too.
    package let svg: String

    /// Draws a run, an open one up to `now`; nil for an empty timeline.
    package init?(_ timeline: Timeline, now: Moment? = nil) {
        guard let plan = timeline.plan, let run = DrawnRun(timeline, now: now) else { return nil }
        svg = DrawnTimeline(run, title: "Timeline of \(plan.run)").markup.source
    }
}

/// The drawing, laid out.
private struct DrawnTimeline {
    let run: DrawnRun
    let title: String
    private let scale: PlotScale
    private let rows: [(row: DrawnRow, y: Double)]
    private let titles: [(text: String, y: Double)]
    private let labels: [PlacedLabel]
    private let bottom: Double

    private static let left = 150.0
    private static let right = 940.0
    private static let rowHeight = 22.0

    init(_ run: DrawnRun, title: String) {
        self.run = run
        self.title = title
        scale = PlotScale([run.end], steps: 8)
        var y = 8.0
        var rows: [(row: DrawnRow, y: Double)] = []
        var titles: [(text: String, y: Double)] = []
        for lane in run.lanes {
            y += Self.rowHeight
            titles.append((lane.title, y))
            for row in lane.rows {
                y += Self.rowHeight
                rows.append((row, y))
            }
            y += 6
        }
        titles.append(("Milestones", y + Self.rowHeight))
        self.rows = rows
        self.titles = titles
        let scale = scale
        labels = PlacedLabel.places(
            of: run.milestones, top: y + Self.rowHeight, right: Self.right
        ) { Self.left + $0 / scale.top * (Self.right - Self.left) }
        bottom = (labels.map(\.y).max() ?? y + Self.rowHeight) + 14
    }

    private func x(_ seconds: Double) -> Double {
        Self.left + scale.share(seconds) * (Self.right - Self.left)
    }

    var markup: Markup {
        let height = bottom + 52
        return .block(
            "svg",
            [
                "viewBox": "0 0 960 \(SVG.place(height))", "role": "img", "aria-label": title,
                "class": "timeline", "font-size": "12", "fill": "currentColor",
                "stroke": "none", "xmlns": "http://www.w3.org/2000/svg",
            ],
            [
                .inline("title", [:], .text(title)), .inline("desc", [:], .text(description)),
            ] + axis + titles.map(heading) + rows.flatMap(drawn) + milestones + [present, legend])
    }

    /// The picture in words.
    private var description: String {
        let facts = run.lanes.flatMap(\.rows).flatMap { row in
            row.bars.map { "\(DurationText.short($0.from)) \($0.words)" }
                + (row.bars.isEmpty
                    ? row.marks.map { "\(DurationText.short($0.at)) \($0.words)" } : [])
        }
        let marks = run.milestones.map { "\($0.words) \(DurationText.short($0.at))" }
        return "From the beginning of the run: " + (facts + marks).joined(separator: "; ") + "."
    }
}

extension DrawnTimeline {
    private func heading(_ title: (text: String, y: Double)) -> Markup {
        .inline(
            "text",
            [
                "x": "0", "y": SVG.place(title.y), "class": "lane", "font-weight": "600",
            ], .text(title.text))
    }

    private var axis: [Markup] {
        scale.ticks.flatMap { tick in
            [
                Markup.empty(
                    "line",
                    [
                        "class": "grid", "x1": SVG.place(x(tick.seconds)), "y1": "8",
                        "x2": SVG.place(x(tick.seconds)), "y2": SVG.place(bottom),
                        "stroke": "currentColor", "stroke-opacity": "0.18",
                    ]),
                SVG.text(
                    tick.label, x(tick.seconds), bottom + 16,
                    anchor: x(tick.seconds) > Self.right - 20 ? "end" : "middle"),
            ]
        }
    }

    private func drawn(_ placed: (row: DrawnRow, y: Double)) -> [Markup] {
        let (row, y) = placed
        return [SVG.text(row.name.shortened(to: 20), 8, y, style: "name")]
            + row.bars.map { bar($0, y: y - 4) } + row.marks.map { mark($0, y: y - 4) }
    }

    private func bar(_ bar: DrawnBar, y: Double) -> Markup {
        let end = bar.to ?? run.end
        return .inline(
            "rect",
            [
                "class": bar.to == nil ? "bar open" : "bar", "x": SVG.place(x(bar.from)),
                "y": SVG.place(y - 4), "width": SVG.place(max(2, x(end) - x(bar.from))),
                "height": "8", "rx": "2", "fill-opacity": bar.to == nil ? "0.2" : "0.35",
            ], .inline("title", [:], .text(bar.words)))
    }

    private func mark(_ mark: DrawnMark, y: Double) -> Markup {
        MarkShape(mark.shape).markup(
            x(mark.at), y, words: "\(DurationText.short(mark.at)) \(mark.words)")
    }

    private var milestones: [Markup] {
        labels.flatMap { label in
            [
                Markup.empty(
                    "line",
                    [
                        "class": "tick", "x1": SVG.place(label.x), "x2": SVG.place(label.x),
                        "y1": SVG.place(label.top), "y2": SVG.place(label.y - 4),
                        "stroke": "currentColor", "stroke-opacity": "0.4",
                    ]),
                MarkShape(.milestone).markup(label.x, label.top, words: label.words),
                SVG.text(
                    label.text, label.x + (label.isBefore ? -5 : 5), label.y,
                    anchor: label.isBefore ? "end" : "start", style: "milestone"),
            ]
        }
    }

    /// A line at the end of a run that goes on.
    private var present: Markup {
        guard run.isOpen else { return .joined([]) }
        let isBefore = x(run.end) > Self.right - 20
        return .joined([
            .empty(
                "line",
                [
                    "class": "now", "x1": SVG.place(x(run.end)), "x2": SVG.place(x(run.end)),
                    "y1": "8", "y2": SVG.place(bottom), "stroke": "currentColor",
                    "stroke-dasharray": "4 3",
                ]),
            SVG.text(
                "now", x(run.end) + (isBefore ? -4 : 4), 16, anchor: isBefore ? "end" : "start",
                style: "now"),
        ])
    }

    /// The shapes that occur, with what they mean.
    private var legend: Markup {
        let used = Set(run.lanes.flatMap(\.rows).flatMap(\.marks).map(\.shape))
        var left = Self.left
        let y = bottom + 40
        return .joined(
            DrawnMark.Shape.allCases.filter(used.contains).flatMap { shape in
                let x = left
                left += 30 + Double(shape.rawValue.count) * 7
                return [
                    MarkShape(shape).markup(x, y - 4, words: shape.rawValue),
                    SVG.text(shape.rawValue, x + 9, y, style: "legend"),
                ]
            })
    }
}
