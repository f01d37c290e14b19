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

    /// The result as a table for a terminal.
    package var table: String {
        let width = cases.map(\.name.count).max() ?? 0
        let rows = cases.map { row in
            let name = row.name.padded(to: width)
            let moment = row.killedAt.map { Self.milliseconds($0) } ?? ""
            return "\(name)  \(moment.padded(to: 10))  \(row.failure ?? "restored")"
        }
        let failed = cases.count { $0.failure != nil }
        let verdict =
            failed == 0
            ? "\(hook): all \(cases.count) cases restored (seed \(seed))"
            : "\(hook): \(failed) of \(cases.count) cases not restored (seed \(seed))"
        let heading = "\("CASE".padded(to: width))  \("KILLED AT".padded(to: 10))  RESULT"
        return ([heading] + rows + ["", verdict]).joined(separator: "\n") + "\n"
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
