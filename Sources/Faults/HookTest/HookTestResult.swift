import CalendarTime

/// What `drillctl hook test` found out about a hook.
package struct HookTestResult: Hashable, Sendable, Codable {
    /// The hook as it was named.
    package let hook: String
    /// Repeats the test at the same moments.
    package let seed: UInt64
    package let cases: [Case]

    /// One way to leave an injection behind, and whether the revert restored the state.
    package struct Case: Hashable, Sendable, Codable {
        package let name: String
        /// What went wrong; nil if nothing did.
        package let failure: String?
        /// When the inject was killed, from its start.
        package let killedAt: TimeSpan?

        /// A finished case.
        package init(name: String, failure: String?, killedAt: TimeSpan?) {
            self.name = name
            self.failure = failure
            self.killedAt = killedAt
        }
    }

    /// The cases of one test.
    package init(hook: String, seed: UInt64, cases: [Case]) {
        self.hook = hook
        self.seed = seed
        self.cases = cases
    }

    /// Whether every case ended with the fingerprint from before.
    package var passed: Bool { cases.allSatisfy { $0.failure == nil } }

    /// The heading of the table for a terminal.
    package static func heading(rounds: Int) -> String {
        columns("CASE", "KILLED AT", "RESULT", rounds: rounds)
    }

    /// A case as a row of the table.
    package static func row(_ finished: Case, rounds: Int) -> String {
        columns(
            finished.name, finished.killedAt.map(milliseconds) ?? "",
            finished.failure ?? "restored", rounds: rounds)
    }

    /// The last line: what all cases come to.
    package var verdict: String {
        let failed = cases.count { $0.failure != nil }
        let result =
            failed == 0
            ? "all \(cases.count) cases restored" : "\(failed) of \(cases.count) cases failed"
        return "\(hook): \(result) (seed \(seed))"
    }

    /// As wide as the name of the last round, which is known before the first case has ended.
    private static func columns(_ name: String, _ moment: String, _ result: String, rounds: Int)
        -> String
    {
        let width = max("injected twice".count, "inject killed \(rounds)".count)
        return "\(name.padded(to: width))  \(moment.padded(to: 10))  \(result)"
    }

    private static func milliseconds(_ span: TimeSpan) -> String {
        "\(span.microseconds / 1_000).\(span.microseconds % 1_000 / 100)ms"
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
