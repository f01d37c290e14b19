import CalendarTime
import Drills

/// Our own JSON, signed with the time of the attempt.
struct WebhookForm: WireForm {
    let url: String
    let key: String?

    let steps: Set<PageOrder.Step> = [.fire, .resolve]
    let knowsPages = true
    var secrets: [String] { key.map { [$0] } ?? [] }

    func request(_ order: PageOrder, at now: WallInstant) throws -> WireRequest {
        let message = order.message
        let body = try WireRequest.json(
            Post(
                version: 1, event: order.step == .resolve ? "resolved" : "firing", drill: true,
                run: message.run.text, page: message.page.text, person: message.person.text,
                level: message.level.rawValue, severity: message.severity.rawValue,
                summary: message.summary, text: message.text, labels: message.labelValues,
                key: message.key, address: message.address, link: message.link))
        let stamp = String(now.microsecondsSinceEpoch / 1_000_000)
        var headers = [("Idempotency-Key", order.name), (DrillHeader.timestamp, stamp)]
        if let key {
            let content = stamp + "." + String(decoding: body, as: UTF8.self)
            let signature = "v1=" + Signature.hexadecimal(of: content, key: key)
            headers.append((DrillHeader.signature, signature))
        }
        return WireRequest(url: url, headers: headers, body: body)
    }

    func reference(in answer: [UInt8]) -> String? { nil }

    private struct Post: Encodable {
        let version: Int
        let event: String
        let drill: Bool
        let run: String
        let page: String
        let person: String
        let level: String
        let severity: String
        let summary: String
        let text: String
        let labels: [String: String]
        let key: String
        let address: String?
        let link: String?
    }
}

/// The headers of our own scheme: the signature is HMAC-SHA256 of `TIMESTAMP.BODY`.
enum DrillHeader {
    /// Whole seconds since 1970.
    static let timestamp = "X-Drill-Timestamp"
    /// `v1=` and 64 hexadecimal digits.
    static let signature = "X-Drill-Signature"
}
