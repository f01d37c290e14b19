import DrillControl
import Drills
import Foundation
import Samples
import Testing

@Suite("What programs read of a value")
struct PlainJSONTests {
    private enum Sample: Encodable {
        case bare
        case one(Int)
        case two(String, [Sample])
        case named(late: Int)
        case mixed(Int, why: String)
    }

    /// The answer that a command would print, on a line.
    private func written(_ value: some Encodable) throws -> String {
        try text(value).split(whereSeparator: \.isWhitespace).joined()
    }

    private func text(_ value: some Encodable) throws -> String {
        let path = "/tmp/plain-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data().write(to: URL(filePath: path))
        let file = try #require(FileHandle(forWritingAtPath: path))
        try Output(answers: file.fileDescriptor).write(json: value)
        return try String(contentsOfFile: path, encoding: .utf8)
    }

    @Test("names no case by a place")
    func cases() throws {
        #expect(try written([Sample.bare, .one(5)]) == #"[{"bare":{}},{"one":5}]"#)
        #expect(
            try written(Sample.mixed(5, why: "late")) == #"{"mixed":{"value":5,"why":"late"}}"#)
        #expect(
            try written(Sample.two("a", [.named(late: 1)]))
                == #"{"two":["a",[{"named":{"late":1}}]]}"#)
    }

    @Test("keeps every number as it is")
    func numbers() throws {
        #expect(
            try written([UInt64.max, UInt64(Int64.max), 0])
                == "[18446744073709551615,9223372036854775807,0]")
        #expect(try written([Int64.min, -1]) == "[-9223372036854775808,-1]")
        #expect(try written([0.1, -2.5, 1e300]) == "[0.1,-2.5,1e+300]")
    }

    @Test("is the same as what was recorded but for that")
    func timeline() throws {
        let timeline = SampleStorm.timeline
        let plain = try written(timeline)
        #expect(!plain.contains(#""_"#))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let recorded = String(decoding: try encoder.encode(timeline), as: UTF8.self)
        #expect(recorded.contains(#""_0""#))
        #expect(recorded.count(of: #""boot""#) == plain.count(of: #""boot""#))
    }

    @Test("shows what became of each page of a storm")
    func storm() throws {
        let storm = try #require(StormRecord(SampleStorm.timeline))
        try expectGolden(try text(storm), at: dataFolder.appending(path: "storm.json"))
    }
}

extension String {
    fileprivate func count(of word: String) -> Int { ranges(of: word).count }
}
