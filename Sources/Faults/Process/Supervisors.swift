import CSupervisor
import Glibc
import Synchronization

/// The supervisors of running hooks, by which children that nobody started can be told.
///
/// When a supervisor is killed, what its hook started falls to the next subreaper above it. An agent that takes these
/// processes in can end them, though they have left their session and cleared their environment.
package enum Supervisors {
    private static let running = Mutex(State())

    private struct State {
        var processes: Set<pid_t> = []
        var adopts = false
    }

    /// Takes in what supervisors leave behind that are killed. Only for a process without other children than these.
    package static func adoptOrphans() {
        // Without it a process that cleared its environment could stay, as under a kernel that knows no subreapers.
        running.withLock { $0.adopts = supervisor_adopt() == 0 }
    }

    /// Starts one; nobody takes it for an orphan in between.
    static func start(_ fork: () throws -> pid_t) rethrows -> pid_t {
        try running.withLock { state in
            let process = try fork()
            state.processes.insert(process)
            return process
        }
    }

    /// Waits for the end of one that is ending.
    static func reap(_ process: pid_t) {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        running.withLock { _ = $0.processes.remove(process) }
    }

    /// Kills the children of this process that are no supervisors, and what these leave behind; false if one would not go,
    /// or nobody can tell.
    static func endOrphans() -> Bool {
        for round in 0..<200 {
            let orphans = running.withLock { state -> [pid_t]? in
                guard state.adopts else { return [] }
                let orphans = children()?.filter { !state.processes.contains($0) }
                for orphan in orphans ?? [] { kill(orphan, SIGKILL) }
                return orphans
            }
            if orphans == [] { return true }
            for orphan in orphans ?? [] { waitpid(orphan, nil, WNOHANG) }
            usleep(round < 20 ? 500 : 20_000)
        }
        return false
    }

    /// The children of all threads of this process; nil when nobody can tell.
    private static func children() -> [pid_t]? {
        guard let threads = FaultTag.numbers(in: "/proc/self/task") else { return nil }
        return try? threads.flatMap { thread in
            let list = try FaultTag.content(of: "/proc/self/task/\(thread)/children")
            return String(decoding: list, as: UTF8.self).split(separator: " ")
                .compactMap { pid_t($0) }
        }
    }
}
