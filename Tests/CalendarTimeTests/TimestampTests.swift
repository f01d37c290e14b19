import CalendarTime
import Testing

@Suite("A timestamp")
struct TimestampTests {
    /// Sat 2026-11-21 01:27:53.100000 UTC
    private let now = WallInstant(1_795_224_473_100_000)

    @Test(
        "is read as systemd 252 does",
        arguments: [
            ("2012-11-23 11:12:13", "UTC", 1_353_669_133_000_000),
            ("Fri 2012-11-23 11:12:13", "Europe/Berlin", 1_353_665_533_000_000),
            ("fri 2012-11-23", "America/New_York", 1_353_646_800_000_000),
            ("12-11-23 11:12", "UTC", 1_353_669_120_000_000),
            ("2012-11-23 11:12:13.5 UTC", "Europe/Berlin", 1_353_669_133_500_000),
            ("2012-11-23 11:12:13.123456789", "UTC", 1_353_669_133_123_457),
            ("2012-11-23 11:12:60", "Europe/Berlin", 1_353_665_580_000_000),
            ("  2012-11-23   11:12 ", "UTC", 1_353_669_120_000_000),
            ("now", "UTC", 1_795_224_473_100_000),
            ("today", "America/New_York", 1_795_150_800_000_000),
            ("tomorrow", "Europe/Berlin", 1_795_302_000_000_000),
            ("yesterday UTC", "Europe/Berlin", 1_795_132_800_000_000),
            ("11:12", "America/New_York", 1_795_191_120_000_000),
            ("23:59:59", "Europe/Berlin", 1_795_301_999_000_000),
            ("70-01-02", "America/New_York", 104_400_000_000),
            ("68-01-01", "UTC", 3_092_601_600_000_000),
            ("@1493187147.5", "Europe/Berlin", 1_493_187_147_500_000),
            ("2 hours ago", "UTC", 1_795_217_273_100_000),
            ("1week left", "UTC", 1_795_829_273_100_000),
            ("+1h 30min", "UTC", 1_795_229_873_100_000),
            ("-5min", "UTC", 1_795_224_173_100_000),
            // A missing reading counts on from before the gap.
            ("2026-03-29 02:30", "Europe/Berlin", 1_774_747_800_000_000),
            ("2026-03-29 02:30 Europe/Berlin", "UTC", 1_774_747_800_000_000),
        ] as [(String, String, Int64)])
    func reads(text: String, zone: String, expected: Int64) throws {
        let rules = zones.localZone(variable: zone)
        let instant = try WallInstant(parsing: text, now: now, in: rules, zones: zones)
        #expect(instant == WallInstant(expected))
    }

    @Test(
        "that is none is refused in words",
        arguments: [
            ("", "a timestamp is missing; write for example '2027-01-05 14:00' or 'now'"),
            (
                "soon",
                "'soon' is not a timestamp; write for example '2027-01-05 14:00', 'today' or '+1h'"
            ),
            (
                "2027-01-05T14:00",
                "'2027-01-05T14:00' is not a timestamp; write for example "
                    + "'2027-01-05 14:00', 'today' or '+1h'"
            ),
            ("2027-02-30", "there is no day '2027-02-30' in the calendar; check month and day"),
            ("2027-01-05 24:00", "'24:00' is no time of day; write 00:00:00 to 23:59:59"),
            ("Mon 2027-01-05", "'Mon 2027-01-05' is a Tuesday; write that weekday or leave it out"),
            (
                "14:00 Europe/Berln",
                "unknown time zone 'Europe/Berln'; did you mean 'Europe/Berlin'?"
            ),
            ("+5 mni", "unknown time unit 'mni'; did you mean 'min'?"),
            (
                "@-1",
                "'@-1' is not a timestamp; write for example '2027-01-05 14:00', 'today' or '+1h'"
            ),
        ])
    func explains(text: String, message: String) {
        let error = #expect(throws: WallInstant.ParseError.self) {
            try WallInstant(parsing: text, now: now, in: .utc, zones: zones)
        }
        #expect(error?.description == message)
    }

    @Test("is printed with its weekday and zone, and a fraction when it has one")
    func prints() throws {
        let berlin = try zones.zone(named: "Europe/Berlin")
        let instant = WallInstant(1_799_154_000_500_000)
        #expect(instant.formatted(in: berlin) == "Tue 2027-01-05 14:00:00.500000 CET")
        #expect(instant.formatted(in: berlin, precision: .seconds) == "Tue 2027-01-05 14:00:00 CET")
        #expect(
            WallInstant(-1).formatted(in: .utc, precision: .microseconds)
                == "Wed 1969-12-31 23:59:59.999999 UTC")
        #expect(
            WallInstant(-1).formatted(in: .utc, precision: .seconds)
                == "Wed 1969-12-31 23:59:59 UTC")
    }

    @Test(
        "is put in words beside now",
        arguments: [
            (0, "now"), (1, "1us left"), (-1_500, "1ms ago"), (59_999_999, "59s left"),
            (60_000_000, "1min 0s left"), (299_000_000, "4min 59s left"),
            (300_000_000, "5min left"),
            (3_600_000_000, "1h 0min left"), (21_599_000_000, "5h 59min left"),
            (21_600_000_000, "6h left"), (86_400_000_000, "24h left"),
            (90_000_000_000, "1 day 1h left"),
            (172_799_000_000, "1 day 23h left"), (172_800_000_000, "2 days left"),
            (604_800_000_000, "1 week 0 days left"), (-691_200_000_000, "1 week 1 day ago"),
            (2_629_800_000_000, "1 month 0 days left"), (-5_346_000_000_000, "2 months 1 day ago"),
            (31_557_600_000_000, "1 year 0 months left"),
            (68_374_800_000_000, "2 years 2 months left"),
        ] as [(Int64, String)])
    func relates(distance: Int64, text: String) {
        #expect(now.advanced(byMicroseconds: distance).relativeText(to: now) == text)
    }
}
