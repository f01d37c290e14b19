/// All that a running shop remembers; its shop guards it.
struct ShopMemory: Sendable {
    var configuration: ShopConfiguration
    var window: SlidingWindow<ShopEvent>
    var totals = RequestTotals()
    var book = BillingBook()
    var queue = WorkQueue()
    var content = ContentStore()
    var breaker = CircuitBreaker()
    var dependencyPort: Int?
    var captured = 0
    var statusPage: [String] = []

    /// What the shop did lately.
    func figures(at now: Duration) -> Figures {
        Figures(
            events: window.elements(at: now), queueDepth: queue.depth,
            refusedPlugins: configuration.plugins.refused.count)
    }

    /// Counts an event in the window and in the totals.
    mutating func note(_ event: ShopEvent, at now: Duration) {
        window.append(event, at: now)
        totals.count(event)
    }
}
