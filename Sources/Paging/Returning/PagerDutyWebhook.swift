import CalendarTime
import Drills

/// PagerDuty's webhooks v3: one signed request per event of an incident.
///
/// A delivery is known by the `id` of its event, which is signed. The header `X-Webhook-Id` is not: whoever sends a
/// request again could change it.
enum PagerDutyWebhook {
    static let signatureHeader = "X-PagerDuty-Signature"

    /// The page an event is about; none for events of other incidents and those that change nothing here.
    static func read(
        _ request: WebhookRequest, key: String
    ) throws(WebhookRefusal) -> [Returned] {
        try request.checkSignature(in: signatureHeader, of: request.body, key: key)
        let event = try request.decoded(as: Envelope.self).event
        guard let time = WireTime.instant(internet: event.occurredAt) else {
            throw .noTime("event.occurred_at")
        }
        try request.checkTime(time)
        guard event.type.hasPrefix("incident.") || event.type == "pagey.ping" else {
            throw .unknownType(Redaction(secrets: []).excerpt(event.type, limit: 60))
        }
        guard let status = Notification.Status(pagerDuty: event.type),
            let incident = event.data, let key = PageKey(incident.incidentKey ?? "")
        else { return [] }
        return [returned(event, incident, key, status, request)]
    }

    private static func returned(
        _ event: Event, _ incident: Incident, _ key: PageKey, _ status: Notification.Status,
        _ request: WebhookRequest
    ) -> Returned {
        let assignees = (incident.assignees ?? []).compactMap(\.summary)
        let receiver =
            assignees.isEmpty ? incident.service?.summary : assignees.joined(separator: ", ")
        // What an integration or PagerDuty itself did, nobody did.
        let person = event.agent?.type == "user_reference" ? event.agent?.summary : nil
        let words = Redaction(secrets: [])
        return Returned(
            run: key.run,
            notification: Notification(
                page: key.page, channel: request.channel,
                receiver: words.excerpt(receiver ?? "nobody"), status: status,
                delivery: "pagerduty-" + Signature.name(of: event.id),
                person: person.map { words.excerpt($0) }, level: key.level),
            isToldAgain: false)
    }

    private struct Envelope: Decodable {
        let event: Event
    }

    private struct Event: Decodable {
        let id: String
        let type: String
        let occurredAt: String
        let agent: Reference?
        let data: Incident?

        enum CodingKeys: String, CodingKey {
            case id, agent, data
            case type = "event_type"
            case occurredAt = "occurred_at"
        }
    }

    private struct Incident: Decodable {
        let incidentKey: String?
        let assignees: [Reference]?
        let service: Reference?

        enum CodingKeys: String, CodingKey {
            case incidentKey = "incident_key"
            case assignees, service
        }
    }

    private struct Reference: Decodable {
        let summary: String?
        let type: String?
    }
}

extension Notification.Status {
    /// A reassigned incident fires at somebody else; other events change nothing that people are told.
    fileprivate init?(pagerDuty type: String) {
        switch type {
        case "incident.triggered", "incident.reassigned": self = .firing
        case "incident.acknowledged": self = .acknowledged
        case "incident.escalated": self = .escalated
        case "incident.resolved": self = .resolved
        default: return nil
        }
    }
}

/// The run, page and level in the key of a ``PageMessage``: `RUN.PAGE.LEVEL`.
struct PageKey: Hashable {
    let run: RunID
    let page: PageName
    let level: OnCallLevel

    /// Reads a key; nil if it is none of ours.
    ///
    /// A run ends in its cycle, so the first part that ends in `-NUMBER` completes it.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3, let level = parts.last.flatMap(OnCallLevel.init(rawValue:)),
            let end = parts.dropLast(2).firstIndex(where: Self.endsInCycle),
            let run = RunID(checking: parts[...end].joined(separator: ".")),
            let page = PageName(
                checking: parts[(end + 1)..<(parts.count - 1)].joined(separator: "."))
        else { return nil }
        self.run = run
        self.page = page
        self.level = level
    }

    private static func endsInCycle(_ part: String) -> Bool {
        let words = part.split(separator: "-", omittingEmptySubsequences: false)
        guard words.count > 1, let last = words.last, !last.isEmpty else { return false }
        return last.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
