import CalendarTime
import Drills
import Foundation
import Reports
import Samples
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("A drawing of a run")
struct TimelineDrawingTests {
    @Test("is as recorded")
    func golden() throws {
        let drawing = try #require(TimelineDrawing(SampleStorm.timeline))
        try expectGolden(drawing.svg + "\n", "timeline.svg")
    }

    @Test("goes up to now while the run is open")
    func open() throws {
        let steps = SampleStorm.story.filter { $0.second < 130 }
        let now = Moment(
            wall: WallInstant(microsecondsSinceEpoch: 200_000_000),
            boot: BootInstant(microsecondsSinceBoot: 300_000_000))
        let drawing = try #require(TimelineDrawing(SampleStorm.timeline(steps), now: now))
        try expectGolden(drawing.svg + "\n", "timeline-open.svg")
    }

    @Test("does not exist for an empty timeline")
    func empty() {
        #expect(TimelineDrawing(Timeline(entries: [])) == nil)
    }

    @Test("has no script and no style of its own, and says in words what it shows")
    func selfContained() throws {
        let svg = try #require(TimelineDrawing(SampleStorm.timeline)).svg
        for forbidden in ["<script", "style=", "href", "url("] {
            #expect(!svg.contains(forbidden))
        }
        #expect(svg.contains("<title>Timeline of storm-staging-4</title>"))
        #expect(svg.contains("fault replication for 12min 52s"))
    }

    @Test("is well-formed whatever the texts are", arguments: 0..<50 as Range<UInt64>)
    func wellFormed(seed: UInt64) throws {
        var draw = Draw(seed: seed)
        let steps: [SampleStorm.Step] = (1...20).map { second in
            (
                Double(second * draw.below(40)),
                .checkpointOpened(number: second, reason: draw.hostileText())
            )
        }
        let svg = try #require(TimelineDrawing(SampleStorm.timeline(steps))).svg
        let parser = XMLParser(data: Data(svg.utf8))
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
    }
}
