import CalendarTime
import Synchronization

/// Keeps one peer from taking the daemon away from the others: so many requests at a time, so many records a minute.
///
/// Whatever stops something is never counted.
final class RequestMeter: Sendable {
    /// The most requests of one user that wait for their answers; each open console holds one.
    static let atOnce = 512
    /// The most steps, acks and webhooks of one user in a row …
    static let burst = 120
    /// … and how long it takes until there is room for one more.
    static let refill = TimeSpan.milliseconds(100)

    private struct Account {
        var waiting = 0
        /// When all of the burst is there again.
        var full = BootInstant(microsecondsSinceBoot: 0)
    }

    private let accounts = Mutex<[UInt32: Account]>([:])

    /// Takes a request in; false if too many are waiting.
    func begin(_ uid: UInt32) -> Bool {
        accounts.withLock { accounts in
            guard accounts[uid, default: Account()].waiting < Self.atOnce else { return false }
            accounts[uid, default: Account()].waiting += 1
            return true
        }
    }

    func end(_ uid: UInt32) {
        accounts.withLock { accounts in accounts[uid]?.waiting -= 1 }
    }

    /// Whether one more record may be written for a user now.
    func admitRecord(of uid: UInt32, at now: BootInstant) -> Bool {
        accounts.withLock { accounts in
            var account = accounts[uid, default: Account()]
            let next = max(account.full, now).advanced(by: Self.refill)
            let most = Int64(Self.burst) * Self.refill.microseconds
            guard next - now <= most else { return false }
            account.full = next
            accounts[uid] = account
            return true
        }
    }
}
