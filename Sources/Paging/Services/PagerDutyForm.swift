import CalendarTime
import Drills

/// PagerDuty's Events API v2.
struct PagerDutyForm: WireForm {
    let url: String
    let routingKey: String

    let steps: Set<PageOrder.Step> = [.fire, .resolve]
    let knowsPages = true
    var secrets: [String] { [routingKey] }

    func request(_ order: PageOrder, at now: WallInstant) throws -> WireRequest {
        let message = order.message
        let isOver = order.step == .resolve
        let event = Event(
            routingKey: routingKey, action: isOver ? "resolve" : "trigger",
            key: message.key, client: "drilld", clientURL: message.link,
            links: isOver ? nil : message.link.map { [Link(href: $0, text: "Acknowledge")] },
            payload: isOver ? nil : payload(order))
        return try WireRequest(url: "\(url)/v2/enqueue", json: event)
    }

    func reference(in answer: [UInt8]) -> String? { WireRequest.field("dedup_key", in: answer) }

    private func payload(_ order: PageOrder) -> Payload {
        let labels = order.message.labelValues
        var details = labels
        details["what_to_do"] = order.message.text
        return Payload(
            summary: order.title.cut(toBytes: Self.longestSummary),
            source: labels["target"] ?? "drilld", severity: order.message.severity.label,
            component: labels["service"], group: order.message.run.text, kind: "drill",
            details: details)
    }

    /// More is cut off by PagerDuty, without a sign that something is missing.
    private static let longestSummary = 1_024

    private struct Event: Encodable {
        let routingKey: String
        let action: String
        let key: String
        let client: String
        let clientURL: String?
        let links: [Link]?
        let payload: Payload?

        enum CodingKeys: String, CodingKey {
            case routingKey = "routing_key"
            case action = "event_action"
            case key = "dedup_key"
            case client
            case clientURL = "client_url"
            case links, payload
        }
    }

    private struct Link: Encodable {
        let href: String
        let text: String
    }

    private struct Payload: Encodable {
        let summary: String
        let source: String
        let severity: String
        let component: String?
        let group: String
        let kind: String
        let details: [String: String]

        enum CodingKeys: String, CodingKey {
            case summary, source, severity, component, group
            case kind = "class"
            case details = "custom_details"
        }
    }
}
