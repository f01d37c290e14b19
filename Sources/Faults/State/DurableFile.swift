import Failpoints
import FoundationEssentials
import Glibc

/// Small files that are there whole or not at all, also after a power cut.
enum DurableFile {
    /// The places where a write of an armed record may be made to die.
    struct Failpoints {
        var beforeRename: Failpoint?
        var afterRename: Failpoint?
    }

    /// Writes a temporary file, syncs it, renames it into place and syncs the folder.
    static func write(
        _ bytes: [UInt8], to path: String, mode: mode_t = 0o644,
        failpoints: Failpoints = Failpoints()
    ) throws {
        let temporary = "\(path).\(getpid())\(draftSuffix)"
        // Left over by a process of the same number that died; the name is ours alone.
        unlink(temporary)
        do {
            try NewFile.create(temporary, bytes, mode: mode, isSynced: true)
            failpoints.beforeRename?.hit()
            guard rename(temporary, path) == 0 else { throw SystemError(errno, "rename \(path)") }
        } catch {
            unlink(temporary)
            throw error
        }
        failpoints.afterRename?.hit()
        try syncFolder(of: path)
    }

    /// Gives a file a second name and syncs the folder; a name that is taken already stays as it is.
    static func link(_ path: String, to name: String) throws {
        guard Glibc.link(path, name) == 0 || errno == EEXIST else {
            throw SystemError(errno, "link \(name)")
        }
        try syncFolder(of: name)
    }

    /// Removes a file and syncs its folder; a file that is not there is as good as removed.
    static func remove(_ path: String) throws {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw SystemError(errno, "remove \(path)")
        }
        try syncFolder(of: path)
    }

    /// Removes what processes left half-written that are gone.
    static func removeDrafts(in folder: String) {
        // A folder that cannot be listed keeps them: they are never read and do no harm.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where name.hasSuffix(draftSuffix) {
            let writer = name.dropLast(draftSuffix.count).split(separator: ".").last
            guard let pid = writer.flatMap({ pid_t($0) }), kill(pid, 0) != 0, errno == ESRCH
            else { continue }
            unlink("\(folder)/\(name)")
        }
    }

    private static let draftSuffix = ".new"

    /// The content; nil if there is no such file.
    static func read(_ path: String, limit: Int = maximumSize) throws -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw SystemError(errno, "read \(path)")
        }
        let descriptor = Descriptor(file)
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while content.count <= limit {
            let count = Glibc.read(descriptor.number, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SystemError(errno, "read \(path)") }
            if count == 0 { return content }
            content.append(contentsOf: buffer[..<count])
        }
        throw SystemError(EFBIG, "read \(path)")
    }

    /// No file of the state folder comes near; a larger one is not ours.
    private static let maximumSize = 4 << 20

    private static func syncFolder(of path: String) throws {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw SystemError(errno, "open \(folder)") }
        let descriptor = Descriptor(file)
        guard fsync(descriptor.number) == 0 else { throw SystemError(errno, "sync \(folder)") }
    }
}

/// One way of writing JSON for all files and messages: keys in order, no escaped slashes.
enum Text {
    static func json(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    static func parse<Value: Decodable>(_ type: Value.Type, _ bytes: some Sequence<UInt8>) throws
        -> Value
    {
        try JSONDecoder().decode(type, from: Data(bytes))
    }
}
