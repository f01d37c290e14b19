import StagingShop
import Testing

@Suite("A replay of a stored trace")
struct TraceReplayTests {
    private static let cures = [
        "refund-unit-regression": "schema=refund-request-1",
        "refund-decimal-comma": "model=triage-1",
        "refund-partial-lost": "prompt=refund-6",
        "refund-timeout": "downstream=payments-1",
    ]

    @Test("reproduces as recorded", arguments: Trace.samples)
    func reproducesAsRecorded(trace: Trace) {
        let replay = TraceReplay(of: trace, override: nil)
        #expect(replay.reproduces)
        #expect(replay.differences.isEmpty)
    }

    @Test(
        "does not reproduce with its cure, and does with each other one", arguments: Trace.samples)
    func isCuredByOneOverride(trace: Trace) throws {
        for (id, text) in Self.cures {
            let replay = TraceReplay(of: trace, override: try ReplayOverride(parsing: text))
            #expect(replay.reproduces == (id != trace.id), "\(trace.id) with \(text)")
        }
    }

    @Test("tells what differed, what was expected, and the verdict last")
    func tellsWhatDiffered() throws {
        let trace = try #require(Trace.samples.first)
        let override = try ReplayOverride(parsing: "schema=refund-request-1")
        let lines = TraceReplay(of: trace, override: override).lines
        #expect(
            lines == [
                "replay of refund-unit-regression with schema=refund-request-1: "
                    + "cents read as dollars, paid back a hundredfold",
                "  POST /refund: outcome: refunded 125000 cents -> refunded 1250 cents",
                "  POST /refund > write request: schema: refund-request-2 -> refund-request-1",
                "  POST /refund > write request: unit: dollars -> cents",
                "  POST /refund > payments refund: outcome: "
                    + "refunded 125000 cents -> refunded 1250 cents",
                "expected: refunded 1250 cents",
                "got: refunded 1250 cents",
                "the failure does not reproduce",
            ])
    }

    @Test("does not take another failure for the one recorded")
    func tellsAnotherFailure() throws {
        let trace = try #require(Trace.samples.first)
        let replay = TraceReplay(of: trace, override: .downstream(.payments2))
        #expect(!replay.reproduces)
        #expect(replay.lines.last == "the failure does not reproduce, but another one shows")
    }

    @Test("reads back what was stored", arguments: Trace.samples)
    func storesTraces(trace: Trace) throws {
        #expect(try Trace(json: trace.json()) == trace)
    }

    @Test(
        "refuses an override that is none",
        arguments: [
            (
                "colour=red",
                "'colour=red' is no override; write model=…, prompt=…, schema=… or downstream=…"
            ),
            (
                "schema",
                "'schema' is no override; write model=…, prompt=…, schema=… or downstream=…"
            ),
            ("schema=9", "unknown part '9'; use refund-request-1 or refund-request-2"),
            (
                "model=",
                "'model=' is no override; write model=…, prompt=…, schema=… or downstream=…"
            ),
        ])
    func refusesWrongOverrides(text: String, message: String) {
        let error = #expect(throws: ReplayError.self) { try ReplayOverride(parsing: text) }
        #expect(error?.description == message)
    }

    @Test("names overrides as they are written", arguments: cures.values.sorted())
    func namesOverrides(text: String) throws {
        #expect(try ReplayOverride(parsing: text).description == text)
    }
}

@Suite("The refund flow")
struct RefundFlowTests {
    @Test(
        "reads the amount out of the customer's words",
        arguments: [
            ("please refund $12.50", 1_250), ("refund 12,50 please", 1_250), ("20 back", 2_000),
            ("my whole order", 8_000), ("refund 7.5", 750), ("refund 7.", 700),
        ])
    func readsAmounts(text: String, cents: Int) {
        let request = RefundRequest(orderCents: 8_000, text: text)
        let outcome = RefundFlow(components: .sound).run(request).outcome
        #expect(outcome == .refunded(cents: cents))
    }
}
