extension Trace {
    /// Four failures, each cured by swapping one part and by no other.
    package static let samples: [Trace] = [
        Trace(
            id: "refund-unit-regression", title: "cents read as dollars, paid back a hundredfold",
            release: "1.5.0",
            request: RefundRequest(orderCents: 1_250, text: "please refund $12.50"),
            components: .sound.applying(.schema(.request2)), expectedCents: 1_250),
        Trace(
            id: "refund-decimal-comma", title: "a decimal comma read as thousands",
            release: "1.5.0",
            request: RefundRequest(orderCents: 1_990, text: "refund 12,50 please"),
            components: .sound.applying(.model(.triage2)), expectedCents: 1_250),
        Trace(
            id: "refund-partial-lost", title: "a partial refund paid in full",
            release: "1.5.0", request: RefundRequest(orderCents: 8_000, text: "refund 20.00 of it"),
            components: .sound.applying(.prompt(.refund7)), expectedCents: 2_000),
        Trace(
            id: "refund-timeout", title: "the payments API answers after the refund gave up",
            release: "1.5.0", request: RefundRequest(orderCents: 4_500, text: "refund my order"),
            components: .sound.applying(.downstream(.payments2)), expectedCents: 4_500),
    ]
}

extension RefundComponents {
    /// The parts that get refunds right.
    package static let sound = RefundComponents(
        model: .triage1, prompt: .refund6, schema: .request1, downstream: .payments1)
}
