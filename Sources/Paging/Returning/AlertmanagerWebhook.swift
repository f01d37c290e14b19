import Drills

/// Alertmanager's webhook, version 4: one request per notification, with every alert of its group.
enum AlertmanagerWebhook {
    /// One notification per alert that is a page of a drill; other alerts are passed over.
    static func read(
        _ request: WebhookRequest, key: String?
    ) throws(WebhookRefusal) -> [Returned] {
        if let key { try checkToken(request, key: key) }
        guard try request.decoded(as: Version.self).version == "4" else {
            throw .wrongVersion(try request.decoded(as: Version.self).version)
        }
        let group = try request.decoded(as: Group.self)
        return group.alerts.compactMap { returned($0, of: group, request) }
    }

    /// Alertmanager signs nothing; it can send a token (`http_config.authorization`).
    private static func checkToken(
        _ request: WebhookRequest, key: String
    ) throws(WebhookRefusal) {
        let words = (request.header("Authorization") ?? "").split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer" else {
            throw .missingSignature(header: "Authorization")
        }
        guard Signature.areEqual(key, String(words[1])) else {
            throw .wrongSignature(request.channel)
        }
    }

    private static func returned(
        _ alert: Alert, of group: Group, _ request: WebhookRequest
    ) -> Returned? {
        guard alert.labels["drill"] == "true",
            let run = alert.labels["drill_id"].flatMap(RunID.init(checking:)),
            let page = alert.labels["page"].flatMap(PageName.init(checking:)),
            let status = Notification.Status(alertmanager: alert.status)
        else { return nil }
        return Returned(
            run: run,
            notification: Notification(
                page: page, channel: request.channel, receiver: group.receiver, status: status,
                delivery: delivery(of: alert, in: group), person: nil),
            isToldAgain: true, truncated: group.truncatedAlerts ?? 0)
    }

    /// The same for the same state of an alert told to the same receiver by the same route, however often.
    ///
    /// The end of an alert that fires is no part of it: each refresh moves it.
    private static func delivery(of alert: Alert, in group: Group) -> String {
        let end = alert.status == "resolved" ? alert.endsAt ?? "" : ""
        let parts = [
            group.receiver, group.groupKey, alert.fingerprint ?? "", alert.status, alert.startsAt,
            end,
        ]
        return "alertmanager-" + Signature.name(of: parts.joined(separator: "\n"))
    }

    private struct Version: Decodable {
        let version: String
    }

    private struct Group: Decodable {
        let receiver: String
        let groupKey: String
        let truncatedAlerts: Int?
        let alerts: [Alert]
    }

    private struct Alert: Decodable {
        let status: String
        let labels: [String: String]
        let startsAt: String
        let endsAt: String?
        let fingerprint: String?
    }
}

extension Notification.Status {
    fileprivate init?(alertmanager text: String) {
        switch text {
        case "firing": self = .firing
        case "resolved": self = .resolved
        default: return nil
        }
    }
}
