import CalendarTime
import Drills
import Foundation
import Reports
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("The HTML of a trend report")
struct TrendPageTests {
    @Test("is well-formed and needs nothing from elsewhere", arguments: SmallHistory.all.indices)
    func wellFormed(index: Int) throws {
        try check(SampleHistory.trend(SmallHistory.all[index].drills))
    }

    @Test("stays well-formed whatever names hold", arguments: 0..<100 as Range<UInt64>)
    func hostileNames(seed: UInt64) throws {
        var random = Draw(seed: seed)
        let drills = (1...random.below(40)).map { cycle in
            SampleDrill(
                cycle: cycle, seconds: random.below(4) == 1 ? nil : Double(random.below(9_000)) / 7,
                resolve: 2_000, stress: random.hostileText(), parent: random.below(cycle + 1),
                name: DrillName(random.hostileText()), campaign: random.hostileText())
        }
        try check(SampleHistory.trend(drills, window: 4 + random.below(28)))
    }

    @Test("shows the numbers that the JSON has", arguments: [4, 8, 12])
    func sameNumbers(window: Int) throws {
        let trend = SampleHistory.trend(SampleHistory.year, window: window)
        let page = try check(trend)
        let json = try JSONDecoder().decode(Answer.self, from: Data(TrendJSON(trend).text.utf8))
        for kind in json.kinds {
            let shown = try #require(page.numbers[kind.kind])
            #expect(shown.contains(Double(kind.n)))
            let figures = [
                kind.median?.seconds, kind.mttr.mean?.seconds, kind.mttr.median?.seconds,
                kind.pDecline, kind.pRise, kind.pDecline.map { _ in kind.s },
                kind.pDecline.flatMap { _ in kind.theilSenSlope },
            ]
            for figure in figures.compactMap({ $0 }) {
                #expect(shown.contains(figure), "\(kind.kind) lacks \(figure)")
            }
            for drill in kind.drills {
                #expect(shown.contains(drill.seconds), "\(drill.run) lacks its duration")
            }
        }
    }

    @Test("draws one sign for each drill, a hollow one for a censored drill")
    func signs() throws {
        let page = try check(SampleHistory.trend(SampleHistory.year))
        #expect(page.count(of: "circle", "dot") == 7 + 2)
        #expect(page.count(of: "path", "open") == 1 + 1)
    }

    @Test("has contrast enough for everyone", arguments: [TrendPalette.light, .dark])
    func contrast(palette: TrendPalette) {
        for text in [palette.ink, palette.quiet, palette.accent] {
            #expect(contrastRatio(text, palette.paper) >= 4.5, "\(text) on \(palette.paper)")
        }
    }

    @discardableResult
    private func check(_ trend: RunTrend) throws -> Page {
        let text = TrendHTML(trend).text
        let page = Page()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = page
        let isRead = parser.parse()
        #expect(isRead, "line \(parser.lineNumber) is not well-formed")
        #expect(page.elements.contains { $0.name == "h1" })
        for element in page.elements {
            #expect(!["script", "img", "link", "iframe", "a"].contains(element.name))
            #expect(element.attributes.keys.allSatisfy { !["src", "href", "style"].contains($0) })
            #expect(element.name != "svg" || element.attributes["aria-label"]?.isEmpty == false)
        }
        #expect(!text.contains("url("))
        return page
    }
}

/// The keys of the JSON that are promised.
private struct Answer: Decodable {
    let kinds: [Kind]

    struct Kind: Decodable {
        let kind: String
        let n: Int
        let s: Double
        let pDecline: Double?
        let pRise: Double?
        let median: Estimate?
        let theilSenSlope: Double?
        let mttr: Mean
        let drills: [Drill]
    }

    struct Mean: Decodable {
        let n: Int
        let mean: Estimate?
        let median: Estimate?
    }

    struct Estimate: Decodable {
        let seconds: Double
    }

    struct Drill: Decodable {
        let run: String
        let seconds: Double
    }
}

/// The elements of a page, and the exact numbers of each section.
private final class Page: NSObject, XMLParserDelegate {
    var elements: [(name: String, attributes: [String: String])] = []
    var numbers: [String: [Double]] = [:]
    private var section = ""

    func count(of name: String, _ style: String) -> Int {
        elements.count { $0.name == name && $0.attributes["class"] == style }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String] = [:]
    ) {
        elements.append((name, attributes))
        if name == "section", let id = attributes["id"] { section = id }
        if name == "data", let number = attributes["value"].flatMap(Double.init) {
            numbers[section, default: []].append(number)
        }
    }
}

/// The contrast of two colours as WCAG 2 defines it, from 1 to 21.
private func contrastRatio(_ one: String, _ other: String) -> Double {
    func luminance(_ colour: String) -> Double {
        let bits = Int(colour.dropFirst(), radix: 16) ?? 0
        let parts = [bits >> 16, bits >> 8 & 0xFF, bits & 0xFF].map { byte -> Double in
            let share = Double(byte) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
    let (light, dark) = (
        max(luminance(one), luminance(other)), min(luminance(one), luminance(other))
    )
    return (light + 0.05) / (dark + 0.05)
}
