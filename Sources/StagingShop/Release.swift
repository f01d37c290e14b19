/// What a version of the shop does, read from its folder `releases/<version>/shop.conf`.
package struct Release: Hashable, Sendable {
    package let version: String
    package let payments: PaymentsPolicy
    /// Keys whose tokens are still good; clients may hold a token of the key before.
    package let acceptedKeys: Set<String>
    package let edge: EdgePolicy
    package let rounding: BillingRounding
    package let refund: RefundComponents
    /// How long one delivery to the downstream sink may take.
    package let sinkTimeout: Duration

    /// Reads a release's settings.
    package init(version: String, settings: KeyValueText) throws(ConfigurationError) {
        self.version = version
        payments = PaymentsPolicy(
            timeout: try settings.milliseconds("payments.timeout-ms"),
            patience: try settings.milliseconds("payments.patience-ms"),
            breaker: try settings.choice("payments.breaker"))
        acceptedKeys = Set(try settings.text("auth.accepts").split(separator: " ").map(String.init))
        edge = try EdgePolicy(settings: settings)
        rounding = try settings.choice("billing.rounding")
        refund = RefundComponents(
            model: try settings.choice("refund.model"),
            prompt: try settings.choice("refund.prompt"),
            schema: try settings.choice("refund.schema"),
            downstream: try settings.choice("refund.downstream"))
        sinkTimeout = try settings.milliseconds("sink.timeout-ms")
    }
}

/// How the checkout treats a slow payments API.
package struct PaymentsPolicy: Hashable, Sendable {
    /// The longest a checkout waits when nothing protects it.
    package let timeout: Duration
    /// With the breaker: after this the order is taken and charged later.
    package let patience: Duration
    package let breaker: Switch

    /// How long a checkout waits for one charge.
    package var longestWait: Duration { breaker == .on ? min(patience, timeout) : timeout }
}

/// How an order's cents become a charge.
package enum BillingRounding: String, CaseIterable, Hashable, Sendable {
    case exact
    /// Charges whole dollars only.
    case dropCents = "drop-cents"

    /// The charge for an order.
    package func charge(forCents cents: Int) -> Int {
        switch self {
        case .exact: cents
        case .dropCents: cents / 100 * 100
        }
    }
}

/// Who may see which path under `/edge/`.
package struct EdgePolicy: Hashable, Sendable {
    /// The role a path needs at least.
    package let rules: [String: Role]
    /// What happens to a path without a rule.
    package let fallback: Fallback

    /// Reads `edge.default` and each `edge.rule.PATH`.
    package init(settings: KeyValueText) throws(ConfigurationError) {
        fallback = try settings.choice("edge.default")
        var rules: [String: Role] = [:]
        for key in settings.values.keys.sorted() where key.hasPrefix("edge.rule.") {
            rules[String(key.dropFirst("edge.rule.".count))] = try settings.choice(key)
        }
        self.rules = rules
    }

    /// Whether somebody may see a path.
    package func allows(_ role: Role, path: String) -> Bool {
        guard let needed = rules[path] else { return fallback == .allow }
        return role >= needed
    }

    /// What to do without a rule.
    package enum Fallback: String, CaseIterable, Hashable, Sendable {
        case allow, deny
    }
}

/// How much somebody may see, least first.
package enum Role: String, CaseIterable, Hashable, Sendable, Comparable {
    case guest, staff, admin

    package static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .guest: 0
        case .staff: 1
        case .admin: 2
        }
    }
}
