import CalendarTime
import ControlAPI
import DrillControl
import Drills
import Testing

@Suite("The list of drills")
struct ListTests {
    private let now = WallInstant(microsecondsSinceEpoch: 1_800_000_000_000_000)

    private func row(_ drill: DrillName, in hours: Int64?) -> DrillRow {
        DrillRow(
            drill: drill, kind: .pageStorm, tier: .service, target: "shop", calendar: "q1.calendar",
            next: hours.map { now.advanced(byMicroseconds: $0 * 3_600_000_000) },
            last: hours.map { now.advanced(byMicroseconds: -$0 * 7_200_000_000) },
            lastOutcome: nil)
    }

    @Test("is sorted by what is due next, with columns that line up")
    func isSorted() {
        let rows = [
            row("never", in: nil), row("late", in: 30), row("soon", in: 2), row("also", in: 2),
        ]
        let lines = ListText.drills(rows, now: now, zone: .utc).split(separator: "\n").map(
            String.init)
        let names = ["also", "soon", "late", "never"]
        let heading = lines[0].firstRange(of: "DRILL")?.lowerBound
        let column = heading.map { lines[0].distance(from: lines[0].startIndex, to: $0) } ?? 0
        #expect(zip(lines[1...4], names).allSatisfy { $0.dropFirst(column).hasPrefix($1) })
        #expect(lines[1].hasPrefix("Fri 2027-01-15 10:00:00 UTC  2h 0min left"))
        #expect(lines.last == "4 drills listed.")
    }

    @Test("of runs says what is open and how the others ended")
    func listsRuns() {
        let rows = [
            RunRow(run: "soon-2", kind: .rollback, scheduled: now, phase: .respond, outcome: nil),
            RunRow(
                run: "soon-1", kind: .rollback,
                scheduled: now.advanced(byMicroseconds: -60_000_000),
                phase: .closed, outcome: .leaked(faults: ["latency"])),
        ]
        let lines = ListText.runs(rows, now: now, zone: .utc).split(separator: "\n")
        #expect(lines[1].contains("soon-2") && lines[1].contains("open"))
        #expect(lines[2].hasSuffix("leaked, these faults may still be in place: latency"))
        #expect(lines.last == "2 runs listed.")
    }
}
