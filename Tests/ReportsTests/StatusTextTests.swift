import CalendarTime
import ControlAPI
import Drills
import Reports
import Testing

@Suite("The status of the daemon")
struct StatusTextTests {
    private let now = SampleDrill.start

    private var faults: [FaultRow] {
        [
            fault("rollback-3.latency", .live, left: 90, failed: 0, "injected"),
            fault(
                "replay-2.trace", .leaked, left: -300, failed: 3, "exit 7: \u{1B}[31mno such unit"),
            fault("replay-2.queue", .owed, left: nil, failed: 1, ""),
        ]
    }

    private func fault(
        _ id: FaultID, _ state: FaultRow.State, left: Int64?, failed: Int, _ detail: String
    ) -> FaultRow {
        FaultRow(
            fault: id, target: "shop", state: state,
            deadline: left.map { now.advanced(byMicroseconds: $0 * 1_000_000) },
            failedAttempts: failed, detail: detail)
    }

    private func status(
        halt: DaemonStatus.HaltState? = nil, runs: [RunRow] = [], faults: [FaultRow] = [],
        problems: [String] = [], armed: [TargetName] = []
    ) -> DaemonStatus {
        DaemonStatus(
            version: "1.0", halt: halt, openRuns: runs,
            next: runs.isEmpty
                ? nil
                : DaemonStatus.NextDrill(
                    drill: "replay", at: now.advanced(byMicroseconds: 7_200_000_000)),
            drills: 12, reloadProblems: problems, faults: faults, armedTargets: armed,
            started: now.advanced(byMicroseconds: -86_400_000_000))
    }

    @Test("reads as recorded when all is well")
    func idle() throws {
        try expectGolden(StatusText(status(), now: now, zone: .utc).text, "status-idle.txt")
    }

    @Test("reads as recorded when everything is wrong at once")
    func trouble() throws {
        let run = RunRow(
            run: "rollback-3", kind: .rollback,
            scheduled: now.advanced(byMicroseconds: -60_000_000),
            phase: .respond, outcome: nil)
        let trouble = status(
            halt: DaemonStatus.HaltState(by: "lead-1", reason: "real incident", at: now),
            runs: [run, run], faults: faults,
            problems: ["q1.calendar:3:1: unknown key 'Knd'; write 'Kind'"], armed: ["shop"])
        try expectGolden(StatusText(trouble, now: now, zone: .utc).text, "status-trouble.txt")
    }

    @Test("lists leaked faults first, and none as none")
    func faultTable() throws {
        try expectGolden(FaultsText(faults, now: now, zone: .utc).text, "faults.txt")
        #expect(
            FaultsText([], now: now, zone: .utc).text == "No fault is live, owed or leaked.\n")
    }
}
