import NIOCore
import Synchronization

/// Connections that were accepted and not yet served; those that never will be are closed.
final class UnservedConnections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isOver = false
    }

    private let state = Mutex(State())

    /// Takes a new connection in; once it is over, closes it at once.
    func admit(_ channel: any Channel) -> EventLoopFuture<any Channel> {
        let isOver = state.withLock { state in
            if !state.isOver { state.channels[ObjectIdentifier(channel)] = channel }
            return state.isOver
        }
        if isOver { channel.close(promise: nil) }
        return channel.eventLoop.makeSucceededFuture(channel)
    }

    /// Somebody serves a connection from now on.
    func take(_ channel: any Channel) {
        _ = state.withLock { $0.channels.removeValue(forKey: ObjectIdentifier(channel)) }
    }

    /// Nobody serves any other connection.
    func end() {
        let left = state.withLock { state in
            state.isOver = true
            defer { state.channels = [:] }
            return Array(state.channels.values)
        }
        for channel in left { channel.close(promise: nil) }
    }
}
