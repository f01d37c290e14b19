import NIOCore
import Synchronization

/// Connections that were accepted and not yet served; those that never will be are closed.
final class UnservedConnections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var open = 0
        var isOver = false
    }

    private let state = Mutex(State())
    private let maximum: Int

    /// Lets in at most so many at once, those that are served included.
    init(maximum: Int) {
        self.maximum = maximum
    }

    /// Takes a new connection in; once it is over, or when there are too many, closes it at once.
    func admit(_ channel: any Channel) -> EventLoopFuture<any Channel> {
        let isWelcome = state.withLock { state in
            guard !state.isOver, state.open < maximum else { return false }
            state.channels[ObjectIdentifier(channel)] = channel
            state.open += 1
            return true
        }
        if isWelcome {
            channel.closeFuture.whenComplete { _ in self.state.withLock { $0.open -= 1 } }
        } else {
            channel.close(promise: nil)
        }
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
