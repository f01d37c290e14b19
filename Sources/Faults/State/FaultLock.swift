import Dispatch
import Drills
import Glibc

/// Makes sure that one process at a time injects or reverts a fault; ends with the process at the latest.
final class FaultLock: Sendable {
    private let file: Descriptor

    /// Waits until nobody else holds the lock; hooks have deadlines, so the wait ends.
    static func acquire(_ fault: FaultID, in folder: StateFolder) async throws -> FaultLock {
        try await withCheckedThrowingContinuation { continuation in
            // A thread of its own: a wait in flock must not keep other work from going on.
            DispatchQueue(label: "fault lock").async {
                continuation.resume(with: Result { try FaultLock(fault: fault, in: folder) })
            }
        }
    }

    private init(fault: FaultID, in folder: StateFolder) throws {
        let path = folder.lock(of: fault)
        let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else { throw SystemError(errno, "open \(path)") }
        file = Descriptor(number)
        while flock(number, LOCK_EX) != 0 {
            guard errno == EINTR else { throw SystemError(errno, "lock \(path)") }
        }
    }

    /// Lets the next one in.
    func release() {
        flock(file.number, LOCK_UN)
    }
}
