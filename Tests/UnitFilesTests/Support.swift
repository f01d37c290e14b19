import Foundation
import Testing
import UnitFiles

/// A parsed text with its problems, so that a test is one expression.
struct Parsed {
    let file: UnitFile
    var problems: [Problem] = []

    init(_ text: String, name: String = "t.calendar", path: String = "t.calendar") {
        self.init(bytes: Array(text.utf8), name: name, path: path)
    }

    init(bytes: [UInt8], name: String = "t.calendar", path: String = "t.calendar") {
        var problems: [Problem] = []
        file = UnitFile.parse(bytes, name: name, path: path, into: &problems)
        self.problems = problems
    }

    /// The problems as they are printed.
    var lines: [String] { problems.map(\.description) }
}

extension UnitFile {
    /// The first section; a test that needs one fails without it.
    func firstSection() throws -> Section { try #require(sections.first) }
}

/// A generator that a seed determines.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// One of the elements; nil if there are none.
    mutating func element<Element>(of elements: [Element]) -> Element? {
        elements.randomElement(using: &self)
    }

    mutating func number(below limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }
}

/// A folder of its own for one test, removed with it.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "unit-files-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }  // left to the system's cleaning

    func write(_ text: String, to file: String) throws {
        try write(Data(text.utf8), to: file)
    }

    func write(_ data: Data, to file: String) throws {
        let url = URL(fileURLWithPath: "\(path)/\(file)")
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url)
    }

    func link(_ file: String, to destination: String) throws {
        let url = URL(fileURLWithPath: "\(path)/\(file)")
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: url.path, withDestinationPath: destination)
    }
}

/// Compares a text with the recorded one; `RECORD_GOLDEN=1` records it and fails.
func expectGolden(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        try text.write(
            to: folder.appendingPathComponent("Data/\(name)"), atomically: true, encoding: .utf8)
        Issue.record("recorded \(name)", sourceLocation: sourceLocation)
        return
    }
    let url = try #require(Bundle.module.url(forResource: "Data/\(name)", withExtension: nil))
    #expect(try String(contentsOf: url, encoding: .utf8) == text, sourceLocation: sourceLocation)
}
