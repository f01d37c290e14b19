import CalendarTime
import Drills
import Glibc

/// Names one call of a plain hook.
package typealias CommandID = Name<CommandRecord>

/// A plain hook to be run: a probe, an abort condition, a step of a response, a page.
package struct CommandRecord: Hashable, Sendable, Codable {
    package let id: CommandID
    package let run: RunID?
    package let target: Target?
    package let command: HookCommand
    package let parameters: [Parameter]
    /// More `DRILL_` variables, such as `DRILL_CTL` and `DRILL_SOCKET`.
    package let environment: [String: String]
    package let timeout: TimeSpan

    /// A command that is about to be run.
    package init(
        id: CommandID, run: RunID?, target: Target?, command: HookCommand, parameters: [Parameter],
        environment: [String: String], timeout: TimeSpan
    ) {
        self.id = id
        self.run = run
        self.target = target
        self.command = command
        self.parameters = parameters
        self.environment = environment
        self.timeout = timeout
    }
}

/// The command records of a state folder: written by who asks, removed by who runs.
struct CommandStore: Sendable {
    let folder: StateFolder

    private func path(_ id: CommandID) -> String { "\(folder.commands)/\(id).json" }

    /// Lays a record down, in the place of one of the same name that nobody took.
    func put(_ record: CommandRecord) throws {
        discard(record.id)
        try NewFile.create(path(record.id), Text.json(record), mode: 0o640, isSynced: false)
    }

    /// Reads a record and removes it, so that it runs once.
    func take(_ id: CommandID) throws -> CommandRecord? {
        guard let bytes = try DurableFile.read(path(id)) else { return nil }
        discard(id)
        let record = try Text.parse(CommandRecord.self, bytes)
        return record.id == id ? record : nil
    }

    func discard(_ id: CommandID) {
        // It may have been taken already.
        unlink(path(id))
    }
}
