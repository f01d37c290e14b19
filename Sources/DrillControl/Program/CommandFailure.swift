import ArgumentParser
import Console
import ControlAPI
import DrillDaemon
import Ledger
import UnitFiles

/// Why a command did not do what was asked, with the exit status that says so.
package struct CommandFailure: Error, Hashable, Sendable {
    package let status: ExitStatus
    /// Sentences for people, one line each; empty when all was said already.
    package let reasons: [String]

    /// A failure with its reasons.
    package init(_ status: ExitStatus, _ reasons: [String] = []) {
        self.status = status
        self.reasons = reasons
    }

    /// A failure with one reason.
    package init(_ status: ExitStatus, _ reason: String) {
        self.init(status, [reason])
    }

    /// Turns whatever was thrown into reasons; the only place that does.
    package init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let refusal as Refusal: self.init(refusal)
        case StartFailure.calendar(let problems):
            self.init(.configuration, problems.map(\.description))
        case StartFailure.stateIsTaken: self.init(.refused, "\(error)")
        default: self.init(.failed, Self.lines("\(error)"))
        }
    }

    private init(_ refusal: Refusal) {
        let status: ExitStatus =
            switch refusal.status {
            case .badRequest, .notFound: .usage
            case .refused, .notPermitted, .unavailable: .refused
            case .failed: .failed
            }
        self.init(status, refusal.reasons.flatMap(Self.lines))
    }

    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init)
    }
}
