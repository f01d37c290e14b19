import Foundation
import Testing

/// Compares a text people read with its file in `Data`; `RECORD_GOLDEN=1` rewrites it and fails.
func expectGolden(_ text: String, _ name: String, folder: String = #filePath) throws {
    let file = URL(fileURLWithPath: folder).deletingLastPathComponent()
        .appendingPathComponent("Data/\(name)")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
        try text.write(to: file, atomically: true, encoding: .utf8)
        Issue.record("recorded \(name); read the difference and run again without RECORD_GOLDEN")
    }
    let url = try #require(Bundle.module.url(forResource: "Data/\(name)", withExtension: nil))
    #expect(try String(contentsOf: url, encoding: .utf8) == text)
}
