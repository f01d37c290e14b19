/// How drillctl ends; scripts rely on the numbers.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    case good = 0
    /// The drill failed or was below the passing score, or what was asked could not be done.
    case failed = 1
    case usage = 2
    /// A guard said no.
    case refused = 3
    case aborted = 4
    /// A fault may still be in place.
    case leaked = 5
    /// The calendar or scenario files have errors.
    case configuration = 78

    /// What the number means, for the manual.
    package var meaning: String {
        switch self {
        case .good: "All is well."
        case .failed: "The drill failed or was below its passing score, or something went wrong."
        case .usage: "The command line is wrong."
        case .refused: "A guard refused."
        case .aborted: "The run was aborted or halted."
        case .leaked: "A fault may still be in place."
        case .configuration: "The calendar or scenario files have errors."
        }
    }
}
