import CalendarTime
import FoundationEssentials

/// The HALT lever, pulled: blocks every injection on this machine until it is released.
package struct Halt: Hashable, Sendable, Codable {
    package let by: String
    package let reason: String
    package let at: WallInstant

    /// A pull by somebody, for a reason.
    package init(by: String, reason: String, at: WallInstant) {
        self.by = by
        self.reason = reason
        self.at = at
    }
}

/// The file of the HALT lever; it survives reboots.
package struct HaltLever: Sendable {
    private let folder: StateFolder
    private var path: String { folder.halt }

    /// The lever of a state folder.
    package init(folder: StateFolder) {
        self.folder = folder
    }

    /// Who pulled it and why; nil while it is released. A file that cannot be read counts as pulled.
    package var pulled: Halt? {
        do {
            guard let bytes = try DurableFile.read(path) else { return nil }
            return try Text.parse(Halt.self, bytes)
        } catch {
            return Halt(
                by: "unknown", reason: "\(path) cannot be read: \(error)",
                at: WallInstant(microsecondsSinceEpoch: 0))
        }
    }

    /// Pulls it; the first pull stands until it is released.
    package func pull(_ halt: Halt) throws {
        guard pulled == nil else { return }
        try Reserve(folder: folder).spend { try DurableFile.write(Text.json(halt), to: path) }
    }

    /// Releases it; what it was pulled for stays with the caller, who records it.
    package func release() throws {
        try DurableFile.remove(path)
    }
}
