import CalendarTime
import Drills
import Paging

/// What every test of something that comes back needs.
struct Incoming {
    let keys: KeyFolder
    let reader: WebhookReader

    init() throws {
        keys = try KeyFolder()
        reader = WebhookReader(credentials: keys.path)
    }

    /// The refusal of a request, in words.
    func refusal(
        _ headers: [String: String], _ body: String, over type: String, signed: Bool = true,
        now: WallInstant = someTime
    ) -> String {
        do {
            let channel = channel(type, signed: signed)
            let returned = try reader.read(headers: headers, body: body, channel: channel, now: now)
            return "read: \(returned)"
        } catch { return "\(error)" }
    }

    func channel(_ type: String, signed: Bool = true) -> Channel {
        let secret = signed ? Secret.credential(type) : nil
        let endpoint = Channel.Endpoint(url: "http://x", key: nil, signingKey: secret)
        return switch type {
        case "pagerduty": .sample(.pagerduty(endpoint))
        case "webhook": .sample(.webhook(endpoint))
        case "slack": .sample(.slack(endpoint))
        default: .sample(.alertmanager(endpoint))
        }
    }
}
