import CalendarTime
import Testing

@Suite("A calendar expression that is none")
struct CalendarErrorTests {
    @Test(
        "is refused with what to write instead",
        arguments: [
            ("", "a calendar expression is missing; write for example 'Tue 14:00' or 'weekly'"),
            ("   ", "a calendar expression is missing; write for example 'Tue 14:00' or 'weekly'"),
            (" UTC", "' UTC' names a zone but no time; write for example 'daily UTC'"),
            (" daily", "' daily' has spaces at an end; leave them out"),
            ("daily ", "'daily ' has spaces at an end; leave them out"),
            ("weekyl", "unknown word 'weekyl'; did you mean 'weekly'?"),
            ("Monda 10:00", "unknown word 'Monda'; did you mean 'Monday'?"),
            ("Mon..Fry 10:00", "unknown word 'Fry'; did you mean 'Fri'?"),
            (
                "sometimes",
                "unknown word 'sometimes'; write a weekday such as 'Tue', a shorthand such as "
                    + "'weekly', or a date and time such as '*-*-01 14:00'"
            ),
            (
                "10:00 Europe/Berln",
                "unknown time zone 'Europe/Berln'; did you mean 'Europe/Berlin'?"
            ),
            (
                "10:00 europe/berlin",
                "unknown time zone 'europe/berlin'; did you mean 'Europe/Berlin'?"
            ),
            (
                "11:00 CEST",
                "'CEST' does not say which place's clocks are meant; "
                    + "write 'UTC' or a name such as 'Europe/Berlin'"
            ),
            ("Fri..Mon 10:00", "weekdays 'Fri..Mon' run past Sunday; write 'Fri..Sun,Mon'"),
            ("Mon.. 10:00", "weekdays 'Mon..' have no end; write for example 'Mon..Fri'"),
            (
                "*-*-x 10:00",
                "expected a number or '*' at 'x 10:00' in '*-*-x 10:00'; "
                    + "write for example '*-*-01 14:00'"
            ),
            ("99999999999:00", "number '99999999999' is too great; write a smaller one"),
            ("@88588582097858858", "number '88588582097858858' is too great; write a smaller one"),
            ("7", "'7' is neither a date nor a time; write '7:00' for a time of day"),
            ("2026-11-20 10", "'10' is neither a date nor a time; write '10:00' for a time of day"),
            (
                "10:00:00:00",
                "':00' does not belong there in '10:00:00:00'; "
                    + "write weekdays, date, time, zone, such as 'Tue *-*-01..07 14:00 UTC'"
            ),
            (
                "2026-11-20T10:00",
                "'T10:00' does not belong there in '2026-11-20T10:00'; "
                    + "write weekdays, date, time, zone, such as 'Tue *-*-01..07 14:00 UTC'"
            ),
            (
                "10:",
                "'10:' breaks off; write weekdays, date, time, zone, such as "
                    + "'Tue *-*-01..07 14:00 UTC'"
            ),
            ("*:0/0", "a repetition of 0 never moves on; write a step of at least 1 after '/'"),
            (
                "0:0:1.1..1.5",
                "range '1.1..1.5' is shorter than a second; add a step such as '/0.1'"
            ),
            ("*-13-01", "month 13 is out of range; write 1 to 12"),
            ("25:00", "hour 25 is out of range; write 0 to 23"),
            ("10:00:75.5", "second 75.500000 is out of range; write 0 to 59"),
            ("2200-01-01", "year 2200 is out of range; write 1970 to 2199"),
            ("*-*~29", "day counted from the end of the month 29 is out of range; write 1 to 28"),
            (
                "*-*~02,08,18,21",
                "day 21 from the end of the month is member 4 of its list, where systemd "
                    + "takes at most 19; write the list as several expressions"
            ),
            ("17..9:00", "hour range 17..9 ends before it begins; write 9..17"),
            (
                "20/4:00",
                "hour 20/4 never repeats within its limits (0 to 23); "
                    + "write a smaller step or leave '/4' out"
            ),
            (
                "*-*~5/5",
                "day counted from the end of the month 5/5 never repeats within its limits "
                    + "(1 to 28); write a smaller step or leave '/5' out"
            ),
        ])
    func explains(text: String, message: String) {
        let error = #expect(throws: CalendarExpression.ParseError.self) {
            try CalendarExpression(parsing: text, zones: zones)
        }
        #expect(error?.description == message)
    }

    @Test("because its lists are endless is refused at once")
    func refusesEndlessLists() {
        let list = Array(repeating: "1", count: 241).joined(separator: ",")
        let error = #expect(throws: CalendarExpression.ParseError.self) {
            try CalendarExpression(parsing: "\(list):00")
        }
        #expect(
            error?.description
                == "a list has more than 240 parts; write ranges or a repetition")
        let long = #expect(throws: CalendarExpression.ParseError.self) {
            try CalendarExpression(parsing: String(repeating: "1,", count: 3_000))
        }
        #expect(
            long?.description
                == "the calendar expression is longer than 4096 bytes; split it into several")
    }

    @Test("made of any bytes is read or refused, and ends", arguments: 0..<300 as Range<UInt64>)
    func survivesNoise(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("0123456789*-:,./~@ MonTueUTCé\u{0}")
        let length = Int.random(in: 1...24, using: &random)
        let text = String((0..<length).map { _ in alphabet.randomElement(using: &random) ?? "*" })
        // Most noise is refused; what is read must print a form that reads the same.
        guard let expression = try? CalendarExpression(parsing: text) else { return }
        #expect((try? CalendarExpression(parsing: expression.description)) == expression)
    }
}
