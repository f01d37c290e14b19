/// What `Type=` of a channel may be, and which keys go with it.
enum ChannelType: String, CaseIterable {
    case exec, alertmanager, pagerduty, slack, ntfy, webhook, email

    /// The keys that not every channel has.
    var keys: [String] {
        switch self {
        case .exec: ["Command", "Parameters"]
        case .alertmanager, .pagerduty, .webhook: ["Url", "Key", "SigningKey"]
        case .slack, .ntfy: ["Url", "Key"]
        case .email: ["Sendmail", "From"]
        }
    }

    /// Those without which there is no channel, with what stands for their values.
    var required: [(key: String, placeholder: String)] {
        switch self {
        case .exec: [("Command", "COMMAND")]
        case .alertmanager: [("Url", "http://HOST:PORT")]
        case .webhook: [("Url", "https://HOST"), ("Key", "@credential:NAME")]
        case .pagerduty, .slack: [("Key", "@credential:NAME")]
        case .ntfy: []
        case .email: [("From", "ADDRESS")]
        }
    }

    /// The address that a service has for everybody.
    var url: String? {
        switch self {
        case .pagerduty: "https://events.pagerduty.com"
        case .slack: "https://hooks.slack.com/services"
        case .ntfy: "https://ntfy.sh"
        case .exec, .alertmanager, .webhook, .email: nil
        }
    }

    /// How often a page is tried; a hook knows best itself.
    var attempts: Int { self == .exec ? 1 : 5 }

    /// Keys that not every type has, each with the types that have it.
    static let typesOfKey: [(key: String, types: [String])] = {
        let keys = allCases.flatMap(\.keys)
        let distinct = keys.enumerated().filter { keys.firstIndex(of: $1) == $0 }.map(\.element)
        return distinct.map { key in
            (key, allCases.filter { $0.keys.contains(key) }.map(\.rawValue))
        }
    }()
}

extension Channel.Service {
    /// The type as a calendar writes it.
    var type: ChannelType {
        switch self {
        case .exec: .exec
        case .alertmanager: .alertmanager
        case .pagerduty: .pagerduty
        case .slack: .slack
        case .ntfy: .ntfy
        case .webhook: .webhook
        case .email: .email
        }
    }
}
