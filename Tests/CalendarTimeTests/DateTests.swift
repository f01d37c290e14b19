import CalendarTime
import Testing

@Suite("A date")
struct DateTests {
    @Test("counts its days as the calendar does, for eight centuries")
    func countsDays() throws {
        var expected = try #require(CivilDate(year: 1600, month: 1, day: 1))
        for day in expected.daysSinceEpoch..<(expected.daysSinceEpoch + 292_194) {
            let date = CivilDate(daysSinceEpoch: day)
            guard date == expected, date.daysSinceEpoch == day else {
                Issue.record("day \(day) is \(date), not \(expected)")
                return
            }
            expected =
                CivilDate(year: date.year, month: date.month, day: date.day + 1)
                ?? CivilDate(year: date.year, month: date.month + 1, day: 1)
                ?? CivilDate(daysSinceEpoch: CivilDate.newYear(date.year + 1))
        }
        #expect(expected.description == "2400-01-01")
        #expect(try CivilDate(parsing: "2026-11-21").weekday == 5)
    }

    @Test(
        "is refused in words when it is none",
        arguments: [
            ("2027-3-1x", "'2027-3-1x' is not a date; write it as '2027-03-29'"),
            ("27-03-29", "'27-03-29' is not a date; write it as '2027-03-29'"),
            ("2027-02-29", "there is no day '2027-02-29' in the calendar; check month and day"),
        ])
    func explains(text: String, message: String) {
        let error = #expect(throws: DateError.self) { try CivilDate(parsing: text) }
        #expect(error?.description == message)
    }

    @Test("range holds its first and its last day, by the clocks of the zone")
    func holdsEnds() throws {
        let range = try DateRange(parsing: "2027-03-29..2027-04-02")
        let berlin = try zones.zone(named: "Europe/Berlin")
        let instants = range.instants(in: berlin)
        #expect(instants.lowerBound.formatted(in: berlin) == "Mon 2027-03-29 00:00:00 CEST")
        #expect(instants.upperBound.formatted(in: berlin) == "Sat 2027-04-03 00:00:00 CEST")
        #expect(range.contains(instants.lowerBound, in: berlin))
        #expect(!range.contains(instants.lowerBound, in: .utc))
        #expect(!range.contains(instants.lowerBound.advanced(byMicroseconds: -1), in: berlin))
        #expect(range.contains(instants.upperBound.advanced(byMicroseconds: -1), in: berlin))
        #expect(!range.contains(instants.upperBound, in: berlin))
        #expect(range.description == "2027-03-29..2027-04-02")
        #expect(try DateRange(parsing: "2027-03-29").description == "2027-03-29")
    }

    @Test(
        "range is refused in words when it is none",
        arguments: [
            (
                "2027-04-02..2027-03-29",
                "range '2027-04-02..2027-03-29' ends before it begins; "
                    + "write '2027-03-29..2027-04-02'"
            ),
            (
                "2027-04-02..",
                "'2027-04-02..' is not a range of dates; "
                    + "write for example '2027-03-29..2027-04-02'"
            ),
            (
                "2027-04-02 to 2027-05-01",
                "'2027-04-02 to 2027-05-01' is not a date; "
                    + "write it as '2027-03-29'"
            ),
        ])
    func explainsRange(text: String, message: String) {
        let error = #expect(throws: DateError.self) { try DateRange(parsing: text) }
        #expect(error?.description == message)
    }

    @Test("range over a midnight that is missing begins after the gap")
    func beginsAfterGap() throws {
        let zone = try zones.zone(named: "America/Sao_Paulo")
        let range = try DateRange(parsing: "2018-11-04")
        #expect(
            range.instants(in: zone).lowerBound.formatted(in: zone) == "Sun 2018-11-04 01:00:00 -02"
        )
    }

    @Test("quarter holds three months")
    func quarters() throws {
        let quarter = try Quarter(parsing: "2027-Q1")
        #expect(
            quarter.instants(in: .utc).lowerBound.formatted(in: .utc)
                == "Fri 2027-01-01 00:00:00 UTC")
        #expect(
            quarter.instants(in: .utc).upperBound.formatted(in: .utc)
                == "Thu 2027-04-01 00:00:00 UTC")
        #expect(try Quarter(parsing: "2026-q4").next == quarter)
        #expect(Quarter(of: try CivilDate(parsing: "2027-03-31")) == quarter)
        let error = #expect(throws: DateError.self) { try Quarter(parsing: "2027-Q5") }
        #expect(error?.description == "'2027-Q5' is not a quarter; write for example '2027-Q1'")
    }
}

extension CivilDate {
    /// The days from 1970 to a New Year's Day, counted without help.
    static func newYear(_ year: Int) -> Int64 {
        let years = year > 1970 ? Array(1970..<year) : Array(year..<1970)
        let days = years.reduce(0) {
            $0 + ($1 % 4 == 0 && ($1 % 100 != 0 || $1 % 400 == 0) ? 366 : 365)
        }
        return Int64(year > 1970 ? days : -days)
    }
}
