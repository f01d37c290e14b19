import Foundation
import Testing
import Trends

@Suite("Plain durations")
struct PlainTrendTests {
    @Test("are read one a line, with comments and blank lines")
    func reads() throws {
        let list = try DurationList(
            parsing: "# minutes 1-4\n312\n\n 298.5 # after the fix\r\n007\n0")
        #expect(list.seconds == [312, 298.5, 7, 0])
        #expect(try DurationList(parsing: "").seconds.isEmpty)
    }

    @Test("that are wrong are all reported with line and column")
    func reportsProblems() throws {
        let error = try #require(throws: DurationList.ParseError.self) {
            try DurationList(parsing: "12\n  5min\n-3\n1 2\n1e3\nnan\n.5\n1,5")
        }
        #expect(
            error.description == """
                2:3: '5min' is no duration; write seconds as a plain number, for example '312.5'
                3:1: '-3' is negative; a duration is 0 or more seconds
                4:1: several numbers on one line; write one duration a line
                5:1: '1e3' is no duration; write seconds as a plain number, for example '312.5'
                6:1: 'nan' is no duration; write seconds as a plain number, for example '312.5'
                7:1: '.5' is no duration; write seconds as a plain number, for example '312.5'
                8:1: '1,5' is no duration; write seconds as a plain number, for example '312.5'
                """)
    }

    @Test("that are too many are refused")
    func refusesTooMany() throws {
        let error = try #require(throws: DurationList.ParseError.self) {
            try DurationList(parsing: String(repeating: "1\n", count: 501))
        }
        #expect(
            error.description
                == "1:1: 501 durations are too many; give the last 500 or fewer, for example with "
                + "--window=500")
    }

    @Test("may be many more than are looked at")
    func window() throws {
        let text = (1...2_000).map { "\($0)\n" }.joined()
        let list = try DurationList(parsing: text, window: 100)
        #expect(list.seconds == (1_901...2_000).map(Double.init))
        #expect(try DurationList(parsing: "1\n2", window: 1_000).seconds == [1, 2])
    }

    @Test("end their lines in any way", arguments: ["\n", "\r\n", "\r"])
    func lineEnds(end: String) throws {
        let list = try DurationList(parsing: ["1", "", "2", ""].joined(separator: end))
        #expect(list.seconds == [1, 2])
        let error = try #require(throws: DurationList.ParseError.self) {
            try DurationList(parsing: ["1", "", "x"].joined(separator: end))
        }
        #expect(error.problems.map(\.line) == [3])
    }

    @Test("are not looked for in one huge line, which is refused at once", .timeLimit(.minutes(1)))
    func hugeLine() throws {
        let error = try #require(throws: DurationList.ParseError.self) {
            try DurationList(parsing: String(repeating: "1 ", count: 4_000_000) + "\n2")
        }
        #expect(
            error.description == "1:1: the line is 8000000 bytes long; write one duration a line")
    }

    @Test("are told one by one where they are wrong, and counted where they are very many")
    func manyProblems() throws {
        let error = try #require(throws: DurationList.ParseError.self) {
            try DurationList(parsing: String(repeating: "x\n", count: 102))
        }
        #expect(error.problems.count == 100)
        #expect(error.rest == "and 2 more lines that cannot be read")
        #expect(error.description.hasSuffix("\nand 2 more lines that cannot be read"))
    }

    @Test(
        "say beside the numbers what these cannot show",
        arguments: [
            ([9, 8, 7], ["at least 4 durations are needed for a verdict"]),
            (
                [9, 8, 7, 8],
                [
                    "no detectable change, leaning down 21 %",
                    "4 durations: only a run of 4 falls would count",
                    "at least 6 durations are needed for an interval",
                    "a true −10 %/step would be called with probability ≈ 0.61 "
                        + "(4 durations, spread 0.07, which so few hardly show)",
                ]
            ),
            ([6, 0, 6, 7, 6, 6], ["no detectable change"]),
            (
                [9, 8, 7, 6, 5, 4],
                [
                    "a true −10 %/step would be called with probability > 0.99 "
                        + "(6 durations, spread 0.04)"
                ]
            ),
        ] as [([Double], [String])])
    func notes(values: [Double], notes: [String]) {
        #expect(PlainTrend(values).notes == notes)
    }

    @Test("have an interval from six on and a p90 from 29 on", arguments: [5, 6, 28, 29])
    func intervals(count: Int) {
        let trend = PlainTrend((1...count).map(Double.init))
        #expect((trend.medianInterval != nil) == (count >= 6))
        #expect((trend.p90 != nil) == (count >= 29))
    }

    @Test(
        "make an answer with exactly the promised keys",
        arguments: [
            (
                [],
                #"{"mean":null,"median":null,"n":0,"pDecline":null,"pRise":null,"s":0,"#
                    + #""theilSenSlope":null,"verdict":"not enough data"}"#
            ),
            (
                [20],
                #"{"mean":20,"median":20,"n":1,"pDecline":1,"pRise":1,"s":0,"#
                    + #""theilSenSlope":null,"verdict":"not enough data"}"#
            ),
            (
                [1, 3],
                #"{"mean":2,"median":2,"n":2,"pDecline":1,"pRise":0.5,"s":1,"#
                    + #""theilSenSlope":2,"verdict":"not enough data"}"#
            ),
        ] as [([Double], String)])
    func encodes(values: [Double], json: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(PlainTrend(values))
        #expect(String(decoding: data, as: UTF8.self) == json)
    }

    @Test(
        "are improving, flat or drifting",
        arguments: [
            ([9, 8, 7, 6], Verdict.improving), ([9, 8, 7, 8], .flat), ([6, 7, 8, 9], .drifting),
            ([9, 8, 7], .insufficient),
        ] as [([Double], Verdict)])
    func verdicts(values: [Double], verdict: Verdict) {
        #expect(PlainTrend(values).verdict == verdict)
    }
}
