import CalendarTime
import Drills
import FoundationEssentials

/// Understands what services and people send back, and believes only what is signed where a key is given.
///
/// What was believed once has to be remembered by the caller: each ``Returned`` names its delivery.
package struct WebhookReader: Sendable {
    private let secrets: SecretFolder

    /// A reader of keys in the folder of credentials; nil: drilld was given none.
    package init(credentials folder: String?) {
        secrets = SecretFolder(folder: folder)
    }

    /// The pages of drills in one request; none if it tells of other things only.
    package func read(
        headers: [String: String], body: String, channel: Channel, now: WallInstant
    ) throws(WebhookRefusal) -> [Returned] {
        guard body.utf8.count <= Self.largestBody else { throw .tooLarge(bytes: body.utf8.count) }
        let request = WebhookRequest(headers: headers, body: body, channel: channel.name, now: now)
        switch channel.service {
        case .exec, .email, .slack, .ntfy: throw .speaksNever(channel.name)
        case .alertmanager(let endpoint):
            return try AlertmanagerWebhook.read(request, key: key(endpoint.signingKey, channel))
        case .pagerduty(let endpoint):
            return try PagerDutyWebhook.read(request, key: wanted(endpoint.signingKey, channel))
        case .webhook(let endpoint):
            let key = try wanted(endpoint.signingKey ?? endpoint.key, channel)
            return [try SignedAck.read(request, key: key)]
        }
    }

    /// How old something may be that comes back.
    package static let window = TimeSpan.minutes(5)
    /// The most bytes that are looked at.
    package static let largestBody = 1024 * 1024

    private func key(_ secret: Secret?, _ channel: Channel) throws(WebhookRefusal) -> String? {
        guard let secret else { return nil }
        do { return try secrets.value(of: secret) } catch {
            throw .secret(channel.name, why: "\(error)")
        }
    }

    private func wanted(_ secret: Secret?, _ channel: Channel) throws(WebhookRefusal) -> String {
        guard let key = try key(secret, channel) else { throw .noSigningKey(channel.name) }
        return key
    }
}

/// A request that came in.
struct WebhookRequest: Sendable {
    /// Names in lower case.
    private let headers: [String: String]
    let body: String
    let channel: ChannelName
    let now: WallInstant

    init(headers: [String: String], body: String, channel: ChannelName, now: WallInstant) {
        self.headers = Dictionary(headers.map { ($0.lowercased(), $1) }) { first, _ in first }
        self.body = body
        self.channel = channel
        self.now = now
    }

    /// The value of a header, whatever the case of its name.
    func header(_ name: String) -> String? { headers[name.lowercased()] }

    /// Whether one of the signatures in a header, such as `v1=00ff,v1=11ee`, belongs to some content.
    func checkSignature(
        in name: String, of content: String, key: String
    ) throws(WebhookRefusal) {
        let codes = (header(name) ?? "").split(separator: ",").compactMap { part in
            let word = part.drop(while: \.isWhitespace)
            return word.hasPrefix("v1=") ? word.dropFirst(3) : nil
        }
        guard !codes.isEmpty else { throw .missingSignature(header: name) }
        // A service that changes its key signs with both for a while.
        guard codes.prefix(8).contains(where: { Signature.isValid($0, of: content, key: key) })
        else { throw .wrongSignature(channel) }
    }

    /// Refuses what was said too long ago, or by a clock that is ahead.
    func checkTime(_ then: WallInstant) throws(WebhookRefusal) {
        if now - then > WebhookReader.window.microseconds { throw .tooOld(then, now: now) }
        if then - now > 60_000_000 { throw .fromTheFuture(then, now: now) }
    }

    /// The body as a value.
    func decoded<Value: Decodable>(as type: Value.Type) throws(WebhookRefusal) -> Value {
        let bytes = Data(body.utf8)
        do { return try JSONDecoder().decode(type, from: bytes) } catch {
            // Whether it is JSON at all tells a truncated body from one of another form.
            guard (try? JSONDecoder().decode(AnyJSON.self, from: bytes)) != nil else {
                throw .notJSON(body.isEmpty ? "empty" : "truncated or no JSON")
            }
            throw .notJSON("JSON of another form (\(Self.place(of: error)))")
        }
    }

    /// Which field is wrong.
    private static func place(of error: any Error) -> String {
        let context: DecodingError.Context? =
            switch error as? DecodingError {
            case .keyNotFound(let key, let context):
                DecodingError.Context(
                    codingPath: context.codingPath + [key], debugDescription: "")
            case .typeMismatch(_, let context), .valueNotFound(_, let context),
                .dataCorrupted(let context):
                context
            default: nil
            }
        let path = (context?.codingPath ?? []).map {
            $0.intValue.map(String.init) ?? $0.stringValue
        }
        return path.isEmpty ? "no object" : "field \(path.joined(separator: "."))"
    }

    /// Any JSON value.
    private struct AnyJSON: Decodable {
        init(from decoder: any Decoder) throws {}
    }
}
