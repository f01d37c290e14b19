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

    @Test("that are too many are refused, unless only the last are looked at")
    func refusesTooMany() throws {
        let text = (1...501).map { "\($0)\n" }.joined()
        let error = try #require(throws: DurationList.ParseError.self) {
            try DurationList(parsing: text)
        }
        #expect(
            error.description
                == "1:1: 501 durations are too many; give the last 500 or fewer, or look at fewer "
                + "with --window")
        #expect(try DurationList(parsing: text, window: 3).seconds == [499, 500, 501])
        #expect(try DurationList(parsing: "1\n2", window: 3).seconds == [1, 2])
    }

    @Test("in one endless line are refused without reading it")
    func refusesALongLine() throws {
        let error = try #require(throws: DurationList.ParseError.self) {
            try DurationList(parsing: "1\n" + String(repeating: "1 ", count: 2_100_000) + "\n2")
        }
        #expect(
            error.description
                == "2:1: a line of 4200000 bytes is no duration; write one duration a line")
    }

    @Test(
        "say what they cannot tell",
        arguments: [
            ([1, 2, 3], ["at least 4 durations are needed for a verdict"]),
            (
                [10, 12, 9, 11, 10, 12, 9, 11],
                [
                    "no detectable change, level",
                    "a true −10 %/drill would be called with probability ≥ 0.80 (8 drills, spread "
                        + "0.25, measured 0.14)",
                ]
            ),
            // No logarithm of a duration that took no time.
            ([0, 2, 1, 2], ["no detectable change"]),
        ] as [([Double], [String])])
    func notes(durations: [Double], notes: [String]) {
        #expect(PlainTrend(durations).notes == notes)
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
