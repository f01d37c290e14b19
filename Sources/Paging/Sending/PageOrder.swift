import CalendarTime
import Drills

/// What a service is told about a page.
struct PageOrder: Sendable {
    let step: Step
    let message: PageMessage
    /// When it was first asked for; the same in every attempt.
    let begin: WallInstant

    /// What is said.
    enum Step: Sendable {
        case fire
        /// Still firing.
        case refresh
        case resolve
    }

    /// One line that says at once whether it is a drill: `[DRILL sample-1] SEV-2 checkout slow`.
    var title: String {
        "\(message.mark) \(message.severity.rawValue) \(message.summary.trimmedLine)"
    }

    /// Names this step of this page, the same in every attempt and different when it is posted again.
    var name: String { "\(message.key).\(step).\(begin.microsecondsSinceEpoch)" }
}
