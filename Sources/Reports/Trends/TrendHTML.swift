import CalendarTime

/// The trend report as one HTML file that needs nothing else: no script, no other file.
///
/// It is well-formed XML too. Each number stands in a `data` element with its exact value.
package struct TrendHTML: Hashable, Sendable {
    /// The whole file.
    package let text: String

    /// The contents alone, for a page that has a head and ways around of its own.
    package let fragment: String

    /// Writes a report.
    package init(_ trend: RunTrend) {
        let page = TrendPage(trend)
        text = "<!DOCTYPE html>\n" + page.markup.source + "\n"
        fragment = Markup.joined(page.contents.flatMap { [$0, Markup(source: "\n")] }).source
    }

    /// The style sheet that the contents are made for.
    package static var styleSheet: String { TrendStyle.sheet }
}

/// The parts of the page.
private struct TrendPage {
    let trend: RunTrend

    init(_ trend: RunTrend) { self.trend = trend }

    var markup: Markup {
        .block(
            "html", ["lang": "en", "xmlns": "http://www.w3.org/1999/xhtml"],
            [
                head,
                .block(
                    "body", [:],
                    [.block("main", [:], contents)]),
            ])
    }

    var contents: [Markup] { [opening, overview] + trend.kinds.map(section) + closing }

    private var title: String { "Drill trends, \(date(trend.now))" }

    private var head: Markup {
        .block(
            "head", [:],
            [
                .empty("meta", ["charset": "utf-8"]),
                .empty(
                    "meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .inline("title", [:], .text(title)),
                // The style sheet is the program's own and has none of the characters of markup.
                .inline("style", [:], Markup(source: "\n\(TrendStyle.sheet)\n")),
            ])
    }

    private var opening: Markup {
        .block(
            "header", [:],
            [
                .inline("h1", [:], .text("Drill trends")),
                .inline(
                    "p", ["class": "quiet"],
                    .text(
                        "As of \(date(trend.now)), the last \(trend.window) drills of each kind. "
                            + "Shorter is better.")),
            ])
    }

    private var overview: Markup {
        let rows = trend.kinds.map { kind -> Markup in
            let (within, judged) = kind.withinTarget
            return .inline(
                "tr", [:], cell(.text(kind.series.kind.title)),
                number(.count(kind.shown.count)), cell(.text(kind.headline)),
                number(kind.summary.median.map(Fact.Piece.estimate)),
                number(kind.resolve.mean.map(Fact.Piece.estimate)),
                number(judged == 0 ? nil : .words("\(within) of \(judged)")))
        }
        let names = [
            ("kind", false), ("n", true), ("status", false), ("median", true), ("MTTR", true),
            ("within target", true),
        ]
        return table("All kinds", names, rows)
    }

    private func section(_ kind: KindTrend) -> Markup {
        var parts: [Markup] = [
            .inline("h2", [:], .text("\(kind.series.kind.title) drills")),
            .inline(
                "p", ["class": "verdict"], .text("n = \(kind.shown.count), "),
                .inline("strong", [:], .text(kind.headline))),
        ]
        if !kind.shown.isEmpty { parts.append(figure(kind)) }
        parts.append(facts(kind))
        parts.append(list(kind.notes))
        if !kind.shown.isEmpty {
            parts += [.inline("h3", [:], .text("Every drill")), drills(kind)]
        }
        if !kind.pairs.isEmpty { parts += pairs(kind) }
        return .block("section", ["id": kind.series.kind.rawValue], parts)
    }

    private var closing: [Markup] {
        let entries = ReadingGuide.entries.flatMap { entry in
            [
                Markup.inline("dt", [:], .text(entry.term)),
                .inline("dd", [:], .text(entry.text)),
            ]
        }
        return [
            .block(
                "section", ["class": "guide", "id": "guide"],
                [.inline("h2", [:], .text(ReadingGuide.title)), .block("dl", [:], entries)]),
            .inline(
                "footer", [:],
                .text(
                    "Written by drilld on "
                        + trend.now.formatted(in: trend.zone, precision: .seconds)
                        + " from the recorded timelines. Every duration names its two end points.")),
        ]
    }
}

extension TrendPage {
    private func figure(_ kind: KindTrend) -> Markup {
        let dates = (
            first: kind.shown.first.map { date($0.scheduled) } ?? "",
            last: kind.shown.last.map { date($0.scheduled) } ?? ""
        )
        let hollow =
            kind.summary.censoredCount == 0
            ? ""
            : " A hollow triangle took longer than where it stands, if need be at the upper edge."
        return .block(
            "figure", [:],
            [
                DotPlotSVG(kind, dates: dates).markup,
                .inline(
                    "figcaption", [:],
                    .text(
                        "\(kind.series.metric.rawValue) (\(kind.series.metric.endPoints)), one dot "
                            + "per drill, oldest left.\(hollow)")),
            ])
    }

    private func facts(_ kind: KindTrend) -> Markup {
        .block(
            "dl", ["class": "facts"],
            kind.facts.flatMap { fact in
                [
                    Markup.inline("dt", [:], .text(fact.name)),
                    .inline("dd", [:], .joined(fact.value.map(piece))),
                ]
            })
    }

    private func list(_ sentences: [String]) -> Markup {
        .block("ul", ["class": "notes"], sentences.map { .inline("li", [:], .text($0)) })
    }

    private func drills(_ kind: KindTrend) -> Markup {
        let rows = kind.shown.enumerated().map { index, point -> Markup in
            .inline(
                "tr", [:], number(.words("\(index + 1)")), cell(.text(point.run.text), "name"),
                cell(.text(date(point.scheduled)), "number"),
                number(.number(point.amount, exact: point.seconds)),
                number(point.target.map { .duration($0.seconds) }),
                cell(.text(point.targetVerdict)), cell(.text(point.stress), "name"),
                cell(.text(point.remark)))
        }
        let names = [
            ("#", true), ("run", false), ("scheduled", true),
            (kind.series.metric.rawValue, true), ("target", true), ("within", false),
            ("stress", false), ("remark", false),
        ]
        return table("Every \(kind.series.kind.rawValue) drill", names, rows)
    }

    private func pairs(_ kind: KindTrend) -> [Markup] {
        let rows = kind.pairs.map { pair -> Markup in
            .inline(
                "tr", [:], cell(.text(pair.child.run.text), "name"),
                cell(.text(pair.parent.run.text), "name"),
                number(
                    pair.changeInSeconds.map { .number(pair.outcome, exact: $0) }
                        ?? .words(pair.outcome)),
                cell(.text(pair.changes.joined(separator: ", ")), "long"))
        }
        let names = [
            ("cycle", false), ("made from", false), ("change", true), ("what differs", false),
        ]
        return [
            .inline("h3", [:], .text("Each cycle beside the one it was made from")),
            .inline("p", [:], .text(kind.pairSentence + ".")),
            table("Pairs of \(kind.series.kind.rawValue) cycles", names, rows),
        ]
    }

    /// A table that scrolls by itself where the screen is narrow.
    private func table(
        _ label: String, _ names: [(name: String, isNumber: Bool)], _ rows: [Markup]
    ) -> Markup {
        let heads = names.map { name, isNumber in
            Markup.inline(
                "th", ["scope": "col", "class": isNumber ? "number" : "word"], .text(name))
        }
        return .block(
            "div", ["class": "wide", "role": "region", "aria-label": label, "tabindex": "0"],
            [
                .block(
                    "table", [:],
                    [
                        .block("thead", [:], [.inline("tr", [:], .joined(heads))]),
                        .block("tbody", [:], rows),
                    ])
            ])
    }

    private func cell(_ content: Markup, _ style: String = "word") -> Markup {
        .inline("td", ["class": style], content)
    }

    private func number(_ value: Fact.Piece?) -> Markup {
        cell(value.map(piece) ?? .text("–"), "number")
    }

    private func piece(_ piece: Fact.Piece) -> Markup {
        switch piece {
        case .words(let text): .text(text)
        case .number(let text, let exact): .inline("data", ["value": "\(exact)"], .text(text))
        }
    }

    private func date(_ instant: WallInstant) -> String {
        "\(CivilDate(of: instant, in: trend.zone))"
    }
}
