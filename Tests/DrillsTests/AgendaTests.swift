import CalendarTime
import Drills
import Testing

@Suite("The agenda")
struct AgendaTests {
    @Test(
        "fires what a scan of all drills would, in the same order",
        arguments: 0..<60 as Range<UInt64>)
    func agreesWithScan(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let drills = try randomDrills(using: &random)
        let freezes = try randomFreezes(using: &random)
        let frozen = FrozenTimes(freezes)
        let end = november.advanced(byMicroseconds: 60 * day)
        var agenda = Agenda(drills, freezes: freezes, from: november)
        var fired: [String] = []
        while let due = agenda.nextDue, due.at <= end {
            guard let firing = agenda.next(at: due.at) else { break }
            #expect(firing.verdict == .start)
            #expect(firing.backlog == nil)
            fired.append("\(firing.scheduled.microsecondsSinceEpoch) \(firing.drill.name)")
        }
        let scanned = drills.flatMap { drill in
            scan(drill, frozen, through: end).map { ($0, drill.name) }
        }.sorted { $0 < $1 }.map { "\($0.0.microsecondsSinceEpoch) \($0.1)" }
        #expect(fired == scanned)
        #expect(!fired.isEmpty)
    }

    @Test(
        "never starts a drill in a freeze, nor outside the weeks that count",
        arguments: 0..<30 as Range<UInt64>)
    func skips(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let drills = try randomDrills(using: &random)
        let freezes = try randomFreezes(using: &random)
        var agenda = Agenda(drills, freezes: freezes, from: november)
        for _ in 0..<300 {
            guard let due = agenda.nextDue, let firing = agenda.next(at: due.at) else { break }
            #expect(!freezes.contains { $0.covers(firing.scheduled) })
            let drill = firing.drill
            let date = CivilDate(of: firing.scheduled, in: drill.calendar.zone)
            #expect(drill.everyWeeks?.contains(date) ?? true)
        }
    }

    @Test(
        "tells after an outage what was missed and what may still start",
        arguments: 0..<60 as Range<UInt64>)
    func tellsBacklog(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let drills = try randomDrills(using: &random)
        let frozen = FrozenTimes([])
        let now = november.advanced(
            byMicroseconds: Int64.random(in: 1...(20 * day), using: &random))
        var agenda = Agenda(drills, freezes: [], from: november)
        var seen: [DrillName: [WallInstant]] = [:]
        while let firing = agenda.next(at: now) {
            #expect(seen[firing.drill.name] == nil)
            seen[firing.drill.name] = (firing.backlog?.missed ?? []) + [firing.scheduled]
            let late = now.span(since: firing.scheduled)
            let allowed = max(firing.drill.catchUp ?? .zero, Firing.grace)
            #expect((firing.verdict == .missed) == (late > allowed))
            #expect(firing.backlog?.isTruncated ?? false == false)
        }
        for drill in drills {
            #expect(seen[drill.name, default: []] == scan(drill, frozen, through: now))
        }
        #expect(agenda.nextDue.map { $0.at > now } ?? true)
    }

    @Test("stays bounded when a drill of each second was missed for ten years")
    func isBounded() throws {
        let drill = try sampleDrill("each-second", "*:*:*")
        let now = november.advanced(byMicroseconds: 3650 * day + 1)
        var agenda = Agenda([drill], freezes: [], from: november)
        let next = agenda.next(at: now)
        let firing = try #require(next)
        #expect(firing.scheduled == now.advanced(byMicroseconds: -1))
        #expect(firing.verdict == .start)
        #expect(firing.backlog?.missed.count == Backlog.limit)
        #expect(firing.backlog?.isTruncated == true)
        #expect(agenda.next(at: now) == nil)
    }

    @Test("keeps what is due over a reload, unless its schedule changes")
    func reloads() throws {
        let kept = try sampleDrill("kept", "*-*-* 10:00")
        let before = try sampleDrill("changed", "*-*-* 10:00")
        let after = try sampleDrill("changed", "*-*-* 10:30")
        let new = try sampleDrill("new", "*-*-* 09:00")
        var agenda = Agenda([kept, before], freezes: [], from: november)
        let now = november.advanced(byMicroseconds: 11 * hour)
        agenda.reload([kept, after, new], freezes: [], at: now)
        let next = agenda.next(at: now)
        let firing = try #require(next)
        #expect(firing.drill.name == "kept")
        #expect(agenda.next(at: now) == nil)
        #expect(agenda.upcoming.map(\.drill.text) == ["new", "kept", "changed"])
    }

    @Test("begins anew when the clock was set back")
    func restarts() throws {
        var agenda = Agenda([try sampleDrill("daily", "10:00")], freezes: [], from: november)
        let future = november.advanced(byMicroseconds: 900 * day)
        _ = agenda.next(at: future)
        agenda.restart(from: november)
        #expect(agenda.nextDue?.at == november.advanced(byMicroseconds: 10 * hour))
    }

    @Test("refuses a second drill on a busy target, and says which run keeps it busy")
    func refusesOverlap() throws {
        let drill = try sampleDrill("daily", "10:00")
        let elsewhere = OpenRun(run: "other-1", target: "blog")
        #expect(drill.refusal(beside: [elsewhere]) == nil)
        #expect(
            drill.refusal(beside: [elsewhere, OpenRun(run: "storm-4", target: "shop")])
                == "target 'shop' is busy with run 'storm-4'; "
                + "two drills never overlap on one target")
    }
}

private let hour: Int64 = 3_600_000_000
private let day = 24 * hour

/// All starts, looked for drill by drill and expression by expression.
private func scan(
    _ drill: Drill, _ frozen: FrozenTimes, through end: WallInstant
) -> [WallInstant] {
    var found: [WallInstant] = []
    for expression in drill.schedule {
        for instant in expression.occurrences(
            after: november, through: end, in: drill.calendar.zone)
        where frozen.end(covering: instant) == nil && !found.contains(instant) {
            let date = CivilDate(of: instant, in: expression.zone ?? drill.calendar.zone)
            if drill.everyWeeks?.contains(date) ?? true { found.append(instant) }
        }
    }
    return found.sorted()
}

private func randomDrills(using random: inout SeededGenerator) throws -> [Drill] {
    try (0..<Int.random(in: 1...25, using: &random)).map { index in
        let schedules = (0..<Int.random(in: 1...2, using: &random)).map { _ in
            let words = ["Mon", "Tue,Thu", "Mon..Fri", "*-*-01..07", "*-*-1/9", "*-12-*"]
            let date = words.randomElement(using: &random) ?? "Mon"
            return
                "\(date) \(Int.random(in: 0...23, using: &random)):\(Int.random(in: 10...12, using: &random))"
        }
        return try sampleDrill(
            "drill-\(index)", schedules,
            weeks: Bool.random(using: &random) ? Int.random(in: 2...3, using: &random) : nil,
            catchUp: Bool.random(using: &random) ? .minutes(90) : nil)
    }
}

private func randomFreezes(using random: inout SeededGenerator) throws -> [Freeze] {
    try (0..<Int.random(in: 0...4, using: &random)).map { index in
        let first = CivilDate(of: november, in: .utc)
            .advanced(byDays: Int64.random(in: 0...50, using: &random))
        let last = first.advanced(byDays: Int64.random(in: 0...9, using: &random))
        return Freeze(
            name: FreezeName("freeze-\(index)"), days: try DateRange(first: first, last: last),
            zone: .utc)
    }
}

/// A drill of target `shop` in UTC that is due at these times.
func sampleDrill(
    _ name: String, _ schedule: String..., lanes: [Lane: PersonName] = [:]
) throws -> Drill { try sampleDrill(name, schedule, weeks: nil, catchUp: nil, lanes: lanes) }

private func sampleDrill(
    _ name: String, _ schedule: [String], weeks: Int?, catchUp: TimeSpan?,
    lanes: [Lane: PersonName] = [:]
) throws -> Drill {
    let header = CalendarHeader(
        file: "test.calendar", title: "", team: "", campaign: "test", zone: .utc, firedBy: .daemon)
    let anchor = try CivilDate(parsing: "2026-11-16")
    return Drill(
        name: DrillName(name), calendar: header, kind: .rollback, tier: .service,
        schedule: try schedule.map { try CalendarExpression(parsing: $0, zones: Fixture.zones) },
        everyWeeks: try weeks.map { try WeekCycle(weeks: $0, anchor: anchor) },
        scenarios: ["slow"], coordination: [], target: "shop", commanders: ["lead-1"],
        deputy: nil, observers: [], onCall: [OnCall(level: .primary, person: "sre-1")],
        lanes: lanes,
        channels: [], duration: .minutes(45), catchUp: catchUp, ackDeadline: .seconds(30),
        exclude: [], passScore: 4, salt: "")
}
