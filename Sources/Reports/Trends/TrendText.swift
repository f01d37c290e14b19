import CalendarTime

/// The trend report for a terminal: plain ASCII signs, at most 80 columns.
package struct TrendText: Hashable, Sendable {
    /// The whole text; it ends with a line break.
    package let text: String

    /// Writes a report, with the guide at its end unless it is not wanted.
    package init(_ trend: RunTrend, withGuide: Bool = true) {
        let date = CivilDate(of: trend.now, in: trend.zone)
        var lines = ["Drill trends on \(date), the last \(trend.window) drills of each kind", ""]
        for kind in trend.kinds {
            lines += Self.section(kind) + [""]
        }
        if withGuide { lines += Self.guide } else { lines.removeLast() }
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func section(_ kind: KindTrend) -> [String] {
        let title =
            "\(kind.series.kind.title.uppercased()): n = \(kind.shown.count), \(kind.headline)"
        var lines = [title, String(repeating: "-", count: title.count)]
        var list = LabelledLines(labelWidth: 17)
        for fact in kind.facts { list.add(fact.name, fact.text) }
        lines += list.lines
        lines += kind.notes.flatMap { paragraph("* \($0)", indent: 0, hanging: 2) }
        if !kind.shown.isEmpty { lines += [""] + DotPlotText(kind).lines }
        if !kind.pairs.isEmpty { lines += [""] + pairs(kind) }
        return lines
    }

    private static func pairs(_ kind: KindTrend) -> [String] {
        paragraph(kind.pairSentence, indent: 0, hanging: 2)
            + kind.pairs.flatMap { pair in
                let changes =
                    pair.changes.isEmpty ? "" : ": " + pair.changes.joined(separator: ", ")
                let runs = "\(pair.parent.run) -> \(pair.child.run)"
                return paragraph("\(runs)  \(pair.outcome)\(changes)", indent: 2, hanging: 4)
            }
    }

    private static var guide: [String] {
        [ReadingGuide.title.uppercased(), ""]
            + ReadingGuide.entries.flatMap { entry in
                paragraph("\(entry.term). \(entry.text)", indent: 0, hanging: 2)
            }
    }
}
