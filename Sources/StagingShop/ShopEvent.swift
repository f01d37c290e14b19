/// Something the shop counts.
package enum ShopEvent: Hashable, Sendable {
    /// A customer's request was answered.
    case request(route: Route, failed: Bool, latency: Duration)
    /// A login was tried.
    case login(refused: Bool)
    /// The audit job saw a guest get a sensitive path.
    case leak
    /// An order was charged with another sum than it was taken for.
    case billingMismatch
    /// A refund paid out another sum than was asked for, or none.
    case wrongRefund
    /// An editor tried to write a document.
    case contentWrite(conflict: Bool)
    /// The downstream sink did not take a delivery in time.
    case sinkTimeout
    /// The payments API did not answer in time.
    case paymentsTimeout

    /// The customer-facing routes.
    package enum Route: String, CaseIterable, Hashable, Sendable {
        case checkout, orders, refund, edge, login, content
    }
}
