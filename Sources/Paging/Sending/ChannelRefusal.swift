import Drills

/// Why a page was not even tried on a channel.
enum ChannelRefusal: Error, Hashable, CustomStringConvertible {
    case hook(ChannelName)
    case secret(ChannelName, SecretRefusal)
    case noKey(ChannelName, String)
    case badKey(ChannelName, String)
    case noAddress(ChannelName, PersonName, String)
    case badAddress(ChannelName, PersonName, String)
    case badSender(ChannelName)

    var description: String {
        switch self {
        case .hook(let channel):
            "channel '\(channel)' is a hook, and drill-agent runs hooks; it is not posted to"
        case .secret(let channel, let refusal): "channel '\(channel)': \(refusal)"
        case .noKey(let channel, let what):
            "channel '\(channel)' has no Key=; give it \(what)"
        case .badKey(let channel, let what):
            "the key of channel '\(channel)' is not of the right form; it is \(what)"
        case .noAddress(let channel, let person, let what):
            "person '\(person)' has no address on channel '\(channel)'; "
                + "write Address=\(channel):\(what) in [Person \(person)]"
        case .badAddress(let channel, let person, let what):
            "the address of person '\(person)' on channel '\(channel)' is not of the right form; "
                + "write Address=\(channel):\(what)"
        case .badSender(let channel):
            "the sender of channel '\(channel)' is no mail address; "
                + "write one such as From=drilld@example.com"
        }
    }
}
