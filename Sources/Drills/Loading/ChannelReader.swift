import CalendarTime
import UnitFiles

extension SectionReader {
    /// A `[Channel]` section, its routes not yet known; nil when something is missing.
    mutating func channel() -> Placed<ChannelDraft>? {
        let name = name(of: Channel.self)
        let type = choice("Type", of: ChannelType.self)
        let parts = channelParts()
        let timeout = positiveSpan("TimeoutSec")
        let rate = integer("PagesPerMinute")
        let attempts = settings.isSet("Attempts") ? integer("Attempts") : type?.attempts
        guard let type else { return nil }
        refuseKeys(foreignTo: type)
        reportMissing(of: type)
        guard let name, let service = parts.service(of: type), let timeout, let rate, let attempts
        else { return nil }
        let channel = Channel(
            name: name.value, service: service, timeout: timeout, pagesPerMinute: rate,
            attempts: attempts, routing: nil)
        return Placed(ChannelDraft(channel: channel, command: parts.command), at: name.position)
    }

    /// All that is set, whatever the type, so that no mistake hides another.
    private mutating func channelParts() -> ChannelParts {
        ChannelParts(
            command: command("Command"), parameters: parameters(), url: serviceURL(),
            key: secret("Key"), signingKey: secret("SigningKey"),
            sendmail: absolutePath("Sendmail"), from: sender(),
            isURLSet: settings.isSet("Url"))
    }

    private mutating func refuseKeys(foreignTo type: ChannelType) {
        for (key, types) in ChannelType.typesOfKey
        where settings.isSet(key) && !type.keys.contains(key) {
            report(
                "\(key)= means nothing to a channel of type \(type.rawValue)",
                remedy: "did you mean Type=\(Suggestion.list(types))?",
                at: settings.position(of: key))
        }
    }

    private mutating func reportMissing(of type: ChannelType) {
        for (key, placeholder) in type.required where !settings.isSet(key) {
            report(
                "[Channel \(settings.name)] has no \(key)=", remedy: "add \(key)=\(placeholder)",
                at: settings.position)
        }
    }
}

// Values of one key.
extension SectionReader {
    /// `Url=`; its text is never repeated, as it may hold a secret.
    private mutating func serviceURL() -> String? {
        guard let word = secretWord("Url"),
            let url = parse(word, as: { try ServiceURL(parsing: $0) })
        else { return nil }
        return url.text
    }

    /// All words of a value as one, so that no message repeats a second word.
    private mutating func secretWord(_ key: String) -> Word? {
        let words = words(key)
        guard let first = words.first, words.count > 1 else { return words.first }
        return Word(words.map(\.text).joined(separator: " "), at: first.position)
    }

    /// Where a secret is.
    private mutating func secret(_ key: String) -> Secret? {
        guard let word = secretWord(key) else { return nil }
        guard let secret = Secret(parsing: word.text) else {
            let isPlace = word.text.hasPrefix("@file:") || word.text.hasPrefix("@credential:")
            report(
                isPlace
                    ? "\(key)= names no credential and no absolute path"
                    : "\(key)= must not hold the secret itself, which everyone could read here",
                remedy: "write \(key)=@credential:NAME or \(key)=@file:/PATH", at: word.position)
            return nil
        }
        return secret
    }

    private mutating func sender() -> String? {
        guard let word = word("From") else { return nil }
        guard Address.isMail(word.text) else {
            report(
                "From= is no mail address: '\(word)'", remedy: "write for example drills@HOST",
                at: word.position)
            return nil
        }
        return word.text
    }
}

/// The keys of a `[Channel]` section as far as they are set and good.
private struct ChannelParts {
    let command: Placed<HookCommand>?
    let parameters: [Parameter]
    let url: String?
    let key: Secret?
    let signingKey: Secret?
    let sendmail: String?
    let from: String?
    /// Whether there is an address at all, be it good or bad.
    let isURLSet: Bool

    func service(of type: ChannelType) -> Channel.Service? {
        switch type {
        case .exec:
            command.map { .exec(command: $0.value, parameters: parameters) }
        case .email:
            if let sendmail, let from { .email(sendmail: sendmail, from: from) } else { nil }
        case .alertmanager: endpoint(of: type).map { .alertmanager($0) }
        case .ntfy: endpoint(of: type).map { .ntfy($0) }
        case .pagerduty: endpointWithKey(of: type).map { .pagerduty($0) }
        case .slack: endpointWithKey(of: type).map { .slack($0) }
        case .webhook: endpointWithKey(of: type).map { .webhook($0) }
        }
    }

    private func endpoint(of type: ChannelType) -> Channel.Endpoint? {
        guard let url = isURLSet ? url : type.url else { return nil }
        return Channel.Endpoint(url: url, key: key, signingKey: signingKey)
    }

    private func endpointWithKey(of type: ChannelType) -> Channel.Endpoint? {
        key == nil ? nil : endpoint(of: type)
    }
}
