import CalendarTime
import Foundation
import Testing

/// One row of a table of calendar facts under `Data/`.
struct Fact: Sendable, CustomTestStringConvertible {
    let kind: String
    let input: String
    let argument: String
    let zone: String
    let expected: String
    let testDescription: String
}

extension Fact {
    /// The rows of a table, without its head; the escapes of the file are undone.
    static func table(_ name: String) throws -> [Fact] {
        let url = Bundle.module.url(forResource: "Data/\(name)", withExtension: "tsv")
        guard let url else { throw CocoaError(.fileNoSuchFile) }
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        return lines.filter { !$0.hasPrefix("kind\t") }.map { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
                .map { unescape(String($0)) }
            let hasZone = cells.count > 4
            return Fact(
                kind: cells[0], input: cells[1], argument: cells[2], zone: hasZone ? cells[3] : "",
                expected: hasZone ? cells[4] : cells[3], testDescription: String(line))
        }
    }

    private static func unescape(_ cell: String) -> String {
        var result = ""
        var rest = cell[...]
        while let slash = rest.firstIndex(of: "\\") {
            result += rest[..<slash]
            rest = rest[rest.index(after: slash)...]
            for (code, text) in [("x20", " "), ("n", "\n"), ("t", "\t"), ("\\", "\\")]
            where rest.hasPrefix(code) {
                result += text
                rest = rest.dropFirst(code.count)
                break
            }
        }
        return result + rest
    }

    /// The zone of the row's process; `UTC` and `(unset)` both mean UTC.
    var rules: TimeZoneRules {
        ["", "UTC", "(unset)"].contains(zone) ? .utc : zones.localZone(variable: zone)
    }
}

/// The zones that the tests share.
let zones = ZoneDatabase()

extension WallInstant {
    /// The instant that ends in those microseconds.
    init(_ microseconds: Int64) { self.init(microsecondsSinceEpoch: microseconds) }
}
