import Drills
import Glibc

/// Decides whether a file may be run as a hook, as strictly as sudo, cron and ssh do with theirs.
package struct HookGuard: Sendable {
    /// Folders of scenarios, the one that overrides the others first.
    package let folders: [String]
    /// The users who may own hooks: root and the one the agent runs as.
    package let owners: [UInt32]

    /// A guard over hooks in the `hooks` folder of each of these folders.
    package init(folders: [String], owners: [UInt32] = [0, geteuid()]) {
        self.folders = folders
        self.owners = owners
    }

    /// The file of a hook and its hash, if it may be run.
    package func admit(_ command: HookCommand) throws(HookRefusal) -> AdmittedHook {
        try admit(hook: command.hook)
    }

    /// Everything that is wrong with a hook, as sentences; none if it may be run.
    package func problems(with command: HookCommand) -> [String] {
        do {
            let (facts, _) = try find(command.hook)
            return refusals(of: facts).map(\.description)
        } catch {
            return [error.description]
        }
    }

    /// Checks a file again that was admitted before: it must still be the hook of that name.
    package func readmit(hook: String, path: String) throws(HookRefusal) -> AdmittedHook {
        let admitted = try admit(hook: hook)
        guard admitted.path == path else { throw .changed(path) }
        return admitted
    }

    /// Checks the very file that was admitted before, whatever else bears its name by now.
    func recheck(_ hook: AdmittedHook) throws(HookRefusal) {
        guard folders.contains(hook.folder) else { throw .outsideHooks(hook.path) }
        guard let facts = HookFacts(path: hook.path, root: "\(hook.folder)/hooks") else {
            throw .missing(hook.path, folders: [hook.folder])
        }
        if let first = refusals(of: facts).first { throw first }
    }

    private func admit(hook: String) throws(HookRefusal) -> AdmittedHook {
        let (facts, folder) = try find(hook)
        if let first = refusals(of: facts).first { throw first }
        do {
            guard let content = try DurableFile.read(facts.resolved, limit: .max) else {
                throw SystemError(ENOENT, "read it")
            }
            return AdmittedHook(
                path: facts.resolved, folder: folder, hash: Hexadecimal.sha256(of: content))
        } catch {
            throw .unreadable(facts.path, reason: "\(error)")
        }
    }

    private func find(_ hook: String) throws(HookRefusal) -> (HookFacts, folder: String) {
        let parts = hook.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0] == "hooks", !hook.utf8.contains(0),
            !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." })
        else { throw .outsideHooks(hook) }
        for folder in folders {
            let path = "\(folder)/\(hook)"
            if let facts = HookFacts(path: path, root: "\(folder)/hooks") {
                return (facts, folder)
            }
            // It hides a hook of the same name in a folder with less precedence, which must not be run in its place.
            if HookFacts.isLink(path) { throw .deadLink(path) }
            if let reason = HookFacts.obstacle(at: path) {
                throw .unreadable(path, reason: reason)
            }
        }
        throw .missing(hook, folders: folders)
    }

    /// The decision, from facts alone but for the interpreter.
    package func refusals(of facts: HookFacts) -> [HookRefusal] {
        guard facts.resolved.hasPrefix(facts.root + "/") else {
            return [.linkOut(facts.path, resolved: facts.resolved, root: facts.root)]
        }
        guard let file = facts.places.first, file.mode & S_IFMT == S_IFREG else {
            return [.notRegular(facts.path)]
        }
        var found: [HookRefusal] = []
        if file.mode & 0o111 == 0 { found.append(.notExecutable(facts.path)) }
        if let interpreter = interpreterRefusal(facts) { found.append(interpreter) }
        for place in facts.places {
            if !owners.contains(place.user) {
                found.append(.foreignOwner(place.path, user: place.user, allowed: owners))
            }
            if place.mode & 0o022 != 0 {
                found.append(.writableByOthers(place.path, mode: place.mode & 0o7777))
            }
        }
        return found
    }

    private func interpreterRefusal(_ facts: HookFacts) -> HookRefusal? {
        if facts.head.isEmpty {
            guard access(facts.resolved, R_OK) == 0 else {
                return .unreadable(facts.path, reason: String(cString: strerror(errno)))
            }
            return .empty(facts.path)
        }
        if facts.head.starts(with: [0x7f, 0x45, 0x4c, 0x46]) { return nil }
        guard facts.head.starts(with: "#!".utf8) else { return .noInterpreterLine(facts.path) }
        let line = String(decoding: facts.head.dropFirst(2).prefix { $0 != 0x0a }, as: UTF8.self)
        let words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
        let interpreter = words.first ?? ""
        guard interpreter.hasPrefix("/"), access(interpreter, X_OK) == 0 else {
            return .missingInterpreter(
                facts.path, interpreter: interpreter.filter { !$0.isWhitespace })
        }
        // `env` looks the program up when the hook runs, which is too late to be told.
        guard interpreter.hasSuffix("/env"),
            let program = words.dropFirst().first(where: { !$0.hasPrefix("-") && !$0.contains("=") }
            ),
            !Self.isFound(program)
        else { return nil }
        return .missingInterpreter(facts.path, interpreter: program)
    }

    private static func isFound(_ program: String) -> Bool {
        if program.hasPrefix("/") { return access(program, X_OK) == 0 }
        return HookEnvironment.searchPath.split(separator: ":").contains { folder in
            access("\(folder)/\(program)", X_OK) == 0
        }
    }
}

/// A hook file that may be run.
package struct AdmittedHook: Hashable, Sendable, Codable {
    /// The absolute path without links.
    package let path: String
    /// The folder of scenarios in which it was found.
    package let folder: String
    /// SHA-256 of the file, in hexadecimal.
    package let hash: String

    /// A file that a guard admitted.
    package init(path: String, folder: String, hash: String) {
        self.path = path
        self.folder = folder
        self.hash = hash
    }
}
