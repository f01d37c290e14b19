import Drills
import FoundationEssentials
import Glibc

/// Faults that were taken back while a later one on the same thing was still in place.
///
/// The later one restores what it found, which may be the older fault. So the record of the older one is kept, and the
/// later one is gone only if `check` of the older one still prints what it printed before its injection.
extension ArmedStore {
    /// Keeps a copy of an armed record if a later fault on the same thing is in place. It needs no room on the disk.
    func keepIfOutlasted(_ record: ArmedRecord) throws {
        guard try entries().contains(where: { $0.record?.overlies(record) ?? false }) else {
            return
        }
        try DurableFile.link(folder.record(of: record.fault), to: folder.outlasted(record.fault))
    }

    /// Whether a copy is kept, and with it what the hook needs to revert once more.
    func isOutlasted(_ fault: FaultID) -> Bool {
        access(folder.outlasted(fault), F_OK) == 0
    }

    /// Drops the copy: the fault is still in place, which its own record says.
    func dropCopy(of fault: FaultID) {
        unlink(folder.outlasted(fault))
    }

    /// The older faults below this one that were taken back before it, the last injection first.
    func outlasted(by record: ArmedRecord) throws -> [ArmedRecord] {
        try copies().filter { record.overlies($0) }.sorted { $0.isLater(than: $1) }
    }

    /// Drops the copies that no fault lies over any more.
    func dropCopiesWithoutNeed() throws {
        let kept = try copies()
        if kept.isEmpty { return }
        let armed = try entries().compactMap(\.record)
        for older in kept where !armed.contains(where: { $0.overlies(older) }) {
            dropCopy(of: older.fault)
            // What it needed to be reverted once more.
            if entry(of: older.fault) == nil { removeFolder(of: older.fault) }
        }
    }

    private func copies() throws -> [ArmedRecord] {
        let suffix = StateFolder.outlastedSuffix
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.armed)
        return try files.filter { $0.hasSuffix(suffix) }.compactMap {
            try FaultID(checking: String($0.dropLast(suffix.count))).flatMap(copy(of:))
        }
    }

    private func copy(of fault: FaultID) throws -> ArmedRecord? {
        let path = folder.outlasted(fault)
        guard let bytes = try DurableFile.read(path) else { return nil }
        do {
            return try ArmedRecord(fileContent: bytes, fault: fault)
        } catch {
            throw DamagedCopy(path: path, damage: error)
        }
    }
}

extension ArmedRecord {
    /// Whether this fault may come to lie over another one: later, and in something that both may touch.
    func overlies(_ other: ArmedRecord) -> Bool {
        fault != other.fault && target.name == other.target.name && isLater(than: other)
            && plan.mayTouch(whatTouches: other.plan)
    }

    /// Whether it was armed after another one; across boots the wall clock decides.
    func isLater(than other: ArmedRecord) -> Bool {
        if bootID == other.bootID, armedAt.boot != other.armedAt.boot {
            return armedAt.boot > other.armedAt.boot
        }
        return (armedAt.wall, fault) > (other.armedAt.wall, other.fault)
    }
}

/// A copy that cannot be read: what lies below a fault is not known.
struct DamagedCopy: Error, CustomStringConvertible {
    let path: String
    let damage: ArmedRecord.Damage

    var description: String {
        "\(path) cannot be read: \(damage); check by hand what it is about, then remove it"
    }
}
