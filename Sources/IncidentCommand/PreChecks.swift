import Drills

/// What was looked at before the brief, and what was found.
package struct PreChecks: Hashable, Sendable {
    private var findings: [PreCheck: Finding] = [:]

    /// What one check found.
    package struct Finding: Hashable, Sendable {
        /// Nil when nobody said how to look.
        package let passed: Bool?
        package let detail: String
    }

    /// What a check found; nil if it was not made.
    package subscript(_ check: PreCheck) -> Finding? { findings[check] }

    /// The checks that failed, with their details.
    package var failures: [(check: PreCheck, detail: String)] {
        PreCheck.allCases.compactMap { check in
            findings[check].flatMap { $0.passed == false ? (check, $0.detail) : nil }
        }
    }

    mutating func note(_ event: RunEvent) {
        guard case .preChecked(let check, let passed, let detail) = event else { return }
        findings[check] = Finding(passed: passed, detail: detail)
    }
}
