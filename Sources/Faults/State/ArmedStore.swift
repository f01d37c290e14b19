import CalendarTime
import Drills
import Failpoints
import FoundationEssentials
import Glibc

/// The armed records of a machine: one small file per fault that may be in place.
package struct ArmedStore: Sendable {
    /// The folder of which `armed/` is a part.
    package let folder: StateFolder

    /// The store in a state folder, which is created if it is missing.
    package init(folder: StateFolder) throws {
        self.folder = folder
        try folder.prepare()
        DurableFile.removeDrafts(in: folder.armed)
    }

    /// The store in a folder that is there already, to be read only.
    ///
    /// - Throws: when its records cannot be listed.
    package init(reading folder: StateFolder) throws {
        guard access(folder.armed, R_OK | X_OK) == 0 else {
            throw SystemError(errno, "read the armed records in \(folder.armed)")
        }
        self.folder = folder
    }

    /// Writes a record so that it survives whatever happens next.
    package func arm(_ record: ArmedRecord) throws {
        try DurableFile.write(
            record.fileContent(), to: folder.record(of: record.fault),
            failpoints: .init(beforeRename: .recordBeforeRename, afterRename: .recordAfterRename))
    }

    /// The entry of one fault; nil if it is not armed.
    package func entry(of fault: FaultID) -> ArmedEntry? {
        do {
            guard let bytes = try DurableFile.read(folder.record(of: fault)) else { return nil }
            return ArmedEntry(
                fault: fault, content: .record(try ArmedRecord(fileContent: bytes, fault: fault)),
                history: history(of: fault))
        } catch {
            return ArmedEntry(
                fault: fault, content: .damaged("\(error)"), history: history(of: fault))
        }
    }

    /// All entries, the one armed last first; damaged ones before all others.
    package func entries() throws -> [ArmedEntry] {
        let suffix = ".json"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.armed)
        let names = files.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }
        return names.compactMap { name in
            guard let fault = FaultID(checking: name) else {
                return ArmedEntry(
                    fault: FaultID(name), content: .damaged("its file name is no fault's"),
                    history: RevertHistory())
            }
            return entry(of: fault)
        }.sorted(by: ArmedEntry.revertsBefore)
    }

    /// Drops the record of a fault whose revert was verified, and all that belongs to it.
    func remove(_ fault: FaultID) throws {
        try DurableFile.remove(folder.record(of: fault))
        Failpoint.agentAfterRecordRemoved.hit()
        unlink(folder.attempts(of: fault))
        if !isOutlasted(fault) { removeFolder(of: fault) }
        // A copy too many is only read once more, with the next fault on the same thing.
        try? dropCopiesWithoutNeed()
    }

    /// What was learned about the reverts of a fault; without a readable file, nothing.
    func history(of fault: FaultID) -> RevertHistory {
        // The history only counts attempts; a damaged one starts to count again.
        guard let bytes = try? DurableFile.read(folder.attempts(of: fault)) else {
            return RevertHistory()
        }
        return (try? Text.parse(RevertHistory.self, bytes)) ?? RevertHistory()
    }

    func store(_ history: RevertHistory, of fault: FaultID) throws {
        try DurableFile.write(Text.json(history), to: folder.attempts(of: fault))
    }

    func removeFolder(of fault: FaultID) {
        // What is left of the folder takes room and does no harm; a new run of the same name
        // removes it before it injects.
        try? FileManager.default.removeItem(atPath: folder.folder(of: fault))
    }
}

/// One armed fault, readable or not.
package struct ArmedEntry: Hashable, Sendable {
    package let fault: FaultID
    package let content: Content
    package let history: RevertHistory

    /// What the file holds.
    package enum Content: Hashable, Sendable {
        case record(ArmedRecord)
        /// Never dropped: a fault may be in place that nobody knows how to revert.
        case damaged(String)
    }

    /// The record, if it can be read.
    package var record: ArmedRecord? {
        guard case .record(let record) = content else { return nil }
        return record
    }

    /// Whether the fault counts as LEAKED: three reverts failed, or its record cannot be read.
    package var isLeaked: Bool { record == nil || history.isLeaked }

    /// Why it is LEAKED or the last attempt failed; nil if neither is the case.
    package var reason: String? {
        switch content {
        case .record: history.lastReason
        case .damaged(let reason): "the armed record is damaged: \(reason)"
        }
    }

    /// Last armed, first reverted; across boots the wall clock decides.
    static func revertsBefore(_ left: ArmedEntry, _ right: ArmedEntry) -> Bool {
        guard let first = left.record else {
            return right.record != nil || left.fault < right.fault
        }
        guard let second = right.record else { return false }
        return first.isLater(than: second)
    }
}
