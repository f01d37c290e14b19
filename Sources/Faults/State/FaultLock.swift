import Dispatch
import Drills
import Glibc

/// Makes sure that one process at a time injects or reverts a fault; ends with the process at the latest.
final class FaultLock: Sendable {
    private let file: Descriptor
    private let path: String

    /// Waits until nobody else holds the lock; hooks have deadlines, so the wait ends.
    static func acquire(_ fault: FaultID, in folder: StateFolder) async throws -> FaultLock {
        if let free = try ifFree(fault, in: folder) { return free }
        return try await withCheckedThrowingContinuation { continuation in
            // A thread of its own: a wait in flock must not keep other work from going on.
            DispatchQueue(label: "fault lock").async {
                continuation.resume(
                    with: Result {
                        let lock = try FaultLock(of: fault, in: folder)
                        try lock.take(LOCK_EX)
                        return lock
                    })
            }
        }
    }

    /// The lock, if nobody else holds it.
    static func ifFree(_ fault: FaultID, in folder: StateFolder) throws -> FaultLock? {
        let lock = try FaultLock(of: fault, in: folder)
        do {
            try lock.take(LOCK_EX | LOCK_NB)
            return lock
        } catch let error where error.number == EWOULDBLOCK {
            return nil
        }
    }

    private init(of fault: FaultID, in folder: StateFolder) throws {
        path = folder.lock(of: fault)
        let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else { throw SystemError(errno, "open \(path)") }
        file = Descriptor(number)
    }

    private func take(_ operation: Int32) throws(SystemError) {
        while flock(file.number, operation) != 0 {
            guard errno == EINTR else { throw SystemError(errno, "lock \(path)") }
        }
    }

    /// Lets the next one in.
    func release() {
        flock(file.number, LOCK_UN)
    }
}
