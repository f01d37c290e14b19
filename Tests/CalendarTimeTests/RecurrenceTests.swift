import CalendarTime
import Testing

@Suite("A recurrence every n weeks")
struct RecurrenceTests {
    @Test("keeps to the weeks of its anchor, before it and after it")
    func keepsWeeks() throws {
        let recurrence = Recurrence(
            try CalendarExpression(parsing: "Tue,Thu 14:00 Europe/Berlin", zones: zones),
            cycle: try WeekCycle(parsing: "2 from 2027-01-06"))
        var instant = try WallInstant(parsing: "2026-12-20", now: WallInstant(0), in: .utc)
        var found: [String] = []
        for _ in 0..<6 {
            instant = try #require(recurrence.next(after: instant, in: .utc))
            found.append(instant.formatted(in: .utc))
        }
        #expect(
            found == [
                "Tue 2026-12-22 13:00:00 UTC", "Thu 2026-12-24 13:00:00 UTC",
                "Tue 2027-01-05 13:00:00 UTC", "Thu 2027-01-07 13:00:00 UTC",
                "Tue 2027-01-19 13:00:00 UTC", "Thu 2027-01-21 13:00:00 UTC",
            ])
        #expect(
            recurrence.description
                == "Tue,Thu *-*-* 14:00:00 Europe/Berlin, every 2 weeks from 2027-01-06")
    }

    @Test("agrees with a filter over all elapses", arguments: 0..<60 as Range<UInt64>)
    func agreesWithFilter(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let expression = try CalendarExpression(
            parsing: ["02:30", "Mon *-*-* 00:00", "*-*-1/3 05:00", "Sat,Sun 12:00"]
                .randomElement(using: &random) ?? "daily")
        let anchor = CivilDate(daysSinceEpoch: .random(in: 18_000...23_000, using: &random))
        let cycle = try WeekCycle(weeks: .random(in: 1...9, using: &random), anchor: anchor)
        let zone = try zones.zone(named: "Europe/Berlin")
        let start = WallInstant(
            .random(in: 1_700_000_000_000_000...1_800_000_000_000_000, using: &random))
        let end = start.advanced(by: .seconds(86_400 * 200))
        let expected = expression.occurrences(after: start, through: end, in: zone)
            .filter { cycle.contains(CivilDate(of: $0, in: zone)) }
        let recurrence = Recurrence(expression, cycle: cycle)
        let found = sequence(state: start) { last -> WallInstant? in
            guard let next = recurrence.next(after: last, in: zone), next <= end else { return nil }
            last = next
            return next
        }
        #expect(Array(found) == expected)
    }

    @Test("that can never elapse ends soon")
    func ends() throws {
        // No leap day up to 2199 that is a Monday lies in a week of this cycle.
        let expression = try CalendarExpression(parsing: "Mon *-02-29")
        let cycle = try WeekCycle(weeks: 520, anchor: try CivilDate(parsing: "2027-01-04"))
        let never = Recurrence(expression, cycle: cycle)
        #expect(never.next(after: WallInstant(0), in: .utc) == nil)
    }

    @Test(
        "is refused in words when its weeks are none",
        arguments: ["0 from 2027-01-04", "2", "-2 from 2027-01-04", "two from 2027-01-04"])
    func explains(text: String) {
        let error = #expect(throws: DateError.self) { try WeekCycle(parsing: text) }
        #expect(
            error?.description
                == "'\(text)' is not a cycle of weeks; write for example '2 from 2027-01-04'")
    }
}
