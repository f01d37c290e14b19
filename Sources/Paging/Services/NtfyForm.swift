import CalendarTime
import Drills

/// ntfy, told in JSON at its base address.
struct NtfyForm: WireForm {
    let url: String
    let topic: String
    let token: String?

    let steps: Set<PageOrder.Step> = [.fire]
    let knowsPages = false
    var secrets: [String] { token.map { [$0] } ?? [] }

    func request(_ order: PageOrder, at now: WallInstant) throws -> WireRequest {
        let post = Post(
            topic: topic, title: order.title,
            message: order.message.text.cut(toBytes: Self.longestMessage),
            priority: order.message.severity.urgency,
            tags: ["rotating_light", "drill"] + order.message.labelWords,
            click: order.message.link)
        return try WireRequest(
            url: url, headers: token.map { [("Authorization", "Bearer \($0)")] } ?? [], json: post)
    }

    func reference(in answer: [UInt8]) -> String? { WireRequest.field("id", in: answer) }

    /// ntfy makes an attachment of anything longer.
    private static let longestMessage = 4_096

    private struct Post: Encodable {
        let topic: String
        let title: String
        let message: String
        let priority: Int
        let tags: [String]
        let click: String?
    }
}

extension Severity {
    /// From 1, hardly noticed, to 5, through silence and doors.
    fileprivate var urgency: Int {
        switch self {
        case .sev1: 5
        case .sev2: 4
        case .sev3: 3
        }
    }
}
