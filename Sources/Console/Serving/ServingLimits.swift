import HummingbirdCore
import NIOCore

/// How long and how much a client may take; a server for browsers is stricter than the control socket.
package struct ServingLimits: Sendable {
    /// How long a connection may stay between requests, and a request's head may take to come.
    package var idle: TimeAmount
    /// How long the body of a request may take to come.
    package var body: TimeAmount
    /// How long a client may take to read what is written to it.
    package var write: TimeAmount
    /// Connections that are open at once; one more is closed unheard.
    package var connections: Int
    /// Bytes of all header fields of a request.
    package var headers: Int

    /// Limits as given.
    package init(
        idle: TimeAmount, body: TimeAmount, write: TimeAmount, connections: Int, headers: Int
    ) {
        self.idle = idle
        self.body = body
        self.write = write
        self.connections = connections
        self.headers = headers
    }

    /// For the UNIX socket, which lets in only who the folder lets in.
    package static let socket = ServingLimits(
        idle: .seconds(120), body: .seconds(60), write: .seconds(60), connections: 2_048,
        headers: 80 * 1_024)
    /// For browsers.
    package static let browsers = ServingLimits(
        idle: .seconds(30), body: .seconds(20), write: .seconds(30), connections: 512,
        headers: 16 * 1_024)

    var channel: HTTP1Channel.Configuration {
        .init(
            idleTimeout: idle,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: headers, maxHeaderListSize: headers, maxHeaderFieldCount: 100))
    }
}

/// Closes a connection unless something is done with it in time.
struct ClosingTime {
    private let task: Scheduled<Void>

    /// From now on the connection has so long.
    init(of channel: any Channel, after patience: TimeAmount) {
        task = channel.eventLoop.scheduleTask(in: patience) { channel.close(promise: nil) }
    }

    /// It was done in time.
    func cancel() { task.cancel() }

    /// Ends a connection; somebody who still sends what nobody reads gets a moment to hear the answer.
    static func hangUp(_ channel: any Channel) {
        _ = ClosingTime(of: channel, after: .seconds(2))
    }
}
