import CalendarTime
import Drills
import FoundationEssentials

/// What stays of an armed record that was dropped by hand: who took it upon themselves, and why.
package struct Tombstone: Hashable, Sendable, Codable {
    package let fault: FaultID
    package let reason: String
    package let forgottenBy: PersonName
    package let confirmedBy: PersonName
    package let at: WallInstant
    /// The file as it was.
    package let record: String
}

extension ArmedStore {
    /// Drops a record without a verified revert, on the word of two people.
    package func forget(
        _ fault: FaultID, reason: String, by first: PersonName, confirmedBy second: PersonName,
        at now: WallInstant
    ) throws -> Tombstone {
        guard !reason.allSatisfy(\.isWhitespace) else { throw ForgetRefusal.noReason }
        guard first != second else { throw ForgetRefusal.samePerson(first) }
        guard let bytes = try DurableFile.read(folder.record(of: fault)) else {
            throw ForgetRefusal.notArmed(fault)
        }
        let tombstone = Tombstone(
            fault: fault, reason: reason, forgottenBy: first, confirmedBy: second, at: now,
            record: String(decoding: bytes, as: UTF8.self))
        let path = "\(folder.tombstones)/\(fault)-\(now.microsecondsSinceEpoch).json"
        try DurableFile.write(Text.json(tombstone), to: path)
        try remove(fault)
        return tombstone
    }

    /// Whether a fault's record was dropped by hand: nobody verified that it is gone.
    package func isForgotten(_ fault: FaultID) -> Bool {
        // Without the folder nothing was ever dropped.
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.tombstones)) ?? []
        return files.contains { file in
            guard let dash = file.lastIndex(of: "-") else { return false }
            return file[..<dash] == fault.text
        }
    }

    /// All records that were ever dropped by hand, oldest first.
    package func tombstones() throws -> [Tombstone] {
        try FileManager.default.contentsOfDirectory(atPath: folder.tombstones)
            .filter { $0.hasSuffix(".json") }
            .compactMap { try DurableFile.read("\(folder.tombstones)/\($0)") }
            .map { try Text.parse(Tombstone.self, $0) }
            .sorted { ($0.at, $0.fault) < ($1.at, $1.fault) }
    }
}

/// Why an armed record is not dropped.
package enum ForgetRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case noReason
    case samePerson(PersonName)
    case notArmed(FaultID)

    package var description: String {
        switch self {
        case .noReason: "forgetting a fault needs a reason; add --reason 'how you know it is gone'"
        case .samePerson(let person):
            "'\(person)' cannot confirm their own word; name a second person"
        case .notArmed(let fault): "there is no armed fault '\(fault)'; see 'drillctl faults'"
        }
    }
}
