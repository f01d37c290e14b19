import Drills

/// Where pages wait for the rate cap of their channel, in the order they came.
actor ChannelGates {
    private let time: PagingTime
    private var gates: [ChannelName: Gate] = [:]

    private struct Gate {
        var window: RateWindow
        /// Whether somebody stands in the gate.
        var isTaken = false
        var line: [CheckedContinuation<Void, Never>] = []
    }

    init(time: PagingTime) {
        self.time = time
    }

    /// Waits until the next page may go out; at once when the task is cancelled.
    func enter(_ channel: Channel) async {
        let name = channel.name
        gates[name, default: Gate(window: RateWindow(perMinute: channel.pagesPerMinute))]
            .window.perMinuteChanged(to: channel.pagesPerMinute)
        await takeTurn(name)
        let pause = gates[name]?.window.pause(at: time.elapsed()) ?? .zero
        // A cancelled page goes on and fails at its first attempt.
        if pause > .zero { try? await time.sleep(pause) }
        gates[name]?.window.admit(at: time.elapsed())
        leave(name)
    }

    private func takeTurn(_ name: ChannelName) async {
        guard gates[name]?.isTaken == true else {
            gates[name]?.isTaken = true
            return
        }
        await withCheckedContinuation { gates[name]?.line.append($0) }
    }

    private func leave(_ name: ChannelName) {
        guard gates[name]?.line.isEmpty == false else {
            gates[name]?.isTaken = false
            return
        }
        gates[name]?.line.removeFirst().resume()
    }
}
