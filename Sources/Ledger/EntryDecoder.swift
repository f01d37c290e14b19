import CalendarTime
import Drills
import Foundation
import GRDB

/// Turns rows back into values.
enum EntryDecoder {
    /// A row of `events`.
    static func entry(_ row: Row) throws -> LedgerEntry {
        let sequence = try Self.sequence(of: row)
        guard let wall = row.integer("wall"), let boot = row.integer("boot"),
            let bootID = row.text("boot_id"), let hash = row.hash("hash")
        else { throw LedgerError.unreadable(sequence: sequence, reason: "a column is damaged") }
        return LedgerEntry(
            sequence: sequence,
            at: Moment(
                wall: WallInstant(microsecondsSinceEpoch: wall),
                boot: BootInstant(microsecondsSinceBoot: boot)),
            bootID: bootID, record: try record(row, sequence), hash: hash)
    }

    /// A row of `runs`.
    static func summary(_ row: Row) throws -> RunSummary {
        let sequence = try Self.sequence(of: row)
        guard let run = row.text("run"), let drill = row.text("drill"),
            let cycle = row.integer("cycle"), let kind = row.text("kind").flatMap(Kind.init),
            let tier = row.text("tier").flatMap(Tier.init), let target = row.text("target"),
            let title = row.text("title"), let scheduled = row.integer("scheduled"),
            let opened = row.integer("opened")
        else { throw LedgerError.unreadable(sequence: sequence, reason: "its plan is damaged") }
        return RunSummary(
            run: RunID(run), drill: DrillName(drill), cycle: Int(cycle), kind: kind, tier: tier,
            target: TargetName(target), title: title,
            scheduled: WallInstant(microsecondsSinceEpoch: scheduled),
            opened: WallInstant(microsecondsSinceEpoch: opened),
            closed: row.integer("closed").map(WallInstant.init(microsecondsSinceEpoch:)),
            outcome: try outcome(row))
    }

    /// A row of `runs` with the payload of its opening as `plan`.
    static func cycle(_ row: Row) throws -> CycleRecord {
        let sequence = try Self.sequence(of: row)
        let event = try decode(RunEvent.self, row.text("plan"), sequence)
        guard case .opened(let plan) = event else {
            throw LedgerError.unreadable(sequence: sequence, reason: "it is not a plan")
        }
        return CycleRecord(
            run: plan.run, cycle: plan.cycle, mutation: plan.mutation, outcome: try outcome(row))
    }
}

extension EntryDecoder {
    private static func sequence(of row: Row) throws -> Int64 {
        guard let sequence = row.integer("sequence") else {
            throw LedgerError.inputOutput(reason: "an event has no sequence")
        }
        return sequence
    }

    private static func record(_ row: Row, _ sequence: Int64) throws -> LedgerRecord {
        let payload = row.text("payload")
        guard let run = row.text("run") else {
            return .operation(try decode(OperationalEvent.self, payload, sequence))
        }
        return .run(RunID(run), try decode(RunEvent.self, payload, sequence))
    }

    private static func outcome(_ row: Row) throws -> Outcome? {
        guard let closing = row.integer("closing") else { return nil }
        let event = try decode(RunEvent.self, row.text("outcome"), closing)
        guard case .closed(let outcome) = event else {
            throw LedgerError.unreadable(sequence: closing, reason: "it is not an end of a run")
        }
        return outcome
    }

    private static func decode<Event: Decodable>(
        _ type: Event.Type, _ payload: String?, _ sequence: Int64
    ) throws -> Event {
        do {
            return try JSONDecoder().decode(type, from: Data((payload ?? "").utf8))
        } catch {
            throw LedgerError.unreadable(
                sequence: sequence, reason: "its payload is no event this version knows")
        }
    }
}
