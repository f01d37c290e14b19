import FoundationEssentials
import Glibc

/// A program and everything it started, as far as the kernel still knows whose child it is.
enum ProcessTree {
    /// Kills the group of a program and every descendant that has left the group.
    static func kill(_ pid: pid_t) {
        for child in descendants(of: pid) { _ = Glibc.kill(child, SIGKILL) }
        _ = Glibc.kill(-pid, SIGKILL)
    }

    private static func descendants(of pid: pid_t) -> [pid_t] {
        var found = children(of: pid)
        var index = 0
        while index < found.count, found.count < 1_000 {
            found += children(of: found[index])
            index += 1
        }
        return found
    }

    private static func children(of pid: pid_t) -> [pid_t] {
        // A process that ended meanwhile has no children any more.
        guard
            let list = try? String(
                contentsOfFile: "/proc/\(pid)/task/\(pid)/children", encoding: .utf8)
        else { return [] }
        return list.split(separator: " ").compactMap { pid_t($0) }
    }
}
