import Drills
import Glibc

/// What marks the processes of one fault: its own state folder in their environment.
///
/// The supervisor ends the tree of a hook as soon as the agent dies; the tag finds what is left if the
/// supervisor was killed as well. Only processes that bear the tag are ever ended.
package struct FaultTag: Hashable, Sendable {
    /// The fault's folder, which no other fault and no other state folder shares.
    package let folder: String
    static let variable = "DRILL_STATE_DIR"

    /// The tag of the fault that owns a folder.
    package init(folder: String) {
        self.folder = folder
    }

    /// The processes that bear the tag and, if given, run that verb; nil when nobody can tell.
    package func processes(running verb: HookVerb? = nil) -> [pid_t]? {
        let words =
            ["\(Self.variable)=\(folder)"] + (verb.map { ["DRILL_VERB=\($0.rawValue)"] } ?? [])
        let variables = words.map { Array($0.utf8) }
        guard let all = Self.numbers(in: "/proc") else { return nil }
        return try? all.filter { pid in
            guard pid != getpid() else { return false }
            let environment = try Self.content(of: "/proc/\(pid)/environ")
            return variables.allSatisfy { Self.contains($0, environment) }
        }
    }

    /// What a file of /proc holds; nothing for a process that ended meanwhile, or is another user's and none of ours.
    ///
    /// - Throws: when this process has no room to look.
    static func content(of path: String) throws -> [UInt8] {
        do {
            return try DurableFile.read(path, limit: .max) ?? []
        } catch let error as SystemError where [EMFILE, ENFILE, ENOMEM].contains(error.number) {
            throw error
        } catch {
            return []
        }
    }

    /// Whether one of the variables of an environment, which end in a zero each, is this one.
    private static func contains(_ variable: [UInt8], _ environment: [UInt8]) -> Bool {
        environment.withUnsafeBytes { bytes in
            var rest = bytes[...]
            // Most are somebody else's: the length alone tells.
            while !rest.isEmpty {
                let end = rest.firstIndex(of: 0) ?? rest.endIndex
                let here = rest[..<end]
                if here.count == variable.count, here.elementsEqual(variable) { return true }
                rest = rest[end...].dropFirst()
            }
            return false
        }
    }

    /// Kills the processes that bear the tag until none is left; false if some would not go, or nobody can tell.
    package func endProcesses(running verb: HookVerb? = nil) -> Bool {
        for round in 0..<200 {
            let left = processes(running: verb)
            if left == [] { return true }
            for pid in left ?? [] { kill(pid, SIGKILL) }
            usleep(round < 20 ? 500 : 20_000)
        }
        return false
    }

    /// The entries of a folder of /proc that are numbers; nil if it cannot be listed.
    static func numbers(in path: String) -> [pid_t]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var found: [pid_t] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let pid = pid_t(name) { found.append(pid) }
        }
        return found
    }
}
