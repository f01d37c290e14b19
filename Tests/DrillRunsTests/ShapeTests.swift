import CalendarTime
import DrillRuns
import Drills
import Foundation
import Samples
import Testing

@Suite("A run, drawn second by second")
struct ShapeTests {
    @Test("ends as it must", arguments: Shape.all)
    func ends(shape: Shape) {
        var edges = SimulatedEdges(shape.plan, in: shape.world)
        #expect(edges.runToTheEnd() == shape.outcome)
    }

    @Test("looks like the golden drawings")
    func looksLikeTheGoldenDrawings() throws {
        let drawn = Shape.all.map { shape in
            var edges = SimulatedEdges(shape.plan, in: shape.world)
            _ = edges.runToTheEnd()
            return "\(shape.name)\n\(Drawing(edges.entries).text)\n"
        }.joined(separator: "\n")
        try Golden("shapes").expect(drawn)
    }
}

/// A text that people read, kept beside the tests; `RECORD_GOLDEN=1` rewrites it and fails.
struct Golden {
    private let file: URL

    init(_ name: String, from source: String = #filePath) {
        file = URL(fileURLWithPath: source).deletingLastPathComponent()
            .appendingPathComponent("Data/\(name).golden")
    }

    func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
            try text.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("recorded \(file.lastPathComponent)", sourceLocation: sourceLocation)
        }
        let golden = try String(contentsOf: file, encoding: .utf8)
        #expect(text == golden, sourceLocation: sourceLocation)
    }
}
