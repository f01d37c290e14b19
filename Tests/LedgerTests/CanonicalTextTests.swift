import CalendarTime
import Drills
import Foundation
import Ledger
import Samples
import Testing

@Suite("The text of an event")
struct CanonicalTextTests {
    /// What every ledger holds so far.
    private static func encoded(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    @Test(
        "is what JSONEncoder writes, for every event of a run", arguments: 0..<400 as Range<UInt64>)
    func matchesForRuns(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let event = RunEvent.random(using: &random)
        let written = try #require(try CanonicalText.written(event))
        #expect(String(decoding: written, as: UTF8.self) == (try Self.encoded(event)))
    }

    @Test("is what JSONEncoder writes, for a plan and a whole storm")
    func matchesForPlans() throws {
        let events = SampleStorm.timeline.entries.map(\.event) + [.opened(plan: .sample())]
        for event in events {
            let written = try #require(try CanonicalText.written(event))
            #expect(String(decoding: written, as: UTF8.self) == (try Self.encoded(event)))
        }
    }

    @Test(
        "is what JSONEncoder writes, for every event of the daemon",
        arguments: [
            .missed(drill: "a", scheduled: moment(0).wall, reason: "two\nlines\t\"quoted\" \\ é 🌩"),
            .haltPulled(by: "", reason: "http://a/b?c=d\r\u{7F}\u{2028}"),
            .faultForgotten(fault: "a.b", by: "z", second: "y", reason: "x"),
            .reloadRefused(problems: -1, first: ""), .reloaded(drills: .max),
            .daemonStarted(bootID: "b", version: "0"),
        ] as [OperationalEvent])
    func matchesForTheDaemon(event: OperationalEvent) throws {
        let written = try #require(try CanonicalText.written(event))
        #expect(String(decoding: written, as: UTF8.self) == (try Self.encoded(event)))
    }

    /// Objects that come out of order and in each other, lists, nothing, and the ends of the numbers.
    private struct Nest: Encodable {
        var zebra: [[String: Int]] = [["b": 1, "a": 2, "ab": 3], [:]]
        var apple: [Int8?] = [nil, .min, .max]
        var Mango: [String: [String: Bool]] = ["y": ["z": true, "c": false], "a b!": [:]]
        var largest = UInt64.max
        var smallest = Int64.min
        var empty: [String] = []
        var none: String?
        var inner: [[[Int]]] = [[[1, 2], []], []]
    }

    @Test("is what JSONEncoder writes, for every character of the basic plane")
    func matchesForCharacters() throws {
        let text = String(String.UnicodeScalarView((0..<0xD7FF).compactMap(Unicode.Scalar.init)))
        let written = try #require(try CanonicalText.written([text]))
        #expect(String(decoding: written, as: UTF8.self) == (try Self.encoded([text])))
    }

    @Test("is what JSONEncoder writes, however values are nested")
    func matchesForNests() throws {
        let written = try #require(try CanonicalText.written(Nest()))
        #expect(String(decoding: written, as: UTF8.self) == (try Self.encoded(Nest())))
    }

    private enum Unusual: Encodable, CaseIterable, CustomTestStringConvertible {
        case fraction, date, key, nothing

        func encode(to encoder: any Encoder) throws {
            var list = encoder.unkeyedContainer()
            switch self {
            case .fraction: try list.encode(1.5)
            case .date: try list.encode(Date(timeIntervalSince1970: 1))
            case .key: try list.encode(["é": 1, "z": 2])
            case .nothing: try list.encode(Empty())
            }
        }

        private struct Empty: Encodable {
            func encode(to encoder: any Encoder) {}
        }

        var testDescription: String { "\(self)" }
    }

    @Test("is left to JSONEncoder where it is unusual", arguments: Unusual.allCases)
    private func leavesTheRest(value: Unusual) throws {
        #expect(try CanonicalText.written(value) == nil)
        guard value != .nothing else { return }
        let bytes = try CanonicalText.bytes(of: value)
        #expect(String(decoding: bytes, as: UTF8.self) == (try Self.encoded(value)))
    }
}
