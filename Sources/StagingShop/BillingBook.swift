/// Orders beside the charges made for them.
package struct BillingBook: Sendable {
    private var orders: [Order] = []
    private var nextNumber = 1
    /// Older orders are forgotten; a rehearsal has no use for them.
    package static let limit = 1_000

    /// An empty book.
    package init() {}

    /// Takes an order and answers its number.
    package mutating func open(cents: Int) -> Int {
        defer { nextNumber += 1 }
        orders.append(Order(number: nextNumber, cents: cents, settlement: .open))
        if orders.count > Self.limit { orders.removeFirst() }
        return nextNumber
    }

    /// Notes what became of an order's payment; an order that was forgotten is left alone.
    package mutating func settle(_ number: Int, as settlement: Settlement) {
        guard let index = orders.lastIndex(where: { $0.number == number }) else { return }
        orders[index].settlement = settlement
    }

    /// The last few orders, newest first.
    package func latest(_ count: Int) -> [Order] {
        orders.suffix(count).reversed()
    }

    /// One order.
    package struct Order: Hashable, Sendable {
        package let number: Int
        package let cents: Int
        package var settlement: Settlement

        /// Whether the books disagree: charged, but not what was ordered.
        package var isMismatch: Bool {
            if case .charged(let charge) = settlement { charge != cents } else { false }
        }

        /// The order as one line of `/orders`.
        package var line: String { "\(number) \(cents) \(settlement)" }
    }

    /// What became of a payment.
    package enum Settlement: Hashable, Sendable, CustomStringConvertible {
        case open
        case charged(cents: Int)
        /// Taken without a charge, which follows when the payments API is well.
        case deferred
        case failed

        package var description: String {
            switch self {
            case .open: "open"
            case .charged(let cents): "charged \(cents)"
            case .deferred: "deferred"
            case .failed: "failed"
            }
        }
    }
}
