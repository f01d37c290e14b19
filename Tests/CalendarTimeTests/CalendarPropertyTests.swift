import CalendarTime
import Testing

@Suite("Elapses of random expressions")
struct CalendarPropertyTests {
    /// Zones with a second near which their clocks change.
    private static let changes: [(zone: String, second: Int64)] = [
        ("Europe/Berlin", 1_774_746_000), ("Europe/Berlin", 1_792_890_000),
        ("America/New_York", 1_772_953_200), ("America/New_York", 1_793_512_800),
        ("Europe/Dublin", 1_774_746_000), ("Europe/Dublin", 1_792_890_000),
        ("Australia/Lord_Howe", 1_775_314_800), ("Australia/Lord_Howe", 1_791_041_400),
        ("America/Sao_Paulo", 1_541_300_400), ("America/Sao_Paulo", 1_518_919_200),
        ("Pacific/Apia", 1_325_239_200), ("Asia/Kolkata", 1_709_164_800), ("UTC", 1_709_164_800),
    ]

    /// A zone, and an instant within hours or days of a change of its clocks.
    private static func scene(
        _ random: inout SeededGenerator
    ) throws -> (zone: TimeZoneRules, start: WallInstant) {
        let change = changes[.random(in: changes.indices, using: &random)]
        let reach: Int64 = Bool.random(using: &random) ? 5_400 : 200_000
        let second = change.second + .random(in: -reach...reach, using: &random)
        return (try zones.zone(named: change.zone), WallInstant(second * 1_000_000))
    }

    @Test("agree with a scan of every minute", arguments: 0..<400 as Range<UInt64>)
    func agreeWithScan(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let model = CalendarModel.random(using: &random)
        let (zone, start) = try Self.scene(&random)
        let end = start.advanced(by: .seconds(3 * 86_400))
        let expression = try CalendarExpression(parsing: model.text)
        let found = Array(expression.occurrences(after: start, through: end, in: zone))
        #expect(found == model.scan(after: start, through: end, in: zone), "\(model.text)")
    }

    @Test(
        "come later than asked, in order, and miss nothing in between",
        arguments: 0..<200 as Range<UInt64>)
    func areMonotone(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let expression = try CalendarExpression(parsing: CalendarModel.random(using: &random).text)
        let (zone, start) = try Self.scene(&random)
        guard let next = expression.next(after: start, in: zone) else { return }
        #expect(next > start)
        #expect(expression.next(after: next.advanced(byMicroseconds: -1), in: zone) == next)
        let between = start.advanced(
            byMicroseconds: .random(in: 0..<(next - start), using: &random))
        #expect(expression.next(after: between, in: zone) == next)
        if let later = expression.next(after: next, in: zone) { #expect(later > next) }
    }

    @Test("print a normal form that reads the same", arguments: 0..<300 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let expression = try CalendarExpression(parsing: CalendarModel.random(using: &random).text)
        let again = try CalendarExpression(parsing: expression.description)
        #expect(again == expression)
        #expect(again.description == expression.description)
    }

    @Test(
        "that never come are found out by bounded work",
        arguments: [
            "*-02-30", "*-04-31", "Mon 2027-01-05", "2020-02-29 12:00",
            "Sun 2027-02-29 *:*:0/0.000001",
        ])
    func neverCome(text: String) throws {
        let expression = try CalendarExpression(parsing: text)
        let start = WallInstant(1_795_219_200_000_000)
        #expect(expression.next(after: start, in: try zones.zone(named: "Europe/Berlin")) == nil)
    }

    @Test(
        "stay to the microsecond",
        arguments: [
            ("*:*:0/0.000001", 1_795_219_200_000_000, 1_795_219_200_000_001),
            ("*:*:0.5/1.5", 1_795_219_200_500_000, 1_795_219_202_000_000),
            ("*:*:59.999999", 1_795_219_200_000_000, 1_795_219_259_999_999),
            ("2026-11-21 00:00:00.000001", 1_795_219_200_000_000, 1_795_219_200_000_001),
            ("00:00", 1_795_219_199_999_999, 1_795_219_200_000_000),
            ("00:00", 1_795_219_200_000_000, 1_795_305_600_000_000),
            ("1970-01-01", -1, 0), ("2199-12-31 23:59:59", 0, 7_258_118_399_000_000),
            ("daily", Int64.min, 0),
        ] as [(String, Int64, Int64)])
    func stayExact(text: String, after: Int64, expected: Int64) throws {
        let expression = try CalendarExpression(parsing: text)
        #expect(expression.next(after: WallInstant(after), in: .utc) == WallInstant(expected))
    }

    @Test("end with the year 2199")
    func end() throws {
        let daily = try CalendarExpression(parsing: "daily")
        #expect(daily.next(after: WallInstant(7_258_118_399_000_000), in: .utc) == nil)
        #expect(
            daily.next(after: WallInstant(.max), in: try zones.zone(named: "Europe/Berlin")) == nil)
    }
}
