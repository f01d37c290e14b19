import CalendarTime
import Foundation
import Testing

@Suite("A time zone")
struct ZoneTests {
    @Test(
        "knows its offset at any time, far ahead too",
        arguments: [
            ("Europe/Berlin", "2026-07-01 00:00", 7_200, "CEST"),
            ("Europe/Berlin", "2190-01-01 00:00", 3_600, "CET"),
            ("Europe/Berlin", "2190-07-01 00:00", 7_200, "CEST"),
            ("Europe/Berlin", "3190-07-01 00:00", 7_200, "CEST"),
            ("America/New_York", "2100-07-04 00:00", -14_400, "EDT"),
            ("Europe/Dublin", "2026-07-01 00:00", 3_600, "IST"),
            ("Asia/Kolkata", "2050-01-01 00:00", 19_800, "IST"),
            ("Australia/Lord_Howe", "2120-01-01 00:00", 39_600, "+11"),
            ("America/Sao_Paulo", "2018-12-01 00:00", -7_200, "-02"),
            ("UTC", "2026-07-01 00:00", 0, "UTC"),
        ] as [(String, String, Int64, String)])
    func knowsOffsets(name: String, time: String, seconds: Int64, abbreviation: String) throws {
        let zone = try zones.zone(named: name)
        let instant = try WallInstant(parsing: time, now: WallInstant(0), in: .utc)
        #expect(zone.offset(at: instant).seconds == seconds)
        #expect(zone.offset(at: instant).abbreviation == abbreviation)
    }

    @Test(
        "agrees with its own rule 400 years on", arguments: ["Europe/Berlin", "Pacific/Auckland"])
    func repeatsItself(name: String) throws {
        let zone = try zones.zone(named: name)
        for day in stride(from: Int64(30_000), to: 40_000, by: 1) {
            let instant = WallInstant(day * 86_400_000_000)
            let later = instant.advanced(byMicroseconds: 146_097 * 86_400_000_000)
            #expect(zone.offset(at: instant) == zone.offset(at: later))
        }
    }

    @Test(
        "that does not exist is refused with a suggestion",
        arguments: [
            ("Europe/Berln", "unknown time zone 'Europe/Berln'; did you mean 'Europe/Berlin'?"),
            ("Berlin", "unknown time zone 'Berlin'; did you mean 'Europe/Berlin'?"),
            ("europe/berlin", "unknown time zone 'europe/berlin'; did you mean 'Europe/Berlin'?"),
            (
                "Nowhere/Atall",
                "unknown time zone 'Nowhere/Atall'; write 'UTC' or a name such as 'Europe/Berlin'"
            ),
            (
                "../../../etc/passwd",
                "unknown time zone '../../../etc/passwd'; "
                    + "write 'UTC' or a name such as 'Europe/Berlin'"
            ),
            (
                "/usr/share/zoneinfo/Europe/Berlin",
                "unknown time zone '/usr/share/zoneinfo/Europe/Berlin'; "
                    + "write 'UTC' or a name such as 'Europe/Berlin'"
            ),
            (
                "zone.tab",
                "unknown time zone 'zone.tab'; write 'UTC' or a name such as 'Europe/Berlin'"
            ),
            ("Europe", "unknown time zone 'Europe'; write 'UTC' or a name such as 'Europe/Berlin'"),
        ])
    func refuses(name: String, message: String) {
        let error = #expect(throws: ZoneError.self) { try zones.zone(named: name) }
        #expect(error?.description == message)
    }

    @Test("lists every zone that can be read")
    func listsNames() throws {
        #expect(zones.names.contains("America/Argentina/Buenos_Aires"))
        #expect(zones.names == zones.names.sorted())
        for name in zones.names { _ = try zones.zone(named: name) }
    }

    @Test("file that is cut anywhere is refused")
    func survivesCuts() throws {
        let bytes = Array(
            try Data(contentsOf: URL(fileURLWithPath: "\(zones.folder)/Europe/Berlin")))
        for length in bytes.indices {
            #expect(throws: ZoneError.self) {
                try TimeZoneRules(name: "cut", zoneFile: Array(bytes.prefix(length)))
            }
        }
    }

    @Test(
        "file with changed bytes never brings the reader down", arguments: 0..<200 as Range<UInt64>)
    func survivesDamage(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var bytes = Array(
            try Data(contentsOf: URL(fileURLWithPath: "\(zones.folder)/Europe/Dublin")))
        for _ in 0..<8 {
            bytes[.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
        }
        // A damaged file may still read; what counts is that its zone then answers.
        guard let zone = try? TimeZoneRules(name: "damaged", zoneFile: bytes) else { return }
        let hourly = try CalendarExpression(parsing: "hourly")
        let start = WallInstant(1_795_219_200_000_000)
        #expect(hourly.next(after: start, in: zone).map { $0 > start } ?? true)
    }

    @Test("that counts leap seconds is refused")
    func refusesLeapSeconds() throws {
        var bytes = Array("TZif2".utf8) + Array(repeating: 0, count: 15)
        for count: UInt8 in [0, 0, 1, 0, 1, 4] { bytes += [0, 0, 0, count] }
        let error = #expect(throws: ZoneError.self) {
            try TimeZoneRules(name: "right/UTC", zoneFile: bytes)
        }
        #expect(
            error?.description
                == "time zone 'right/UTC' has a damaged file: it counts leap seconds, "
                + "which the system clock does not; install the tzdata package again")
    }

    @Test("file that is none is refused in words")
    func explainsDamage() {
        let error = #expect(throws: ZoneError.self) {
            try TimeZoneRules(name: "Here", zoneFile: Array("TZip".utf8))
        }
        #expect(
            error?.description == "time zone 'Here' has a damaged file: it lacks the mark TZif; "
                + "install the tzdata package again")
    }

    @Test(
        "rule in the form of POSIX gives the offsets of the file that has it",
        arguments: [
            ("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"),
            ("America/New_York", "EST5EDT,M3.2.0,M11.1.0"),
            ("Europe/Dublin", "IST-1GMT0,M10.5.0,M3.5.0/1"),
            ("Australia/Lord_Howe", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"),
            ("America/Nuuk", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0"),
        ])
    func readsRules(name: String, rule: String) throws {
        let zone = try zones.zone(named: name)
        let ruled = try TimeZoneRules(name: name, posix: rule)
        for hour in stride(from: Int64(525_000), to: 600_000, by: 1) {
            let instant = WallInstant(hour * 3_600_000_000)
            guard zone.offset(at: instant).seconds != ruled.offset(at: instant).seconds else {
                continue
            }
            Issue.record("\(instant.formatted(in: zone)) is \(instant.formatted(in: ruled))")
        }
    }

    @Test(
        "rule that is none is refused in words",
        arguments: [
            "", "CE-1", "CET", "CET-25", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.5.0",
            "CET-1CEST,M3.5.0,M10.5.0/3x", "CET-1CEST,J0,J365", "<CET-1",
        ])
    func refusesRules(rule: String) {
        let error = #expect(throws: ZoneError.self) { try TimeZoneRules(name: "x", posix: rule) }
        #expect(
            error?.description == "'\(rule)' is not a time zone rule; "
                + "write for example 'CET-1CEST,M3.5.0,M10.5.0/3'")
    }

    @Test(
        "of the machine follows TZ as the C library does",
        arguments: [
            ("", "UTC"), (":Europe/Berlin", "Europe/Berlin"), ("Asia/Tokyo", "Asia/Tokyo"),
            ("Nowhere", "UTC"), ("EST5EDT,M3.2.0,M11.1.0", "EST5EDT,M3.2.0,M11.1.0"),
            ("/usr/share/zoneinfo/Europe/Paris", "Europe/Paris"),
        ])
    func findsLocalZone(variable: String, name: String) {
        #expect(zones.localZone(variable: variable).name == name)
    }

    @Test("of the machine without TZ is the one that localtime links to")
    func findsLinkedZone() {
        let path = "\(zones.folder)/Europe/Oslo"
        let zone = zones.localZone(variable: nil, localtime: path)
        #expect(zone.offset(at: WallInstant(0)).abbreviation == "CET")
        #expect(zones.localZone(variable: nil, localtime: "/nonexistent") == .utc)
    }
}
