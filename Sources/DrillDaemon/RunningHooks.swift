import Drills
import Faults
import Synchronization

/// The hooks of one run that are running now.
final class RunningHooks: Sendable {
    private struct State {
        var count = 0
        var commands: Set<CommandID> = []
    }

    private let run: RunID
    private let state = Mutex(State())

    init(run: RunID) {
        self.run = run
    }

    /// Sorted, so that they are stopped in the order they were started.
    var all: [CommandID] { state.withLock { $0.commands.sorted() } }

    func begin() -> CommandID {
        state.withLock { state in
            state.count += 1
            let id = CommandID("\(run).hook-\(state.count)")
            state.commands.insert(id)
            return id
        }
    }

    func end(_ id: CommandID) {
        _ = state.withLock { $0.commands.remove(id) }
    }
}
