import Reports
import Testing

@Suite("A trend report")
struct TrendGoldenTests {
    private let year = SampleHistory.trend(SampleHistory.year)

    @Test("reads in a terminal as recorded")
    func text() throws {
        try expectGolden(TrendText(year).text, "trend.txt")
    }

    @Test("is one HTML file as recorded")
    func html() throws {
        try expectGolden(TrendHTML(year).text, "trend.html")
    }

    @Test("has the same contents without the page around them")
    func fragment() {
        let report = TrendHTML(year)
        #expect(report.text.contains("<main>\n\(report.fragment)</main>"))
        #expect(!report.fragment.contains("<html") && !report.fragment.contains("<style"))
        #expect(report.text.contains(TrendHTML.styleSheet))
    }

    @Test("is a table as recorded")
    func csv() throws {
        try expectGolden(TrendCSV(year).text, "trend.csv")
    }

    @Test("is JSON as recorded")
    func json() throws {
        try expectGolden(TrendJSON(year).text, "trend.json")
    }

    @Test("says what it can for few, censored and no drills")
    func edges() throws {
        let reports = SmallHistory.all.map { history in
            "== \(history.name)\n"
                + TrendText(SampleHistory.trend(history.drills), withGuide: false).text
        }
        try expectGolden(reports.joined(separator: "\n"), "edges.txt")
    }
}

/// Histories at the edges of what can be said.
enum SmallHistory {
    static let all: [(name: String, drills: [SampleDrill])] = [
        ("no drill at all", []),
        ("one drill", [SampleDrill(cycle: 1, seconds: 200, resolve: 300)]),
        ("three drills", (1...3).map { SampleDrill(cycle: $0, seconds: 100, resolve: 200) }),
        ("four equal drills", (1...4).map { SampleDrill(cycle: $0, seconds: 100, resolve: 200) }),
        (
            "all censored",
            (1...5).map { SampleDrill(cycle: $0, outcome: .censored(reason: "late")) }
        ),
        (
            "without an injection",
            (1...2).map { SampleDrill(cycle: $0, isInjected: false) }
        ),
    ]
}
