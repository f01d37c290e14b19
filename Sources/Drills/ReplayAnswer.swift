/// What a replay says about the failure.
package enum ReplayAnswer: String, Hashable, Sendable, Codable {
    case reproduces
    case doesNotReproduce = "does not reproduce"

    /// Reads the exit status of a replay hook: 0 reproduces, 3 does not; nil for anything else.
    package init?(_ report: HookReport) {
        switch report.ending {
        case .exited(status: 0): self = .reproduces
        case .exited(status: 3): self = .doesNotReproduce
        default: return nil
        }
    }
}
