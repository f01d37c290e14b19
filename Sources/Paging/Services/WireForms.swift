import Drills

/// Chooses the form for a channel, with its secrets at hand.
struct WireForms: Sendable {
    let secrets: SecretFolder

    /// The form; nil for channels that are not reached over HTTP.
    func form(
        for channel: Channel, _ message: PageMessage
    ) throws(ChannelRefusal) -> (any WireForm)? {
        switch channel.service {
        case .exec, .email: return nil
        case .alertmanager(let endpoint):
            return AlertmanagerForm(url: endpoint.url, token: try key(endpoint, channel))
        case .pagerduty(let endpoint):
            let key = try key(endpoint, channel, wants: "the routing key of the service")
            return PagerDutyForm(url: endpoint.url, routingKey: key)
        case .slack(let endpoint):
            let what = "the rest of the webhook's address, such as T000/B000/X000"
            let key = try key(endpoint, channel, wants: what)
            guard Self.isPath(key) else { throw .badKey(channel.name, what) }
            return SlackForm(url: endpoint.url, path: key)
        case .ntfy(let endpoint):
            let topic = try topic(for: message, channel)
            return NtfyForm(url: endpoint.url, topic: topic, token: try key(endpoint, channel))
        case .webhook(let endpoint):
            return WebhookForm(url: endpoint.url, key: try key(endpoint, channel))
        }
    }

    private func key(
        _ endpoint: Channel.Endpoint, _ channel: Channel
    ) throws(ChannelRefusal) -> String? {
        guard let secret = endpoint.key else { return nil }
        do { return try secrets.value(of: secret) } catch { throw .secret(channel.name, error) }
    }

    private func key(
        _ endpoint: Channel.Endpoint, _ channel: Channel, wants what: String
    ) throws(ChannelRefusal) -> String {
        guard let key = try key(endpoint, channel) else { throw .noKey(channel.name, what) }
        return key
    }

    private func topic(
        for message: PageMessage, _ channel: Channel
    ) throws(ChannelRefusal) -> String {
        let what = "TOPIC, a topic of letters, digits, - and _"
        guard let topic = message.address else {
            throw .noAddress(channel.name, message.person, what)
        }
        guard (1...64).contains(topic.utf8.count), topic.allSatisfy(Self.isWordCharacter) else {
            throw .badAddress(channel.name, message.person, what)
        }
        return topic
    }

    private static func isPath(_ key: String) -> Bool {
        !key.hasPrefix("/") && key.allSatisfy { isWordCharacter($0) || $0 == "/" }
    }

    private static func isWordCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber)
            || character == "-" || character == "_"
    }
}
