import Drills
import FoundationEssentials
import Glibc

/// Names one call of a hook that runs in another process: `rollback-3.latency:inject:812:4`.
package struct CallName: Hashable, Sendable {
    /// Fit for a file and a unit; the colon occurs in no other name.
    package let text: String

    /// The n-th call of a process.
    package init(_ call: HookCall, process: Int32, number: Int) {
        switch call.work {
        case .verb(let verb, let record):
            text = "\(record.fault):\(verb.rawValue):\(process):\(number)"
        case .command:
            text = "command:\(process):\(number)"
        }
    }

    /// Reads a name from a command line; nil if it could lead out of a folder.
    package init?(checking text: String) {
        guard text.split(separator: ":").allSatisfy({ Name<CallName>(checking: String($0)) != nil })
        else { return nil }
        self.text = text
    }
}

/// Calls on their way to the process that makes them, and reports on their way back.
///
/// It may lie in memory, for a call ends with the boot; then a full disk keeps no revert from being called.
package struct CallFolder: Sendable {
    /// The absolute path.
    package let path: String

    /// A folder that is there.
    package init(_ path: String) {
        self.path = path
    }

    /// The calls of a state folder.
    package init(folder: StateFolder) {
        self.init(folder.calls)
    }

    /// Lays a call down; closed to others, for hook arguments are nobody else's business.
    package func put(_ call: HookCall, as name: CallName) throws {
        try NewFile.create(file(name, "call"), Text.json(call), mode: 0o600, isSynced: false)
    }

    /// Takes a call up; throws if there is none.
    package func call(_ name: CallName) throws -> HookCall {
        guard let bytes = try DurableFile.read(file(name, "call")) else {
            throw SystemError(ENOENT, "read the call \(name.text)")
        }
        return try Text.parse(HookCall.self, bytes)
    }

    /// Lays the report of a call down.
    package func answer(_ report: HookReport, to name: CallName) throws {
        try NewFile.create(file(name, "report"), Text.json(report), mode: 0o600, isSynced: false)
    }

    /// The report of a call; nil while there is none.
    package func report(of name: CallName) throws -> HookReport? {
        try DurableFile.read(file(name, "report")).map { try Text.parse(HookReport.self, $0) }
    }

    /// Removes all that belongs to a call.
    package func discard(_ name: CallName) {
        unlink(file(name, "call"))
        unlink(file(name, "report"))
    }

    /// Removes all calls; for a new agent, whose predecessor waits for none of them any more.
    package func clear() {
        // A folder that cannot be listed is empty or gone.
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for file in files { unlink("\(path)/\(file)") }
    }

    private func file(_ name: CallName, _ kind: String) -> String {
        "\(path)/\(name.text).\(kind)"
    }
}
