import CalendarTime
import Drills
import Faults
import Foundation
import Testing

@Suite("The armed store")
struct ArmedStoreTests {
    private let scratch: Scratch
    private let store: ArmedStore

    init() throws {
        scratch = try Scratch()
        store = try scratch.armedStore()
    }

    private func armed(_ name: FaultName = "flag", at boot: Int64 = 1) throws -> ArmedRecord {
        let moment = Moment(
            wall: WallInstant(microsecondsSinceEpoch: 1_800_000_000_000_000),
            boot: BootInstant(microsecondsSinceBoot: boot))
        let hook = try scratch.goodHook()
        let record = try scratch.record(scratch.plan(name, hook: hook), at: moment)
        try store.arm(record)
        return record
    }

    @Test("gives back what was armed, and nothing else")
    func roundTrips() throws {
        let record = try armed()
        #expect(store.entry(of: record.fault)?.content == .record(record))
        #expect(store.entry(of: "rollback-1.other") == nil)
        #expect(record.deadline == record.armedAt.advanced(by: record.plan.duration))
    }

    @Test("lists the fault armed last first")
    func listsLastFirst() throws {
        for (name, boot) in [("a", 10), ("c", 30), ("b", 20)] as [(FaultName, Int64)] {
            _ = try armed(name, at: boot)
        }
        #expect(
            try store.entries().map(\.fault.text) == [
                "rollback-1.c", "rollback-1.b", "rollback-1.a",
            ])
    }

    @Test("shows a record that is cut anywhere as LEAKED and never drops it")
    func refusesCutRecords() throws {
        let record = try armed()
        let file = "state/armed/\(record.fault).json"
        let whole = Array(try #require(scratch.read(file)).utf8)
        for length in 0..<whole.count {
            try scratch.write(String(decoding: whole[..<length], as: UTF8.self), to: file)
            let entry = try #require(store.entry(of: record.fault))
            #expect(entry.isLeaked && entry.record == nil, "cut to \(length) bytes")
            let entries = try store.entries()
            #expect(entries == [entry])
        }
    }

    @Test("shows a record with any changed byte as LEAKED")
    func refusesChangedRecords() throws {
        let record = try armed()
        let file = "state/armed/\(record.fault).json"
        let whole = Array(try #require(scratch.read(file)).utf8)
        for index in stride(from: 0, to: whole.count, by: 7) {
            var changed = whole
            changed[index] =
                changed[index] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
            try scratch.write(String(decoding: changed, as: UTF8.self), to: file)
            #expect(try #require(store.entry(of: record.fault)).isLeaked, "byte \(index)")
        }
    }

    @Test("says what is wrong with a damaged record")
    func describesDamage() throws {
        let record = try armed()
        let file = "state/armed/\(record.fault).json"
        let whole = try #require(scratch.read(file))
        try scratch.write(String(whole.prefix(100)), to: file)
        #expect(
            store.entry(of: record.fault)?.reason
                == "the armed record is damaged: it ends after 100 bytes, in the middle")
        try scratch.write(whole.replacing("rollback-1", with: "rollback-2"), to: file)
        #expect(
            store.entry(of: record.fault)?.reason
                == "the armed record is damaged: its content does not match its hash")
        try scratch.write(whole, to: "state/armed/other-1.flag.json")
        #expect(
            store.entry(of: "other-1.flag")?.reason
                == "the armed record is damaged: it is the record of 'rollback-1.flag'")
    }

    @Test("reads a record from a later version that says more")
    func ignoresUnknownKeys() throws {
        let record = try armed()
        let file = "state/armed/\(record.fault).json"
        let whole = try #require(scratch.read(file))
        let start = try #require(whole.range(of: #""record":"#)).upperBound
        let body = #"{"aNewKey":[1],"# + whole[start...].dropFirst().dropLast(2)
        let hash = Hexadecimal.sha256(of: body.utf8)
        try scratch.write(#"{"sha256":"\#(hash)","record":\#(body)}"# + "\n", to: file)
        #expect(store.entry(of: record.fault)?.record == record)
    }

    @Test("keeps no value of a credential")
    func keepsReferencesOnly() throws {
        let parameter = Parameter(name: "token", value: .credential("api-token"))
        let plan = scratch.plan(hook: try scratch.goodHook(), parameters: [parameter])
        let record = try scratch.record(plan)
        try store.arm(record)
        #expect(scratch.read("state/armed/\(record.fault).json")?.contains("api-token") == true)
    }

    @Test("forgets only with a reason and the word of a second person, and leaves a tombstone")
    func forgets() throws {
        let record = try armed()
        let now = MachineClock.now().wall
        func forget(_ fault: FaultID, _ reason: String, _ second: PersonName) throws -> Tombstone {
            try store.forget(fault, reason: reason, by: "lead-1", confirmedBy: second, at: now)
        }
        let refusals: [(FaultID, String, PersonName, String)] = [
            (
                record.fault, " ", "sre-1",
                "forgetting a fault needs a reason; add --reason 'how you know it is gone'"
            ),
            (
                record.fault, "rebuilt", "lead-1",
                "'lead-1' cannot confirm their own word; name a second person"
            ),
            (
                "no-1.such", "rebuilt", "sre-1",
                "there is no armed fault 'no-1.such'; see 'drillctl faults'"
            ),
        ]
        for (fault, reason, second, words) in refusals {
            let error = #expect(throws: ForgetRefusal.self) { try forget(fault, reason, second) }
            #expect(error?.description == words)
        }
        #expect(store.entry(of: record.fault) != nil)
        let tombstone = try forget(record.fault, "rebuilt the machine", "sre-1")
        #expect(store.entry(of: record.fault) == nil)
        #expect(try store.tombstones() == [tombstone])
        #expect(tombstone.record.contains(record.hook.hash))
    }
}

@Suite("The HALT lever")
struct HaltLeverTests {
    private let scratch: Scratch
    private let lever: HaltLever
    private let first = Halt(
        by: "sre-1", reason: "real incident", at: WallInstant(microsecondsSinceEpoch: 5))

    init() throws {
        scratch = try Scratch()
        _ = try scratch.armedStore()
        lever = HaltLever(folder: scratch.state)
    }

    @Test("stays pulled by the first one until it is released")
    func staysPulled() throws {
        #expect(lever.pulled == nil)
        try lever.pull(first)
        try lever.pull(Halt(by: "sre-2", reason: "me too", at: first.at))
        #expect(HaltLever(folder: scratch.state).pulled == first)
        try lever.release()
        #expect(lever.pulled == nil)
    }

    @Test("counts as pulled when its file cannot be read")
    func failsClosed() throws {
        try scratch.write("{", to: "state/halt.json")
        #expect(lever.pulled?.by == "unknown")
    }
}

@Suite("The ground of a target")
struct GroundTests {
    private let scratch: Scratch
    private let store: ArmedStore

    init() throws {
        scratch = try Scratch()
        store = try scratch.armedStore()
    }

    private func refusals(
        _ target: Target? = nil, touches: [Resource] = [], run: RunID = "rollback-2"
    ) throws -> [String] {
        let plan = FaultPlan(
            name: "flag", hook: HookCommand(hook: "hooks/flag"), parameters: [], start: .zero,
            duration: .minutes(1), touches: touches, outlivesDaemon: false)
        return Ground(store: store)
            .refusals(target: target ?? scratch.target, faults: [plan], run: run)
            .map { $0.description.replacing(scratch.path, with: "") }
    }

    @Test("is clean when all is in order")
    func isClean() throws {
        #expect(try refusals() == [])
    }

    @Test("gives all reasons at once")
    func givesAllReasons() throws {
        try ArmedTargets(folder: scratch.state).disarm("shop-staging")
        try HaltLever(folder: scratch.state).pull(
            Halt(by: "sre-1", reason: "real incident", at: MachineClock.now().wall))
        let target = Target(
            name: "shop-staging", environment: "production",
            allow: [Resource(scheme: .unit, pattern: "shop-*.service")],
            steady: HookCommand(hook: "hooks/healthy"), marker: nil, root: nil, url: nil)
        let touched = Resource(scheme: .port, pattern: "tcp/8080")
        #expect(
            try refusals(target, touches: [touched]) == [
                "the HALT lever was pulled by sre-1: real incident; "
                    + "run 'drillctl release' when it is safe",
                "the target 'shop-staging' is 'production', not staging; faults go into staging only",
                "the target 'shop-staging' is disarmed; run 'drillctl arm shop-staging'",
                "the target 'shop-staging' has no Marker=; "
                    + "name a file on it that holds the word staging",
                "the fault 'flag' touches port:tcp/8080, which 'shop-staging' does not allow; "
                    + "add it to Allow= or change the fault",
            ])
    }

    @Test(
        "refuses a marker that does not say staging",
        arguments: ["", "production", "staging-two", "notstaging\n"])
    func readsTheMarker(content: String) throws {
        try scratch.write(content, to: "shop/marker")
        #expect(
            try refusals() == [
                "the marker of 'shop-staging', /shop/marker, does not hold the word staging; "
                    + "write it there if this is the staging system"
            ])
    }

    @Test("is dirty while a fault of another run is armed, not for faults of the same run")
    func seesOtherRuns() throws {
        try store.arm(try scratch.record(scratch.plan(hook: scratch.goodHook())))
        #expect(
            try refusals() == [
                "the fault 'rollback-1.flag' is still armed on 'shop-staging'; "
                    + "run 'drillctl revert rollback-1.flag'"
            ])
        #expect(try refusals(run: "rollback-1") == [])
    }

    @Test("is dirty for every target while a record cannot be read")
    func seesDamage() throws {
        try scratch.write("{", to: "state/armed/rollback-1.flag.json")
        #expect(
            try refusals() == [
                "the fault 'rollback-1.flag' is LEAKED (the armed record is damaged: it ends after "
                    + "1 bytes, in the middle); mend it, then run 'drillctl revert rollback-1.flag'"
            ])
    }

    @Test("counts a target as disarmed when the file does not say so in full")
    func failsClosed() throws {
        try scratch.write("{}", to: "state/targets/shop-staging.armed")
        #expect(
            try refusals() == [
                "the target 'shop-staging' is disarmed; run 'drillctl arm shop-staging'"
            ])
    }
}
