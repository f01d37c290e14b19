import CalendarTime
import Testing

@Suite("A calendar expression")
struct CalendarFactTests {
    @Test(
        "elapses, prints and is refused as in systemd's own tests",
        arguments: try Fact.table("systemd-tests"))
    func agreesWithSystemdTests(fact: Fact) throws { try check(fact) }

    @Test(
        "elapses, prints and is refused as systemd 252 does",
        arguments: try Fact.table("oracle-252"))
    func agreesWithOracle(fact: Fact) throws { try check(fact) }

    @Test(
        "elapses by the clock on the wall where systemd 252 does not",
        arguments: [
            // The hour after a gap is found, where systemd gives up with EDEADLK.
            ("02/4:30", 1_772_940_600_000_000, "America/New_York", 1_772_965_800_000_000),
            ("02/4:30", 1_774_733_400_000_000, "Europe/Berlin", 1_774_758_600_000_000),
            ("02/4:30", 1_774_737_000_000_000, "Europe/London", 1_774_747_800_000_000),
            ("02/4:30", 1_541_295_000_000_000, "America/Sao_Paulo", 1_541_305_800_000_000),
            ("02/4:30", 1_774_737_000_000_000, "Europe/Dublin", 1_774_747_800_000_000),
            ("02/4:00", 1_772_945_100_000_000, "America/New_York", 1_772_964_000_000_000),
            ("02/12:00", 1_772_945_100_000_000, "America/New_York", 1_772_992_800_000_000),
            ("01/4:30", 1_774_741_500_000_000, "Europe/London", 1_774_758_600_000_000),
            ("02/12:00", 1_774_737_900_000_000, "Europe/Berlin", 1_774_785_600_000_000),
            // Summer time is the standard time of Dublin; its hours count like any other zone's.
            ("01..03:15", 1_774_735_200_000_000, "Europe/Dublin", 1_774_746_900_000_000),
            // The first elapse after a whole missing day is found.
            ("*:4/25", 1_325_238_840_000_000, "Pacific/Apia", 1_325_239_440_000_000),
            // A search that begins in the second pass of a repeated hour ends after it.
            ("*:44", 1_792_891_745_000_000, "Europe/Dublin", 1_792_896_240_000_000),
            // Each reading of a repeated hour elapses once, the first time.
            ("minutely", 1_793_512_770_000_000, "America/New_York", 1_793_516_400_000_000),
            ("hourly", 1_793_509_200_000_000, "America/New_York", 1_793_516_400_000_000),
            ("*:0/30", 1_793_511_000_000_000, "America/New_York", 1_793_516_400_000_000),
            ("minutely", 1_792_889_970_000_000, "Europe/Berlin", 1_792_893_600_000_000),
            ("hourly", 1_792_886_400_000_000, "Europe/Berlin", 1_792_893_600_000_000),
            // A fixed time that the clocks skip is skipped, and said in a note.
            ("02:30", 1_772_946_000_000_000, "America/New_York", 1_773_037_800_000_000),
            ("02:30", 1_774_738_800_000_000, "Europe/Berlin", 1_774_830_600_000_000),
            ("01:30", 1_774_742_400_000_000, "Europe/London", 1_774_830_600_000_000),
        ] as [(String, Int64, String, Int64)])
    func decidesQuirks(text: String, from: Int64, zone: String, expected: Int64) throws {
        let expression = try CalendarExpression(parsing: text)
        let next = expression.next(after: WallInstant(from), in: try zones.zone(named: zone))
        #expect(next == WallInstant(expected))
    }

    @Test("of each known quirk is decided")
    func decidesAllQuirks() throws { #expect(try Fact.table("quirks-252").count == 18) }

    private func check(_ fact: Fact) throws {
        switch fact.kind {
        case "normalize":
            let expression = try CalendarExpression(parsing: fact.input, zones: zones)
            #expect(expression.description == fact.expected)
            #expect(try CalendarExpression(parsing: fact.expected, zones: zones) == expression)
        case "next":
            let expression = try CalendarExpression(parsing: fact.input, zones: zones)
            let start = WallInstant(try #require(Int64(fact.argument)))
            let next = expression.next(after: start, in: fact.rules)
            #expect(next.map { String($0.microsecondsSinceEpoch) } ?? "never" == fact.expected)
        default:
            #expect(fact.kind == "invalid")
            #expect(throws: CalendarExpression.ParseError.self) {
                try CalendarExpression(parsing: fact.input, zones: zones)
            }
        }
    }
}
