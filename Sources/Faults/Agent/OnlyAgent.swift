import Glibc

/// Makes sure that one agent at a time serves a state folder.
package final class OnlyAgent: Sendable {
    private let file: Descriptor

    /// Takes the place of the agent; throws if another one serves the folder.
    package init(folder: StateFolder) throws {
        let path = "\(folder.path)/agent.lock"
        let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else { throw SystemError(errno, "open \(path)") }
        file = Descriptor(number)
        guard flock(number, LOCK_EX | LOCK_NB) == 0 else {
            throw SystemError(errno, "serve \(folder.path), which another agent serves")
        }
    }
}
