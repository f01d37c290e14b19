import CalendarTime
import Drills

/// An ack in our own scheme: `{"run": …, "page": …, "person": …}`, with the time and a signature in the headers.
enum SignedAck {
    /// The ack; the person is to be judged by the run like any other.
    static func read(_ request: WebhookRequest, key: String) throws(WebhookRefusal) -> Returned {
        guard let stamp = request.header(DrillHeader.timestamp), let seconds = Int64(stamp),
            // Beyond it there is no instant.
            (0...Int64.max / 1_000_000).contains(seconds)
        else { throw .noTime(DrillHeader.timestamp) }
        let content = "\(stamp).\(request.body)"
        try request.checkSignature(in: DrillHeader.signature, of: content, key: key)
        try request.checkTime(WallInstant(microsecondsSinceEpoch: seconds * 1_000_000))
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

    private struct Ack: Decodable {
        let run: RunID
        let page: PageName
        let person: PersonName
    }
}
