import CalendarTime
import HTTPTypes
import HummingbirdCore
import NIOCore

/// The page that everybody looks at, as server-sent events.
extension WebConsole {
    /// Sends the page whenever it changes, and at once when the browser does not have the newest one; ends
    /// with the session.
    func stream(
        to visit: Visit, on channel: any NIOCore.Channel, with writer: consuming ResponseWriter
    ) async throws {
        let (signs, stop) = feed.watch()
        defer { stop() }
        channel.closeFuture.whenComplete { _ in stop() }
        var writer: any ResponseBodyWriter = try await writer.writeHead(WebReply.eventsHead)
        var shown =
            visit.request.headers[.lastEventID]
            ?? visit.request.uri.queryParameters["frame"].map(String.init)
        try await send(clockEvent, to: &writer, on: channel, within: visit.arrival.limits.write)
        for await _ in signs {
            guard isOpen(visit.session) else { break }
            guard let frame = feed.frame else { continue }
            let event = frame.id == shown ? ByteBuffer() : frame.event
            shown = frame.id
            // The clock goes along each time, and alone it is the sign of life.
            var message = event
            message.writeImmutableBuffer(clockEvent)
            try await send(message, to: &writer, on: channel, within: visit.arrival.limits.write)
        }
        try await writer.finish(nil)
        ClosingTime.hangUp(channel)
    }

    private func isOpen(_ session: ConsoleSession?) -> Bool {
        session.map { sessions.isOpen($0.id, now: clock().boot) } ?? false
    }

    private var clockEvent: ByteBuffer {
        ByteBuffer(string: "event: clock\ndata: \(clock().boot.inMilliseconds)\n\n")
    }

    /// Writes to a browser that reads; one that does not is let go.
    private func send(
        _ message: ByteBuffer, to writer: inout any ResponseBodyWriter,
        on channel: any NIOCore.Channel,
        within patience: TimeAmount
    ) async throws {
        let closing = ClosingTime(of: channel, after: patience)
        defer { closing.cancel() }
        try await writer.write(message)
    }
}
