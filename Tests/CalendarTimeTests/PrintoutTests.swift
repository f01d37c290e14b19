import CalendarTime
import Foundation
import Testing

@Suite("A printout")
struct PrintoutTests {
    /// What systemd 252 printed once, and when.
    struct Recording: Sendable, CustomTestStringConvertible {
        let zone, now, base, iterations, expression, output: String
        var testDescription: String { "\(expression) \(zone) \(base) \(iterations)" }

        static func all() throws -> [Recording] {
            let url = Bundle.module.url(forResource: "Data/analyze-252", withExtension: "tsv")
            guard let url else { throw CocoaError(.fileNoSuchFile) }
            let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
            return lines.dropFirst().map { line in
                let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
                    .map(String.init)
                return Recording(
                    zone: cells[0], now: cells[1], base: cells[2], iterations: cells[3],
                    expression: cells[4],
                    output: cells[5].replacingOccurrences(of: "\\n", with: "\n"))
            }
        }
    }

    @Test("of calendar expressions equals systemd's to the byte", arguments: try Recording.all())
    func equalsSystemd(recording: Recording) throws {
        let zone = zones.localZone(variable: recording.zone)
        let now = WallInstant(try #require(Int64(recording.now)))
        let base =
            try recording.base.isEmpty
            ? nil : WallInstant(parsing: recording.base, now: now, in: zone)
        let printout = Printout.calendar(
            [recording.expression], iterations: try #require(Int(recording.iterations)),
            base: base, now: now, in: zone, zones: zones)
        #expect(printout == Printout(text: recording.output, problems: []))
    }

    @Test("of several expressions goes on after a wrong one")
    func goesOn() {
        let printout = Printout.calendar(
            ["weekly", "wekly", "daily"], now: WallInstant(1_795_219_200_000_000), in: .utc)
        #expect(
            printout.text == """
                  Original form: weekly
                Normalized form: Mon *-*-* 00:00:00
                    Next elapse: Mon 2026-11-23 00:00:00 UTC
                       From now: 2 days left


                  Original form: daily
                Normalized form: *-*-* 00:00:00
                    Next elapse: Sun 2026-11-22 00:00:00 UTC
                       From now: 24h left

                """)
        #expect(
            printout.problems == [
                "cannot read calendar expression 'wekly': "
                    + "unknown word 'wekly'; did you mean 'weekly'?"
            ])
        #expect(printout.status == 1)
    }

    @Test("of time spans equals systemd's and stops at the first wrong one")
    func printsSpans() {
        let printout = Printout.timeSpans(["5min", "infinity", "5 foo", "3"])
        #expect(
            printout.text == """
                Original: 5min
                      μs: 300000000
                   Human: 5min

                Original: infinity
                      μs: 18446744073709551615
                   Human: infinity


                """)
        #expect(
            printout.problems == [
                "cannot read time span '5 foo': unknown time unit 'foo'; "
                    + "use us, ms, s, min, h, d, w, M or y"
            ])
        #expect(Printout.timeSpans(["1.5ms"]).text.hasSuffix("   Human: 1.500ms\n"))
    }
}
