import StagingShop
import Testing

@Suite("A sliding window")
struct SlidingWindowTests {
    @Test("holds exactly what lies within its length", arguments: 0..<50 as Range<UInt64>)
    func holdsItsLength(seed: UInt64) {
        var state = seed &* 6_364_136_223_846_793_005 &+ 1
        var window = SlidingWindow<Int>(length: .milliseconds(1_000))
        var all: [(at: Duration, element: Int)] = []
        var now: Duration = .zero
        for element in 0..<200 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            now += .milliseconds(Int(state >> 56))
            window.append(element, at: now)
            all.append((now, element))
            let expected = all.filter { now - $0.at <= window.length }.map(\.element)
            #expect(window.elements(at: now) == expected, "seed \(seed), element \(element)")
        }
    }

    @Test("forgets the oldest beyond its limit")
    func hasALimit() {
        var window = SlidingWindow<Int>(length: .seconds(1), limit: 3)
        for element in 0..<20 { window.append(element, at: .zero) }
        #expect(window.elements(at: .zero) == [17, 18, 19])
    }
}

@Suite("The figures of the shop")
struct FiguresTests {
    @Test(
        "take the nearest rank for a percentile",
        arguments: [(1, 1), (20, 19), (100, 95), (101, 96)])
    func takesTheNearestRank(count: Int, expected: Int) {
        let values = (1...count).reversed().map { Duration.milliseconds($0) }
        #expect(Figures.percentile(95, of: values) == .milliseconds(expected))
    }

    @Test("are zero without requests")
    func areZeroWithoutRequests() {
        let figures = Figures(events: [], queueDepth: 0, refusedPlugins: 0)
        #expect(figures.lines.allSatisfy { $0.hasSuffix("=0") })
    }

    @Test("count what went wrong")
    func countWhatWentWrong() {
        let events: [ShopEvent] = [
            .request(route: .checkout, failed: true, latency: .milliseconds(900)),
            .request(route: .orders, failed: false, latency: .milliseconds(2)),
            .login(refused: true), .login(refused: false), .leak, .billingMismatch, .wrongRefund,
            .contentWrite(conflict: true), .contentWrite(conflict: false), .sinkTimeout,
            .paymentsTimeout,
        ]
        let figures = Figures(events: events, queueDepth: 7, refusedPlugins: 1)
        #expect(
            figures.lines == [
                "requests=2", "errors=1", "error-percent=50", "p95-ms=900", "checkout-p95-ms=900",
                "logins=2", "login-refused-percent=50", "leaks=1", "billing-mismatches=1",
                "wrong-refunds=1", "content-writes=2", "content-conflict-percent=50",
                "sink-timeouts=1", "payments-timeouts=1", "queue-depth=7", "plugins-refused=1",
            ])
        #expect(figures.prometheusLines.contains("shop_window_error_percent 50"))
    }

    @Test("come with totals in cumulative buckets")
    func countsCumulativeBuckets() {
        var totals = RequestTotals()
        totals.count(.request(route: .checkout, failed: true, latency: .milliseconds(7)))
        totals.count(.request(route: .checkout, failed: false, latency: .milliseconds(700)))
        totals.count(.leak)
        let lines = totals.prometheusLines
        #expect(lines.contains("shop_requests_total{route=\"/checkout\"} 2"))
        #expect(lines.contains("shop_errors_total{route=\"/checkout\"} 1"))
        #expect(lines.contains("shop_request_seconds_bucket{le=\"0.005\"} 0"))
        #expect(lines.contains("shop_request_seconds_bucket{le=\"0.01\"} 1"))
        #expect(lines.contains("shop_request_seconds_bucket{le=\"1.0\"} 2"))
        #expect(lines.contains("shop_request_seconds_bucket{le=\"+Inf\"} 2"))
        #expect(lines.contains("shop_request_seconds_count 2"))
    }
}
