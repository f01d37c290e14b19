/// Counters and a latency histogram since the start, in the Prometheus text format.
package struct RequestTotals: Sendable {
    private var requests: [ShopEvent.Route: Int] = [:]
    private var errors: [ShopEvent.Route: Int] = [:]
    private var buckets = [Int](repeating: 0, count: Self.boundsInMilliseconds.count)
    private var count = 0
    private var sum: Duration = .zero

    private static let boundsInMilliseconds = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000]

    /// Nothing counted yet.
    package init() {}

    /// Counts a request; other events are no requests and leave the totals as they are.
    package mutating func count(_ event: ShopEvent) {
        guard case .request(let route, let failed, let latency) = event else { return }
        requests[route, default: 0] += 1
        if failed { errors[route, default: 0] += 1 }
        count += 1
        sum += latency
        for (index, bound) in Self.boundsInMilliseconds.enumerated()
        where latency <= .milliseconds(bound) {
            buckets[index] += 1
        }
    }

    /// The exposition lines, routes in their declared order.
    package var prometheusLines: [String] {
        counter("shop_requests_total", requests) + counter("shop_errors_total", errors) + histogram
    }

    private func counter(_ name: String, _ values: [ShopEvent.Route: Int]) -> [String] {
        ["# TYPE \(name) counter"]
            + ShopEvent.Route.allCases.map {
                "\(name){route=\"/\($0.rawValue)\"} \(values[$0] ?? 0)"
            }
    }

    private var histogram: [String] {
        let name = "shop_request_seconds"
        let bounds = zip(Self.boundsInMilliseconds, buckets).map { bound, value in
            "\(name)_bucket{le=\"\(Double(bound) / 1_000)\"} \(value)"
        }
        return ["# TYPE \(name) histogram"] + bounds + [
            "\(name)_bucket{le=\"+Inf\"} \(count)",
            "\(name)_sum \(sum / .seconds(1))",
            "\(name)_count \(count)",
        ]
    }
}
