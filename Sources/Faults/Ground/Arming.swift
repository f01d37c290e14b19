import CalendarTime
import Drills
import FoundationEssentials

/// Somebody's word that faults may be injected into a target.
package struct Arming: Hashable, Sendable, Codable {
    package let target: TargetName
    package let by: String
    package let at: WallInstant

    /// A target armed by somebody.
    package init(target: TargetName, by: String, at: WallInstant) {
        self.target = target
        self.by = by
        self.at = at
    }
}

/// Which targets are armed: one file each.
package struct ArmedTargets: Sendable {
    private let folder: StateFolder

    /// The armed targets of a state folder.
    package init(folder: StateFolder) {
        self.folder = folder
    }

    /// Who armed a target; nil if it is disarmed, or if the file does not say so in full.
    package func arming(of target: TargetName) -> Arming? {
        // Fails closed: whatever keeps the file from being read keeps the target from being injected.
        guard let bytes = try? DurableFile.read(folder.arming(of: target)),
            let arming = try? Text.parse(Arming.self, bytes), arming.target == target
        else { return nil }
        return arming
    }

    /// The armed targets by name; none when they cannot be listed.
    package var names: [TargetName] {
        let suffix = ".armed"
        // Whatever cannot be listed cannot be injected either.
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.targets)) ?? []
        return files.filter { $0.hasSuffix(suffix) }
            .compactMap { TargetName(checking: String($0.dropLast(suffix.count))) }
            .filter { arming(of: $0) != nil }.sorted()
    }

    /// Allows injections into a target until it is disarmed.
    package func arm(_ arming: Arming) throws {
        try DurableFile.write(Text.json(arming), to: folder.arming(of: arming.target))
    }

    /// Forbids injections into a target.
    package func disarm(_ target: TargetName) throws {
        try DurableFile.remove(folder.arming(of: target))
    }
}
