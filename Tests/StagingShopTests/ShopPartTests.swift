import StagingShop
import Testing

@Suite("A work queue")
struct WorkQueueTests {
    @Test("gives out no more than the rate allows")
    func keepsTheRate() {
        var queue = WorkQueue()
        for _ in 0..<100 {
            let isAdded = queue.add()
            #expect(isAdded)
        }
        let times: [Duration] = [.zero, .milliseconds(250), .milliseconds(500), .seconds(60)]
        let taken = times.map { queue.take(rate: 10, at: $0) }
        #expect(taken == [0, 2, 3, 10])
        #expect(queue.depth == 85)
    }

    @Test("takes back what could not be delivered")
    func takesJobsBack() {
        var queue = WorkQueue()
        _ = queue.add()
        _ = queue.take(rate: 10, at: .zero)
        let taken = queue.take(rate: 10, at: .seconds(1))
        queue.putBack(taken)
        #expect(taken == 1)
        #expect(queue.depth == 1)
        #expect(queue.done == 0)
    }
}

@Suite("A billing book")
struct BillingBookTests {
    @Test(
        "finds the orders that were charged another sum",
        arguments: [
            (1_250, BillingRounding.exact, false), (1_250, .dropCents, true),
            (1_200, .dropCents, false),
        ])
    func findsMismatches(cents: Int, rounding: BillingRounding, isMismatch: Bool) throws {
        var book = BillingBook()
        let number = book.open(cents: cents)
        book.settle(number, as: .charged(cents: rounding.charge(forCents: cents)))
        #expect(try #require(book.latest(1).first).isMismatch == isMismatch)
    }

    @Test("forgets the oldest orders and leaves them alone")
    func forgetsOldOrders() {
        var book = BillingBook()
        for _ in 0...BillingBook.limit { _ = book.open(cents: 100) }
        book.settle(1, as: .failed)
        let orders = book.latest(BillingBook.limit + 10)
        #expect(orders.count == BillingBook.limit)
        #expect(orders.allSatisfy { $0.settlement == .open })
    }
}

@Suite("The content store")
struct ContentStoreTests {
    @Test("takes a write that is based on the newest version, and no other")
    func guardsWrites() {
        var store = ContentStore()
        let first = store.write("page", text: "one", basedOn: 0)
        let late = store.write("page", text: "late", basedOn: 0)
        let second = store.write("page", text: "two", basedOn: 1)
        #expect([first, late, second] == [1, nil, 2])
        #expect(store.read("page", lag: 0).text == "two")
        #expect(store.read("page", lag: 1).text == "one")
        #expect(store.read("page", lag: 1).version == 1)
    }

    @Test("lets each writer conflict whose reads lag behind", arguments: [1, 2, 60])
    func conflictsWithLag(lag: Int) {
        var store = ContentStore()
        for version in 0..<100 { _ = store.write("page", text: "\(version)", basedOn: version) }
        let read = store.read("page", lag: lag)
        let written = store.write("page", text: "mine", basedOn: read.version)
        #expect(written == nil)
    }
}

@Suite("An access token")
struct AccessTokenTests {
    @Test("is read back as it was written")
    func isReadBack() {
        let token = AccessToken(key: "2027-a", user: "customer-7")
        #expect(AccessToken(checking: token.description) == token)
    }

    @Test(
        "is refused when a part was changed", arguments: ["", "2027-a", "2027-a.me.0", "a.b.c.d"])
    func isRefused(text: String) {
        #expect(AccessToken(checking: text) == nil)
    }
}

@Suite("The plugin registry")
struct PluginRegistryTests {
    @Test(
        "blocks a hook for as long as a required plugin is refused",
        arguments: [
            ("hook=checkout\nrequired=yes\napi=2", false),
            ("hook=checkout\nrequired=yes\napi=9", true),
            ("hook=checkout\nrequired=no\napi=9", false), ("hook=checkout\nrequired=yes", true),
            ("hook=orders\nrequired=yes\napi=9", false),
        ])
    func blocksHooks(text: String, isBlocked: Bool) throws {
        var registry = PluginRegistry()
        registry.register("it", settings: try KeyValueText(parsing: text, origin: "it.plugin"))
        #expect(registry.isBlocked(.checkout) == isBlocked)
        _ = registry.quarantine()
        #expect(!registry.isBlocked(.checkout))
    }
}

@Suite("A circuit breaker")
struct CircuitBreakerTests {
    @Test("rests after a failure and closes after a success")
    func rests() {
        var breaker = CircuitBreaker(rest: .seconds(1))
        #expect(breaker.allowsCall(at: .zero))
        breaker.noteFailure(at: .seconds(5))
        #expect(!breaker.allowsCall(at: .seconds(5.9)))
        #expect(breaker.allowsCall(at: .seconds(6)))
        breaker.noteSuccess()
        #expect(breaker.allowsCall(at: .seconds(5)))
    }
}
