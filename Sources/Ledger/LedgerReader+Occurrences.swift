import CalendarTime
import Drills
import GRDB

/// One time at which a drill was due.
package struct Occurrence: Hashable, Sendable {
    package let drill: DrillName
    package let scheduled: WallInstant

    /// A drill and when it was due.
    package init(drill: DrillName, scheduled: WallInstant) {
        self.drill = drill
        self.scheduled = scheduled
    }
}

extension LedgerReader {
    /// Occurrences since an instant that were started or recorded as missed; one pass over the ledger.
    package func occurrences(since start: WallInstant) async throws -> Set<Occurrence> {
        try await read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT drill, scheduled FROM runs WHERE scheduled >= :start
                    UNION ALL
                    SELECT json_extract(payload, '$.missed.drill') AS drill,
                        json_extract(payload, '$.missed.scheduled') AS scheduled
                    FROM events
                    WHERE run IS NULL AND kind = 'missed' AND scheduled >= :start
                    """, arguments: ["start": start.microsecondsSinceEpoch])
            var found: Set<Occurrence> = []
            while let row = try rows.next() {
                guard let drill = row.text("drill"), let scheduled = row.integer("scheduled")
                else { continue }
                found.insert(
                    Occurrence(
                        drill: DrillName(drill),
                        scheduled: WallInstant(microsecondsSinceEpoch: scheduled)))
            }
            return found
        }
    }
}
