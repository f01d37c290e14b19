import CalendarTime
import Drills

/// An ack in our own scheme: `{"event": "acked", "run": …, "page": …, "person": …}`, with the time and a signature
/// in the headers.
///
/// Pages go out under the same key and headers. Only the event tells the two apart: a page that somebody
/// caught and sent back says `firing` or `resolved`, and must not acknowledge itself.
enum SignedAck {
    /// What no page says of itself.
    static let event = "acked"

    /// The ack; the person is to be judged by the run like any other.
    static func read(_ request: WebhookRequest, key: String) throws(WebhookRefusal) -> Returned {
        guard let stamp = request.header(DrillHeader.timestamp), let seconds = Int64(stamp),
            // Beyond it there is no instant.
            (0...Int64.max / 1_000_000).contains(seconds)
        else { throw .noTime(DrillHeader.timestamp) }
        let content = "\(stamp).\(request.body)"
        try request.checkSignature(in: DrillHeader.signature, of: content, key: key)
        try request.checkTime(WallInstant(microsecondsSinceEpoch: seconds * 1_000_000))
        let event = try request.decoded(as: Kind.self).event
        guard event == Self.event else {
            throw .noAck(event.map { Redaction(secrets: []).excerpt($0, limit: 60) })
        }
        let ack = try request.decoded(as: Ack.self)
        return Returned(
            run: ack.run,
            notification: Notification(
                page: ack.page, channel: request.channel, receiver: ack.person.text,
                status: .acknowledged,
                // Of what was signed, not of the header: its letters may be large or small.
                delivery: "ack-" + Signature.name(of: content), person: ack.person.text),
            isToldAgain: false)
    }

    private struct Kind: Decodable {
        let event: String?
    }

    private struct Ack: Decodable {
        let run: RunID
        let page: PageName
        let person: PersonName
    }
}
