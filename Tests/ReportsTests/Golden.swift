import Foundation
import Testing

/// Compares a text with the file that holds it; with `RECORD_GOLDEN` set the file is rewritten.
func expectGolden(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Data").appendingPathComponent(name)
    guard ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == nil else {
        try Data(text.utf8).write(to: file)
        Issue.record("recorded \(name)", sourceLocation: sourceLocation)
        return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    #expect(text == expected, sourceLocation: sourceLocation)
}
