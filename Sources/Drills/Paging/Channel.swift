import CalendarTime

/// A way to page people: a service, and what may be asked of it.
package struct Channel: Hashable, Sendable, Codable {
    package let name: ChannelName
    package let service: Service
    /// How long one attempt to hand a page over may take.
    package let timeout: TimeSpan
    /// The most attempts to hand over a page in any minute.
    package let pagesPerMinute: Int
    /// How often one page is tried before it counts as lost; at least 1.
    package let attempts: Int
    /// What the far side does with pages, by which the expected notifications are computed; nil: each page is one notification.
    package let routing: Routing?

    /// What stands at the other end.
    package enum Service: Hashable, Sendable, Codable {
        /// A hook that sends one page.
        case exec(command: HookCommand, parameters: [Parameter])
        /// Alertmanager's API v2.
        case alertmanager(Endpoint)
        /// PagerDuty's Events API v2; the key is the routing key, the signing key that of its webhooks v3.
        case pagerduty(Endpoint)
        /// A Slack incoming webhook; the key is the secret rest of its URL, such as `T000/B000/X000`.
        case slack(Endpoint)
        /// ntfy; the key, if any, is an access token, the address of a person a topic.
        case ntfy(Endpoint)
        /// JSON by POST; the key signs it with HMAC-SHA256.
        case webhook(Endpoint)
        /// Mail through a program that takes a message as `sendmail -t` does.
        case email(sendmail: String, from: String)
    }

    /// Where a service over HTTP is, and the secrets that go with it.
    package struct Endpoint: Hashable, Sendable, Codable {
        /// `http://` or `https://`, host, optional port and path; no trailing slash.
        package let url: String
        package let key: Secret?
        /// Proves that what comes back is from the service.
        package let signingKey: Secret?

        /// An address with its secrets.
        package init(url: String, key: Secret?, signingKey: Secret?) {
            self.url = url
            self.key = key
            self.signingKey = signingKey
        }
    }

    /// A channel as the calendar describes it.
    package init(
        name: ChannelName, service: Service, timeout: TimeSpan, pagesPerMinute: Int,
        attempts: Int, routing: Routing?
    ) {
        self.name = name
        self.service = service
        self.timeout = timeout
        self.pagesPerMinute = pagesPerMinute
        self.attempts = attempts
        self.routing = routing
    }
}

/// Where a secret is read when it is needed; the secret itself is never stored.
package enum Secret: Hashable, Sendable, Codable {
    /// A systemd credential, written `@credential:NAME`.
    case credential(String)
    /// A file that nobody else may read, written `@file:/PATH`.
    case file(String)
}

/// Where a person is reached on a channel: a topic, a mail address, a Slack member, a routing key's alias.
package struct Address: Hashable, Sendable, Codable {
    package let person: PersonName
    package let channel: ChannelName
    package let text: String

    /// An address of a person.
    package init(person: PersonName, channel: ChannelName, text: String) {
        self.person = person
        self.channel = channel
        self.text = text
    }
}
