import CalendarTime
import Drills
import Foundation
import Synchronization

/// Closed runs as plain text, fit for git: `2027/Q1/<run>/` with scorecard, timeline, scenario,
/// evidence and the packets of its checkpoints. Made from the ledger, so it can be made again.
package struct RunArchive: Sendable {
    /// The folder that holds the years.
    package let folder: String

    /// An archive in a folder; the folder is made with the first run.
    package init(folder: String) {
        self.folder = folder
    }

    /// Where a run is kept: by the quarter it was scheduled in, in UTC.
    package func path(of plan: RunPlan) -> String { path(of: plan.run, plan.scheduled) }

    private func path(of run: RunID, _ scheduled: WallInstant) -> String {
        let date = CivilDate(of: scheduled, in: .utc)
        return "\(folder)/\(date.year)/Q\((date.month + 2) / 3)/\(run)"
    }

    /// Whether a run is kept here; it is there whole or not at all.
    package func has(_ run: RunSummary) -> Bool {
        FileManager.default.fileExists(atPath: path(of: run.run, run.scheduled))
    }

    /// Writes a run, whole or not at all, and returns its folder.
    ///
    /// Writing the same again changes nothing; another scorecard replaces the folder.
    /// - Parameter packets: the packet of each checkpoint, in order.
    /// - Throws: ``ArchiveError``.
    @discardableResult
    package func store(
        _ timeline: Timeline, scorecard: String, packets: [String] = []
    ) throws -> String {
        guard let plan = timeline.plan else { throw ArchiveError.noPlan }
        let final = path(of: plan)
        let quarter = Folder.parent(of: final)
        let draft = "\(quarter)/.\(plan.run).new"
        do {
            try FileManager.default.createDirectory(
                atPath: quarter, withIntermediateDirectories: true)
            try remove(draft)
            try write(Self.contents(timeline, plan, scorecard, packets), into: draft)
            try replace(final, with: draft)
            try Folder.sync(quarter)
            return final
        } catch {
            throw ArchiveError.cannotWrite(run: plan.run, path: final, reason: "\(error)")
        }
    }

    /// Paths relative to the folder of the run, and what is in them.
    private static func contents(
        _ timeline: Timeline, _ plan: RunPlan, _ scorecard: String, _ packets: [String]
    ) -> [(name: String, content: String)] {
        let texts = [
            (name: "scorecard.txt", content: scorecard),
            (name: "timeline.txt", content: TimelineText.render(timeline)),
            (name: "scenario.txt", content: ScenarioText.render(plan)),
        ]
        let evidence = EvidenceFolder(timeline).files
        return texts + evidence.map { (name: "evidence/" + $0.name, content: $0.content) }
            + packets.enumerated().map { index, packet in
                (name: "packets/checkpoint-\(index + 1).txt", content: packet)
            }
    }
}

extension RunArchive {
    private func write(_ files: [(name: String, content: String)], into draft: String) throws {
        let folders = Set(files.map { Folder.parent(of: "\(draft)/\($0.name)") }).sorted()
        for folder in folders {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
        }
        let failure = Mutex<(any Error)?>(nil)
        // Side by side: most of the time goes into waiting for the disk, once for each file.
        DispatchQueue.concurrentPerform(iterations: files.count) { index in
            let file = files[index]
            do {
                try Folder.writeFile("\(draft)/\(file.name)", Array(file.content.utf8))
            } catch {
                failure.withLock { $0 = error }
            }
        }
        if let failure = failure.withLock(\.self) { throw failure }
        for folder in folders.reversed() { try Folder.sync(folder) }
    }

    /// An older folder steps aside first; if power fails in between, storing again completes it.
    private func replace(_ final: String, with draft: String) throws {
        let aside = draft + ".old"
        try remove(aside)
        if FileManager.default.fileExists(atPath: final) {
            try FileManager.default.moveItem(atPath: final, toPath: aside)
        }
        try FileManager.default.moveItem(atPath: draft, toPath: final)
        try remove(aside)
    }

    private func remove(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        try FileManager.default.removeItem(atPath: path)
    }
}

/// Why a run could not be archived.
package enum ArchiveError: Error, Hashable, Sendable, CustomStringConvertible {
    case noPlan
    case cannotWrite(run: RunID, path: String, reason: String)

    /// What is wrong, and what to do about it.
    package var description: String {
        switch self {
        case .noPlan: "a timeline without a plan cannot be archived; give that of an opened run"
        case .cannotWrite(let run, let path, let reason):
            "run '\(run)' cannot be archived in '\(path)': \(reason)"
        }
    }
}
