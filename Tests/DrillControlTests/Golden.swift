import Foundation
import Testing

/// Compares a text with the file that holds it; with `RECORD_GOLDEN` set the file is rewritten.
func expectGolden(
    _ text: String, at file: URL, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    guard ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == nil else {
        try Data(text.utf8).write(to: file)
        Issue.record("recorded \(file.lastPathComponent)", sourceLocation: sourceLocation)
        return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    #expect(text == expected, sourceLocation: sourceLocation)
}

/// The folder of these tests in the repository, even when they are built through a link.
private let testFolder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent()

/// The texts that people read, in the source tree, so that recordings land there.
let dataFolder = testFolder.appending(path: "Data")

/// The text scripts of the command line.
let scriptFolder = testFolder.deletingLastPathComponent().appending(path: "CLI")
