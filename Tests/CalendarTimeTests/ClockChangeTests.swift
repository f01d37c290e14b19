import CalendarTime
import Testing

@Suite("A change of the clocks")
struct ClockChangeTests {
    /// Sat 2026-11-21 00:00:00 UTC, and two years on.
    private let start = WallInstant(1_795_219_200_000_000)
    private let end = WallInstant(1_858_291_200_000_000)

    @Test(
        "is said where it hits an expression, in a sentence",
        arguments: [
            (
                "02:30", "Europe/Berlin",
                [
                    "Sun 2027-03-28 02:30:00 is skipped in Europe/Berlin: "
                        + "the clocks go forward from 02:00:00 to 03:00:00",
                    "Sun 2027-10-31 02:30:00 occurs twice in Europe/Berlin and elapses the first time only: "
                        + "the clocks go back from 03:00:00 to 02:00:00",
                    "Sun 2028-03-26 02:30:00 is skipped in Europe/Berlin: "
                        + "the clocks go forward from 02:00:00 to 03:00:00",
                    "Sun 2028-10-29 02:30:00 occurs twice in Europe/Berlin and elapses the first time only: "
                        + "the clocks go back from 03:00:00 to 02:00:00",
                ]
            ),
            (
                "2027-03-14 *:0/20 America/New_York", "UTC",
                [
                    "3 occurrences from Sun 2027-03-14 02:00:00 to 02:40:00 are skipped in "
                        + "America/New_York: the clocks go forward from 02:00:00 to 03:00:00"
                ]
            ),
            ("14:00", "Europe/Berlin", []),
            ("03:00", "Europe/Berlin", []),
            ("Mon 02:30", "Europe/Berlin", []),
            ("02:30", "UTC", []),
        ])
    func isSaid(text: String, zone: String, notes: [String]) throws {
        let expression = try CalendarExpression(parsing: text, zones: zones)
        let found = expression.dstNotes(
            from: start, through: end, in: try zones.zone(named: zone))
        #expect(found.map(\.description) == notes)
    }

    @Test("counts no more readings than its limit")
    func isBounded() throws {
        let expression = try CalendarExpression(parsing: "*:*:0/0.001")
        let notes = expression.dstNotes(
            from: start, through: end, in: try zones.zone(named: "Europe/Berlin"))
        #expect(notes.map(\.count) == [10_000, 10_000, 10_000, 10_000])
        #expect(
            notes.first?.description
                == "Sun 2027-03-28 02:00:00 and at least 9999 more are skipped "
                + "in Europe/Berlin: the clocks go forward from 02:00:00 to 03:00:00")
    }

    @Test(
        "lets no reading elapse twice, and none that the clocks skip",
        arguments: [
            ("2026-03-29 02:30", "Europe/Berlin", 0), ("2026-10-25 02:30", "Europe/Berlin", 1),
            ("2011-12-30 12:00", "Pacific/Apia", 0), ("2026-04-05 01:45", "Australia/Lord_Howe", 1),
            ("2026-10-04 02:15", "Australia/Lord_Howe", 0),
            ("2026-10-04 02:30", "Australia/Lord_Howe", 1),
            ("2018-11-04 00:00", "America/Sao_Paulo", 0), ("2026-10-25 01:15", "Europe/Dublin", 1),
        ])
    func elapsesOnce(text: String, zone: String, count: Int) throws {
        let expression = try CalendarExpression(parsing: text)
        let zone = try zones.zone(named: zone)
        let all = expression.occurrences(
            after: WallInstant(0), through: WallInstant(.max), in: zone)
        #expect(Array(all).count == count)
        #expect(expression.firesEver(in: zone) == (count > 0))
    }
}
