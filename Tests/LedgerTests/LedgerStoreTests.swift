import CalendarTime
import Drills
import GRDB
import Ledger
import Testing

@Suite("The ledger")
struct LedgerStoreTests {
    @Test("gives each event the next sequence and keeps the timeline of a run")
    func keepsTimelines() async throws {
        let store = try LedgerStore.inMemory()
        let plan = RunPlan.cycle(1, of: "storm")
        let events: [RunEvent] = [
            .opened(plan: plan), .phaseEntered(phase: .brief), .mitigated,
            .closed(outcome: .completed),
        ]
        for (offset, event) in events.enumerated() {
            let at = moment(Int64(offset))
            let receipt = try await store.append(event, run: plan.run, at: at, bootID: bootID)
            #expect(receipt.sequence == Int64(offset) + 1)
        }
        let timeline = try await store.reader.timeline(of: plan.run)
        #expect(timeline.entries.map(\.event) == events)
        #expect(timeline.entries.map(\.at) == (0..<4).map { moment($0) })
        #expect(timeline.entries.allSatisfy { $0.bootID == bootID })
        #expect(try await store.reader.timeline(of: "other-1").entries.isEmpty)
    }

    @Test("refuses what cannot happen to a run, and nothing else of the batch")
    func refusesWrongOrder() async throws {
        let store = try LedgerStore.inMemory()
        let run = RunPlan.cycle(1, of: "storm").run
        let opened = RunEvent.opened(plan: .cycle(1, of: "storm"))
        await #expect(throws: LedgerError.runNotOpened(run)) {
            try await store.append(.mitigated, run: run, at: moment(0), bootID: bootID)
        }
        try await store.append(opened, run: run, at: moment(1), bootID: bootID)
        await #expect(throws: LedgerError.runOpenedTwice(run)) {
            try await store.append(opened, run: run, at: moment(2), bootID: bootID)
        }
        try await store.append(
            .closed(outcome: .completed), run: run, at: moment(3), bootID: bootID)
        await #expect(throws: LedgerError.runClosed(run)) {
            try await store.append(.mitigated, run: run, at: moment(4), bootID: bootID)
        }
        #expect(try await store.reader.head()?.sequence == 2)
        #expect(try await store.reader.verify().isIntact)
    }

    @Test("records what happened in one moment together, or nothing of it")
    func recordsTogether() async throws {
        let store = try LedgerStore.inMemory()
        let plan = RunPlan.cycle(1, of: "storm")
        let events: [RunEvent] = [
            .opened(plan: plan), .phaseEntered(phase: .brief), .closed(outcome: .completed),
        ]
        let entries = events.map { Timeline.Entry(at: moment(0), bootID: bootID, event: $0) }
        let late = Timeline.Entry(at: moment(0), bootID: bootID, event: .mitigated)
        await #expect(throws: LedgerError.runClosed(plan.run)) {
            try await store.append(entries + [late], run: plan.run)
        }
        #expect(try await store.reader.head() == nil)
        try await store.append(entries, run: plan.run)
        #expect(try await store.reader.timeline(of: plan.run).entries == entries)
        #expect(try await store.reader.verify().isIntact)
    }

    @Test("keeps order within a run when many tasks append at once")
    func keepsOrder() async throws {
        let folder = try TemporaryFolder()
        let store = try LedgerStore.open(path: folder.ledger)
        let receipts = try await withThrowingTaskGroup(of: [EventReceipt].self) { group in
            for drill in 1...40 {
                group.addTask { try await Self.appendRun(of: Name("drill-\(drill)"), to: store) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(receipts.map(\.sequence).sorted() == Array(1...440))
        for drill in 1...40 {
            let run = RunID(drill: Name("drill-\(drill)"), cycle: 1)
            let events = try await store.reader.timeline(of: run).entries.map(\.event)
            #expect(events.dropFirst() == (1...10).map { .noted(text: "\($0)") }[...])
        }
        let other = try LedgerReader.open(path: folder.ledger)
        guard case .intact(440, _, .notGiven) = try await other.verify() else {
            Issue.record("the chain is not intact")
            return
        }
    }

    private static func appendRun(
        of drill: DrillName, to store: LedgerStore
    ) async throws -> [EventReceipt] {
        let plan = RunPlan.cycle(1, of: drill)
        var receipts = [
            try await store.append(
                .opened(plan: plan), run: plan.run, at: moment(0), bootID: bootID)
        ]
        for number in 1...10 {
            let event = RunEvent.noted(text: "\(number)")
            receipts.append(
                try await store.append(
                    event, run: plan.run, at: moment(Int64(number)), bootID: bootID))
        }
        return receipts
    }

    @Test(
        "lets nobody change or remove an event or move the head back",
        arguments: [
            ("UPDATE events SET wall = 0", "events are never changed"),
            ("DELETE FROM events", "events are never removed"),
            ("DELETE FROM head", "the head is never removed"),
            ("UPDATE head SET sequence = 0", "the head only advances"),
            (
                """
                INSERT INTO events SELECT sequence + 5, run, wall, boot, boot_id, kind, payload,
                previous, hash FROM events
                """, "the event does not follow the head"
            ),
        ])
    func appendsOnly(sql: String, refusal: String) async throws {
        let folder = try TemporaryFolder()
        let store = try LedgerStore.open(path: folder.ledger)
        try await store.append(.reloaded(drills: 1), at: moment(0), bootID: bootID)
        let raw = try DatabaseQueue(path: folder.ledger)
        let error = #expect(throws: DatabaseError.self) {
            try raw.write { try $0.execute(sql: sql) }
        }
        #expect(error?.message == refusal)
    }

    @Test("lists runs, open runs, cycles and operations")
    func lists() async throws {
        let store = try LedgerStore.inMemory()
        for (drill, cycle, kind) in [
            ("a", 1, Kind.rollback), ("a", 2, .rollback), ("b", 1, .replay),
        ] {
            let plan = RunPlan.cycle(cycle, of: Name(drill), kind: kind)
            try await store.append(
                .opened(plan: plan), run: plan.run, at: moment(0), bootID: bootID)
        }
        let outcome = Outcome.failed(reason: "x")
        try await store.append(
            .closed(outcome: outcome), run: "a-1", at: moment(9), bootID: bootID)
        let missed = OperationalEvent.missed(
            drill: "a", scheduled: moment(0).wall, reason: "halted")
        try await store.append(missed, at: moment(10), bootID: bootID)

        let reader = store.reader
        #expect(try await reader.runs().map(\.run) == ["b-1", "a-2", "a-1"])
        #expect(try await reader.runs(limit: 1).map(\.run) == ["b-1"])
        #expect(try await reader.runs(of: .drill("a")).map(\.cycle) == [2, 1])
        #expect(try await reader.runs(of: .kind(.replay)).map(\.run) == ["b-1"])
        #expect(try await reader.openRuns().map(\.run) == ["b-1", "a-2"])
        #expect(try await reader.runs().last?.outcome == outcome)
        #expect(try await reader.runs().last?.closed == moment(9).wall)
        #expect(try await reader.lastCycle(of: "a") == 2)
        #expect(try await reader.lastCycle(of: "none") == 0)
        #expect(try await reader.cycles(of: "a").map(\.mutation.stress) == ["s1", "s2"])
        #expect(try await reader.cycles(of: "a").map(\.outcome) == [outcome, nil])
        #expect(try await reader.operations().map(\.record) == [.operation(missed)])
        #expect(try await reader.entries(after: 3, limit: 9).map(\.sequence) == [4, 5])
    }
}
