/// The style of the HTML report: it stands in the file itself, so that nothing else is needed.
enum TrendStyle {
    static let sheet = """
        :root { color-scheme: light dark; \(TrendPalette.light.declarations) }
        @media (prefers-color-scheme: dark) { :root { \(TrendPalette.dark.declarations) } }
        @media print { :root { color-scheme: light; \(TrendPalette.light.declarations) } }
        \(page)
        \(tables)
        \(plots)
        \(screens)
        """

    private static let page = """
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); \
        font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; \
        font-variant-numeric: tabular-nums; }
        main { max-width: 47rem; margin: 0 auto; padding: 3rem 1.25rem 4rem; }
        h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .3rem; font-weight: 600; \
        letter-spacing: -.01em; }
        h2 { font-size: 1.35rem; line-height: 1.25; margin: 0; font-weight: 600; }
        h3 { font-size: 1rem; margin: 1.75rem 0 .5rem; font-weight: 600; }
        p { margin: .4rem 0; }
        section { margin-top: 3rem; padding-top: 1.5rem; border-top: 1px solid var(--rule); }
        .quiet { color: var(--quiet); }
        .verdict { margin: .2rem 0 1rem; color: var(--quiet); }
        .verdict strong { color: var(--accent); font-weight: 600; }
        dl.facts { display: grid; grid-template-columns: 9.5rem 1fr; gap: .2rem 1rem; margin: 1rem 0; }
        dt { color: var(--quiet); }
        dd { margin: 0; overflow-wrap: anywhere; }
        ul { margin: .5rem 0; padding-left: 1.2rem; }
        li { margin: .2rem 0; }
        .guide dt { color: var(--ink); font-weight: 600; margin-top: .9rem; }
        .guide dl { margin: .5rem 0 0; }
        footer { margin-top: 3rem; font-size: .875rem; color: var(--quiet); }
        """

    private static let tables = """
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; }
        th, td { text-align: left; padding: .4rem .9rem .4rem 0; vertical-align: top; \
        border-bottom: 1px solid var(--rule); }
        th { font-weight: 600; color: var(--quiet); white-space: nowrap; }
        td.number, th.number { text-align: right; white-space: nowrap; }
        td.name { overflow-wrap: anywhere; min-width: 9rem; }
        td.long { min-width: 13rem; }
        tr > :last-child { padding-right: 0; }
        """

    private static let plots = """
        figure { margin: 1.25rem 0; }
        figcaption { font-size: .875rem; color: var(--quiet); }
        svg { display: block; width: 100%; max-width: 42rem; height: auto; }
        svg text { font-size: 11px; fill: var(--quiet); }
        svg .grid { stroke: var(--rule); stroke-width: 1; }
        svg .target { stroke: var(--quiet); stroke-width: 1.25; stroke-dasharray: 4 3; fill: none; }
        svg .median { stroke: var(--accent); stroke-width: 1.25; }
        svg .dot { fill: var(--accent); }
        svg .open { fill: var(--paper); stroke: var(--accent); stroke-width: 1.75; }
        svg .value { fill: var(--ink); stroke: var(--paper); stroke-width: 3; \
        paint-order: stroke; stroke-linejoin: round; }
        svg .strong { fill: var(--accent); }
        """

    private static let screens = """
        @media (max-width: 36rem) {
          main { padding: 1.75rem 1rem 3rem; }
          h1 { font-size: 1.6rem; }
          dl.facts { grid-template-columns: 1fr; gap: 0; }
          dl.facts dd { margin-bottom: .5rem; }
          svg text { font-size: 14px; }
          table { font-size: .85rem; }
          th, td { padding-right: .6rem; }
          td.name { min-width: 6.5rem; }
        }
        @page { size: A4; margin: 18mm 16mm; }
        @media print {
          body { font-size: 10.5pt; background: none; }
          main { max-width: none; padding: 0; }
          section { margin-top: 2rem; }
          figure, tr, .guide dd { break-inside: avoid; }
          h2, h3, dt { break-after: avoid; }
          .wide { overflow: visible; }
        }
        """
}
