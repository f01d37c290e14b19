/// What a customer asked for.
package struct RefundRequest: Hashable, Sendable, Codable {
    package let orderCents: Int
    /// In the customer's own words: `please refund $12.50`.
    package let text: String

    /// A request for money back.
    package init(orderCents: Int, text: String) {
        self.orderCents = orderCents
        self.text = text
    }
}

/// What came of a refund.
package enum RefundOutcome: Hashable, Sendable, CustomStringConvertible {
    case refunded(cents: Int)
    case timedOut

    package var description: String {
        switch self {
        case .refunded(let cents): "refunded \(cents) cents"
        case .timedOut: "timed out"
        }
    }
}

/// The refund flow: read the amount, decide, write the request, pay.
///
/// It is pure: the same request and parts give the same outcome and spans, live and replayed.
package struct RefundFlow: Hashable, Sendable {
    package let components: RefundComponents
    /// How long the flow waits for the payments API.
    package static let patience: Duration = .milliseconds(600)

    /// A flow with these parts.
    package init(components: RefundComponents) {
        self.components = components
    }

    /// Runs the flow and tells each step as a span.
    package func run(_ request: RefundRequest) -> (outcome: RefundOutcome, root: Span) {
        let asked = amountAsked(in: request.text)
        let decided = amountDecided(asked: asked, order: request.orderCents)
        let wire = wireAmount(decided)
        let outcome = paid(wire)
        let steps = [
            step(
                "read amount", at: 0, .milliseconds(180),
                ["model": components.model.rawValue, "asked-cents": "\(asked)"]),
            step(
                "decide", at: 180, .milliseconds(120),
                ["prompt": components.prompt.rawValue, "decided-cents": "\(decided)"]),
            step(
                "write request", at: 300, .milliseconds(1),
                ["schema": components.schema.rawValue, "amount": "\(decided)", "unit": unit]),
            step(
                "payments refund", at: 301, latency,
                ["downstream": components.downstream.rawValue, "outcome": "\(outcome)"]),
        ]
        let whole = Duration.milliseconds(301) + latency
        return (
            outcome,
            Span(
                name: "POST /refund", start: .zero, duration: whole,
                attributes: ["outcome": "\(outcome)"], children: steps)
        )
    }

    /// Takes the first number in the text; no number means the whole order, said as zero.
    private func amountAsked(in text: String) -> Int {
        let digits = text.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "." || $0 == "," }
        let decimal: Character? =
            components.model == .triage1
            ? digits.first { $0 == "." || $0 == "," } : digits.first { $0 == "." }
        let parts = digits.split(maxSplits: 1) { $0 == decimal }
        let dollars = parts.first.map { Int($0.filter(\.isNumber)) ?? 0 } ?? 0
        let fraction = (parts.dropFirst().first.map { String($0.prefix(2)) } ?? "") + "00"
        return dollars * 100 + (Int(fraction.prefix(2)) ?? 0)
    }

    private func amountDecided(asked: Int, order: Int) -> Int {
        switch components.prompt {
        case .refund6: asked == 0 ? order : asked
        case .refund7: order
        }
    }

    private func wireAmount(_ cents: Int) -> Int {
        switch components.schema {
        case .request1: cents
        case .request2: cents * 100
        }
    }

    private var unit: String {
        components.schema == .request1 ? "cents" : "dollars"
    }

    private var latency: Duration {
        components.downstream == .payments1 ? .milliseconds(40) : Self.patience
    }

    private func paid(_ cents: Int) -> RefundOutcome {
        components.downstream == .payments1 ? .refunded(cents: cents) : .timedOut
    }

    private func step(
        _ name: String, at start: Int, _ duration: Duration, _ attributes: [String: String]
    ) -> Span {
        Span(
            name: name, start: .milliseconds(start), duration: duration, attributes: attributes,
            children: [])
    }
}
