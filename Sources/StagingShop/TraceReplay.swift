/// A stored trace run again, as it was or with one part swapped.
package struct TraceReplay: Hashable, Sendable {
    package let trace: Trace
    package let override: ReplayOverride?
    package let outcome: RefundOutcome
    /// The attributes that are not what was recorded, in the order of the spans.
    package let differences: [Difference]

    /// Runs a trace again.
    package init(of trace: Trace, override: ReplayOverride?) {
        let components = override.map(trace.components.applying) ?? trace.components
        let replayed = RefundFlow(components: components).run(trace.request)
        self.trace = trace
        self.override = override
        outcome = replayed.outcome
        differences = Self.differences(from: trace.root, to: replayed.root)
    }

    /// Whether the failure shows again: the same wrong outcome as recorded.
    package var reproduces: Bool {
        isFailure(outcome) && trace.root.attributes["outcome"] == outcome.description
    }

    /// What a person reads.
    package var lines: [String] {
        let swapped = override.map { " with \($0)" } ?? " as recorded"
        let differing = differences.map { "  \($0)" }
        return ["replay of \(trace.id)\(swapped): \(trace.title)"]
            + (differing.isEmpty ? ["  no difference"] : differing)
            + ["expected: refunded \(trace.expectedCents) cents", "got: \(outcome)", verdict]
    }

    private var verdict: String {
        if reproduces { return "the failure reproduces" }
        return isFailure(outcome)
            ? "the failure does not reproduce, but another one shows"
            : "the failure does not reproduce"
    }

    private func isFailure(_ outcome: RefundOutcome) -> Bool {
        outcome != .refunded(cents: trace.expectedCents)
    }

    private static func differences(from old: Span, to new: Span) -> [Difference] {
        let now = Dictionary(
            new.attributePaths.map { ($0.path, $0.value) }, uniquingKeysWith: { first, _ in first })
        return old.attributePaths.compactMap { path, value in
            let replayed = now[path] ?? "(absent)"
            return replayed == value
                ? nil : Difference(path: path, recorded: value, replayed: replayed)
        }
    }

    /// One attribute that changed.
    package struct Difference: Hashable, Sendable, CustomStringConvertible {
        package let path: String
        package let recorded: String
        package let replayed: String

        package var description: String { "\(path): \(recorded) -> \(replayed)" }
    }
}
