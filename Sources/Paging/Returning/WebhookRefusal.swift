import CalendarTime
import Drills

/// Why something that came back is not believed or not understood.
package enum WebhookRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case tooLarge(bytes: Int)
    case missingSignature(header: String)
    case wrongSignature(ChannelName)
    case noSigningKey(ChannelName)
    case secret(ChannelName, why: String)
    case noTime(String)
    case tooOld(WallInstant, now: WallInstant)
    case fromTheFuture(WallInstant, now: WallInstant)
    case notJSON(String)
    case wrongVersion(String)
    case unknownType(String)
    /// Signed, but it does not say that it is an ack; what it says it is.
    case noAck(String?)
    case speaksNever(ChannelName)

    package var description: String {
        switch self {
        case .tooLarge(let bytes):
            "the body has \(bytes) bytes; send at most \(WebhookReader.largestBody)"
        case .missingSignature(let header):
            "the header \(header) is missing or has no signature; sign the request"
        case .wrongSignature(let channel):
            "the signature is wrong; sign with the key that SigningKey= of channel '\(channel)' "
                + "names, and send the body unchanged"
        case .noSigningKey(let channel):
            "channel '\(channel)' has no SigningKey=, so that nothing it sends can be believed; "
                + "give it one"
        case .secret(let channel, let why): "channel '\(channel)': \(why)"
        case .noTime(let place): "\(place) is no time; write \(Self.form(of: place))"
        case .tooOld(let then, let now):
            "it is \(Self.distance(then, now)) old; send it within "
                + "\(WebhookReader.window), and never again"
        case .fromTheFuture(let then, let now):
            "it is \(Self.distance(now, then)) ahead of this clock; set the clock of the sender"
        case .notJSON(let what): "the body is \(what); send it whole, as JSON"
        case .wrongVersion(let version):
            "version '\(version)' is not understood; send version 4 of Alertmanager's webhook"
        case .unknownType(let type):
            "events of type '\(type)' are not understood; subscribe to those of incidents"
        case .noAck(let event):
            (event.map { "it says that it is '\($0)', not an ack" }
                ?? "it does not say that it is an ack")
                + "; sign and send \"event\": \"\(SignedAck.event)\" with it"
        case .speaksNever(let channel):
            "channel '\(channel)' is of a type that sends nothing back; "
                + "use the address of another channel"
        }
    }

    private static func form(of place: String) -> String {
        place == DrillHeader.timestamp ? "whole seconds since 1970" : "2027-01-05T13:00:00Z"
    }

    private static func distance(_ from: WallInstant, _ to: WallInstant) -> TimeSpan {
        TimeSpan(microseconds: max(0, to - from) / 1_000_000 * 1_000_000)
    }
}
