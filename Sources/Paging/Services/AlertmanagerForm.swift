import CalendarTime
import Drills

/// Alertmanager's API v2.
///
/// One alert per request, since an answer of 400 to several can still have delivered some of them.
struct AlertmanagerForm: WireForm {
    let url: String
    /// For a proxy in front of it; Alertmanager itself asks for none.
    let token: String?

    let steps: Set<PageOrder.Step> = [.fire, .refresh, .resolve]
    let knowsPages = true
    var secrets: [String] { token.map { [$0] } ?? [] }

    func request(_ order: PageOrder, at now: WallInstant) throws -> WireRequest {
        let end = order.step == .resolve ? now : now.advanced(by: lifetime(of: order.message))
        let alert = Alert(
            labels: order.message.labelValues,
            annotations: ["summary": order.title, "description": order.message.text],
            // A start in the past would skip group_wait; Alertmanager keeps the earliest it knows.
            startsAt: WireTime.internet(now), endsAt: WireTime.internet(end),
            generatorURL: order.message.link)
        return try WireRequest(
            url: "\(url)/api/v2/alerts",
            headers: token.map { [("Authorization", "Bearer \($0)")] } ?? [], json: [alert])
    }

    func reference(in answer: [UInt8]) -> String? { nil }

    /// How long an alert fires by itself: longer than two refreshes, and not much longer than we live. What is said
    /// once lasts for a day, in which people come and look.
    private func lifetime(of message: PageMessage) -> TimeSpan {
        message.isLeak ? .minutes(24 * 60) : .minutes(3)
    }

    private struct Alert: Encodable {
        let labels: [String: String]
        let annotations: [String: String]
        let startsAt: String
        let endsAt: String
        let generatorURL: String?
    }
}

extension PageMessage {
    /// The labels by name.
    var labelValues: [String: String] {
        Dictionary(labels.map { ($0.name, $0.value) }) { _, last in last }
    }

    /// The labels as `NAME=VALUE`, sorted by name, for services that know no labels.
    var labelWords: [String] { labels.map { "\($0.name)=\($0.value.trimmedLine)" } }

    /// All labels in one line.
    var labelLine: String { labelWords.joined(separator: " ") }
}
