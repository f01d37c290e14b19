import Faults
import Glibc

/// Holds a state folder for one daemon; ends with the process at the latest.
final class StateLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock, or says that another daemon has it.
    init(_ folder: StateFolder) throws {
        let path = "\(folder.path)/daemon.lock"
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            if descriptor >= 0 { close(descriptor) }
            throw StartFailure.stateIsTaken(folder.path)
        }
    }

    deinit { close(descriptor) }

    /// Lets another daemon in, also while a child that was forked a moment ago still has the file open.
    func release() {
        flock(descriptor, LOCK_UN)
    }
}
