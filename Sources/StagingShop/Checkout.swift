/// A checkout: take the order, charge it, queue the receipt.
struct Checkout: Sendable {
    private let shop: Shop

    init(in shop: Shop) {
        self.shop = shop
    }

    /// Sells something for that many cents.
    func sell(cents: Int) async -> Answer {
        let configuration = shop.configuration
        guard !configuration.plugins.isBlocked(.checkout) else {
            return Answer(status: 500, text: "a required checkout plugin is not registered")
        }
        let order = shop.update { memory, _ in memory.book.open(cents: cents) }
        let settlement = await charge(cents: cents, policy: configuration)
        let isQueued = shop.update { memory, now in
            memory.book.settle(order, as: settlement)
            if case .charged(let charge) = settlement, charge != cents {
                memory.note(.billingMismatch, at: now)
            }
            return settlement == .failed || memory.queue.add()
        }
        guard isQueued else { return Answer(status: 503, text: "the queue is full") }
        return Answer(
            status: settlement == .failed ? 502 : 200, text: "order \(order) \(settlement)")
    }

    private func charge(
        cents: Int, policy configuration: ShopConfiguration
    ) async -> BillingBook.Settlement {
        let policy = configuration.release.payments
        let mayCall = shop.update { memory, now in
            policy.breaker == .off || memory.breaker.allowsCall(at: now)
        }
        guard mayCall else { return .deferred }
        let sum = configuration.release.rounding.charge(forCents: cents)
        let isCharged = await DependencyCall(of: shop)
            .send("/charge?cents=\(sum)", timeout: policy.longestWait)
        return shop.update { memory, now in
            if isCharged {
                memory.breaker.noteSuccess()
                return .charged(cents: sum)
            }
            memory.breaker.noteFailure(at: now)
            memory.note(.paymentsTimeout, at: now)
            return policy.breaker == .on ? .deferred : .failed
        }
    }
}

/// What a route answers, before it is put into HTTP.
struct Answer: Hashable, Sendable {
    let status: Int
    let text: String
}

/// One call of a dependency over loopback.
struct DependencyCall: Sendable {
    private let shop: Shop

    init(of shop: Shop) {
        self.shop = shop
    }

    /// Whether the dependency took the call in time; down, refusing or late are all a no.
    func send(_ path: String, timeout: Duration) async -> Bool {
        guard let port = shop.dependencyPort else { return false }
        // The caller's next step is the same for every way a dependency can fail.
        let response = try? await LoopbackClient(port: port)
            .send(LoopbackRequest(method: .POST, uri: path), timeout: timeout)
        return response?.status == 200
    }
}
