import CalendarTime
import Testing

@Suite("A time span")
struct TimeSpanTests {
    @Test("reads and prints as systemd 252 does", arguments: try Fact.table("timespans"))
    func agreesWithSystemd(fact: Fact) throws {
        switch (fact.kind, Int64(fact.expected)) {
        case ("format", _):
            let accuracy = TimeSpan(microseconds: try #require(Int64(fact.argument)))
            let span = TimeSpan(microseconds: try #require(Int64(fact.input)))
            #expect(span.formatted(accuracy: accuracy) == fact.expected)
        case (_, let microseconds?):
            #expect(try TimeSpan(parsing: fact.input).microseconds == microseconds)
        case (_, nil) where fact.expected == "infinity":
            #expect(try TimeSpan(parsing: fact.input) == .infinity)
        default:
            #expect(throws: TimeSpan.ParseError.self) { try TimeSpan(parsing: fact.input) }
        }
    }

    @Test("counts a bare number in the unit asked for")
    func countsDefaultUnit() throws {
        #expect(try TimeSpan(parsing: "5", defaultUnit: .minutes(1)) == .minutes(5))
        #expect(try TimeSpan(parsing: "1.5 3s", defaultUnit: .minutes(1)) == .seconds(93))
    }

    @Test(
        "says what is wrong and what to write",
        arguments: [
            ("", "a time span is missing; write for example '5min' or '1h 30min'"),
            ("5 mni", "unknown time unit 'mni'; did you mean 'min'?"),
            ("5 fortnights", "unknown time unit 'fortnights'; use us, ms, s, min, h, d, w, M or y"),
            (
                "soon",
                "'soon' has no number where one is needed; write for example '5min' or '2.5s'"
            ),
            ("5.", "'5.' has no number where one is needed; write for example '5min' or '2.5s'"),
            ("1h -5min", "time span '1h -5min' is negative; write it without the minus sign"),
            (
                "infinity 1s",
                "time span 'infinity 1s' adds something to infinity; write 'infinity' alone"
            ),
            ("300000y", "time span '300000y' is too long; write 'infinity' or at most 290000y"),
        ])
    func explains(text: String, message: String) {
        let error = #expect(throws: TimeSpan.ParseError.self) { try TimeSpan(parsing: text) }
        #expect(error?.description == message)
    }

    @Test("survives printing and reading", arguments: 0..<300 as Range<UInt64>)
    func roundTrips(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let span = TimeSpan(
            microseconds: Int64.random(
                in: 0...(1 << Int64.random(in: 1...55, using: &random)), using: &random))
        // systemd prints years and months that its own reader takes back to the same microsecond.
        #expect(try TimeSpan(parsing: span.description) == span)
    }
}
