import NIOCore
import Synchronization

/// The page that everybody looks at, rendered once for each change and sent to all.
final class LiveFeed: Sendable {
    private struct State {
        var frame: LiveFrame?
        var watchers: [Int: AsyncStream<Void>.Continuation] = [:]
        var count = 0
    }

    private let state = Mutex(State())
    /// Tells whoever makes the frames that there is somebody to make them for, or something to look at.
    let wanted: AsyncStream<Void>
    private let want: AsyncStream<Void>.Continuation
    /// Names this daemon's frames: after a restart the numbers begin anew.
    private let origin = RandomText.fresh().prefix(8)

    init() {
        (wanted, want) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The newest frame.
    var frame: LiveFrame? { state.withLock { $0.frame } }

    var hasWatchers: Bool { state.withLock { !$0.watchers.isEmpty } }

    /// Something may have changed.
    func nudge() { want.yield() }

    /// Signs of something new, or of life, until it is cancelled.
    func watch() -> (signs: AsyncStream<Void>, stop: @Sendable () -> Void) {
        let (signs, feed) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.count += 1
            state.watchers[state.count] = feed
            return state.count
        }
        // The newest frame is for whoever comes as well.
        feed.yield()
        nudge()
        return (
            signs,
            {
                self.leave(number)
                feed.finish()
            }
        )
    }

    /// A frame that nobody looks at is old by the time somebody comes.
    private func leave(_ number: Int) {
        state.withLock { state in
            state.watchers[number] = nil
            if state.watchers.isEmpty { state.frame = nil }
        }
    }

    /// What the frame of a version is called, whether it was made or not.
    func id(of version: Int) -> String { "\(origin)-\(version)" }

    /// Shows a frame to all.
    func show(version: Int, _ markup: SharedMarkup) {
        let frame = LiveFrame(id: id(of: version), markup: markup)
        let watchers = state.withLock { state in
            state.frame = frame
            return Array(state.watchers.values)
        }
        for watcher in watchers { watcher.yield() }
    }

    /// Lets everybody know that the connection is alive.
    func beat() {
        let watchers = state.withLock { Array($0.watchers.values) }
        for watcher in watchers { watcher.yield() }
    }

    /// Nobody watches any more.
    func end() {
        let watchers = state.withLock { state in
            defer { state.watchers = [:] }
            return Array(state.watchers.values)
        }
        for watcher in watchers { watcher.finish() }
        want.finish()
    }
}

/// The page at one moment, as it travels.
struct LiveFrame: Sendable {
    let id: String
    let markup: SharedMarkup
    /// The event as every console gets it.
    let event: ByteBuffer

    init(id: String, markup: SharedMarkup) {
        self.id = id
        self.markup = markup
        var event = ByteBuffer()
        event.writeString("id: \(id)\nevent: page\n")
        for line in markup.whole.split(separator: "\n", omittingEmptySubsequences: false) {
            event.writeString("data: ")
            event.writeSubstring(line)
            event.writeString("\n")
        }
        event.writeString("\n")
        self.event = event
    }
}
