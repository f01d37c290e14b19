/// How the shop did over the last few seconds.
package struct Figures: Hashable, Sendable {
    package let requests: Int
    package let errors: Int
    /// The latency that 95 of 100 requests stayed within; zero without requests.
    package let p95: Duration
    package let checkoutP95: Duration
    package let logins: Int
    package let refusedLogins: Int
    package let leaks: Int
    package let billingMismatches: Int
    package let wrongRefunds: Int
    package let contentWrites: Int
    package let contentConflicts: Int
    package let sinkTimeouts: Int
    package let paymentsTimeouts: Int
    package let queueDepth: Int
    package let refusedPlugins: Int

    /// Counts the events of a window.
    package init(events: [ShopEvent], queueDepth: Int, refusedPlugins: Int) {
        let latencies = events.compactMap(\.latency)
        requests = latencies.count
        errors = events.count(where: \.isError)
        p95 = Self.percentile(95, of: latencies)
        checkoutP95 = Self.percentile(
            95, of: events.filter { $0.route == .checkout }.compactMap(\.latency))
        logins = events.count { $0 == .login(refused: true) || $0 == .login(refused: false) }
        refusedLogins = events.count { $0 == .login(refused: true) }
        leaks = events.count { $0 == .leak }
        billingMismatches = events.count { $0 == .billingMismatch }
        wrongRefunds = events.count { $0 == .wrongRefund }
        contentConflicts = events.count { $0 == .contentWrite(conflict: true) }
        contentWrites = contentConflicts + events.count { $0 == .contentWrite(conflict: false) }
        sinkTimeouts = events.count { $0 == .sinkTimeout }
        paymentsTimeouts = events.count { $0 == .paymentsTimeout }
        self.queueDepth = queueDepth
        self.refusedPlugins = refusedPlugins
    }

    /// The smallest value that so many percent of the values do not exceed (nearest rank).
    package static func percentile(_ percent: Int, of values: [Duration]) -> Duration {
        guard !values.isEmpty else { return .zero }
        let rank = (values.count * percent + 99) / 100
        return values.sorted()[max(rank, 1) - 1]
    }

    /// Names and values in a fixed order, for `/figures`; what hooks read with `sed`.
    package var lines: [String] {
        named.map { "\($0.name)=\($0.value)" }
    }

    /// The same as gauges in the Prometheus text format.
    package var prometheusLines: [String] {
        named.flatMap { name, value -> [String] in
            let metric = "shop_window_" + name.map { $0 == "-" ? "_" : String($0) }.joined()
            return ["# TYPE \(metric) gauge", "\(metric) \(value)"]
        }
    }

    private var named: [(name: String, value: Int)] {
        [
            ("requests", requests), ("errors", errors),
            ("error-percent", Self.percent(errors, of: requests)),
            ("p95-ms", p95.milliseconds), ("checkout-p95-ms", checkoutP95.milliseconds),
            ("logins", logins), ("login-refused-percent", Self.percent(refusedLogins, of: logins)),
            ("leaks", leaks), ("billing-mismatches", billingMismatches),
            ("wrong-refunds", wrongRefunds), ("content-writes", contentWrites),
            ("content-conflict-percent", Self.percent(contentConflicts, of: contentWrites)),
            ("sink-timeouts", sinkTimeouts), ("payments-timeouts", paymentsTimeouts),
            ("queue-depth", queueDepth), ("plugins-refused", refusedPlugins),
        ]
    }

    private static func percent(_ part: Int, of whole: Int) -> Int {
        whole == 0 ? 0 : part * 100 / whole
    }
}

extension ShopEvent {
    fileprivate var route: Route? {
        if case .request(let route, _, _) = self { route } else { nil }
    }

    fileprivate var latency: Duration? {
        if case .request(_, _, let latency) = self { latency } else { nil }
    }

    fileprivate var isError: Bool {
        if case .request(_, let failed, _) = self { failed } else { false }
    }
}
