import CalendarTime
import ControlAPI
import DrillDaemon
import Drills
import Faults
import Ledger
import Testing

@Suite("After an outage", .serialized, .timeLimit(.minutes(2)))
struct OutageTests {
    private let ground: TestGround
    private let now = MachineClock.now().wall

    init() throws {
        ground = try TestGround()
    }

    private func missed(_ reader: LedgerReader) async throws -> [(WallInstant, String)] {
        try await reader.operations().reversed().compactMap { entry in
            guard case .operation(.missed(_, let scheduled, let reason)) = entry.record else {
                return nil
            }
            return (scheduled, reason)
        }
    }

    private static let hour: Int64 = 3_600_000_000

    /// Half an hour away from now: what is due about now is neither missed nor surely started.
    private var minute: Int64 { (now.microsecondsSinceEpoch / 60_000_000 + 30) % 60 }

    /// A drill that is due in each hour at that minute.
    private func hourly(_ lines: String = "") -> String {
        TestFiles.drill("hourly", when: "*-*-* *:\(minute):00", lines)
    }

    /// When it was due after an instant, until now.
    private func occurrences(after start: WallInstant) -> [WallInstant] {
        let offset = minute * 60_000_000
        let first = (start.microsecondsSinceEpoch - offset) / Self.hour + 1
        return (first...((now.microsecondsSinceEpoch - offset) / Self.hour)).map {
            WallInstant(microsecondsSinceEpoch: $0 * Self.hour + offset)
        }
    }

    @Test("every missed drill is recorded, and none is started")
    func recordsTheMissed() async throws {
        try ground.arm()
        try ground.plan(hourly())
        let lastAlive = now.advanced(byMicroseconds: -5 * 3_600_000_000 - 120_000_000)
        try ground.wasAlive(at: lastAlive)
        let due = occurrences(after: lastAlive)
        let daemon = try await ground.start()
        let path = ground.configuration.ledger
        try await ground.running(daemon) { _ in
            let reader = try LedgerReader.open(path: path)
            #expect(try await eventually { try await missed(reader).count >= due.count })
        }
        let recorded = try await missed(LedgerReader.open(path: path))
        #expect(recorded.map(\.0) == due)
        #expect(recorded.allSatisfy { $0.1.hasPrefix("drilld did not run then") })
        let latest = "drilld did not run then, and CatchUpSec= does not reach that far"
        #expect(recorded.last?.1 == latest)
    }

    @Test("the latest one is caught up as far as CatchUpSec= reaches")
    func catchesUp() async throws {
        try ground.arm()
        try ground.plan(
            hourly("CatchUpSec=2h"))
        let lastAlive = now.advanced(byMicroseconds: -3 * 3_600_000_000)
        try ground.wasAlive(at: lastAlive)
        let due = occurrences(after: lastAlive)
        let path = ground.configuration.ledger
        try await ground.running(try await ground.start()) { _ in
            let reader = try LedgerReader.open(path: path)
            #expect(try await eventually { try await reader.runs().count == 1 })
        }
        let reader = try LedgerReader.open(path: path)
        #expect(try await reader.runs().map(\.scheduled) == [due.last])
        #expect(try await missed(reader).map(\.0) == Array(due.dropLast()))
        // As if that drilld had died before it noted that it was alive.
        try ground.wasAlive(at: lastAlive)
        try await ground.running(try await ground.start()) { desk in
            #expect(
                try await eventually {
                    try ground.lastAlive() > lastAlive.advanced(byMicroseconds: 1_000_000)
                })
            _ = try await desk.ask(.status)
        }
        #expect(try await reader.runs().map(\.scheduled) == [due.last])
        #expect(try await missed(reader).map(\.0) == Array(due.dropLast()))
    }

    @Test("drilld notes that it was alive once all that was missed is on the record")
    func waitsForTheRecord() async throws {
        try ground.plan(hourly())
        let lastAlive = now.advanced(byMicroseconds: -3 * 3_600_000_000)
        try ground.wasAlive(at: lastAlive)
        let due = occurrences(after: lastAlive)
        let ground = ground
        let path = ground.configuration.ledger
        let daemon = try await ground.start()
        let broken = try await BrokenLedger(ground)
        try await ground.running(daemon) { desk in
            let line = "(not recorded: "
            #expect(
                await eventually {
                    ground.read("journal").ranges(of: line).count >= due.count
                })
            _ = try await desk.ask(.status)
            #expect(try ground.lastAlive() < lastAlive.advanced(byMicroseconds: 1_000_000))
            try await broken.mend()
            // Reloading makes the agenda look around at once.
            _ = try await desk.ask(.reload)
            #expect(
                try await eventually {
                    try ground.lastAlive() > lastAlive.advanced(byMicroseconds: 1_000_000)
                })
        }
        let recorded = try await missed(LedgerReader.open(path: path))
        #expect(recorded.map(\.0) == due)
    }
}
