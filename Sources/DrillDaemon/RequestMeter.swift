import CalendarTime
import Drills
import Synchronization

/// Keeps one payer from taking the daemon away from the others: so many requests at a time, so many records a minute.
///
/// Whatever stops something is never counted.
final class RequestMeter: Sendable {
    /// The most requests of one user that wait for their answers; each open console holds one.
    static let atOnce = 512
    /// The most steps and acks of one user in a row, and apart from them the most webhooks …
    static let burst = 120
    /// … and how long it takes until there is room for one more.
    static let refill = TimeSpan.milliseconds(100)

    private struct Account {
        var waiting = 0
        /// When all of the burst of a kind is there again.
        var full: [Kind: BootInstant] = [:]
    }

    /// What is counted by itself: whoever floods the webhooks takes no room from steps of the same user.
    enum Kind: Hashable {
        case step, webhook
    }

    /// Whose share a request is taken from.
    enum Payer: Hashable {
        case user(UInt32)
        /// A link that was proved: whoever has none takes nothing from the one it was made for.
        case link(RunID, PersonName)
    }

    private let accounts = Mutex<[Payer: Account]>([:])

    /// Takes a request in; false if too many are waiting.
    func begin(_ payer: Payer) -> Bool {
        accounts.withLock { accounts in
            guard accounts[payer, default: Account()].waiting < Self.atOnce else { return false }
            accounts[payer, default: Account()].waiting += 1
            return true
        }
    }

    func end(_ payer: Payer) {
        accounts.withLock { accounts in accounts[payer]?.waiting -= 1 }
    }

    /// Whether one more record of a kind may be written for a payer now.
    func admit(_ kind: Kind, of payer: Payer, at now: BootInstant) -> Bool {
        accounts.withLock { accounts in
            var account = accounts[payer, default: Account()]
            let next = max(account.full[kind] ?? now, now).advanced(by: Self.refill)
            let most = Int64(Self.burst) * Self.refill.microseconds
            guard next - now <= most else { return false }
            account.full[kind] = next
            accounts[payer] = account
            return true
        }
    }
}
