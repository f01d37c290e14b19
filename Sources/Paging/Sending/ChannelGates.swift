import Drills

/// Where pages wait for the rate cap of their channel, in the order they came, and for a service that asked for a pause.
actor ChannelGates {
    /// The longest that anything waits because a service asks for it; what would have to wait longer is not sent.
    static let longestWait = Duration.seconds(60)

    private let time: PagingTime
    private var gates: [ChannelName: Gate] = [:]

    private struct Gate {
        var window: RateWindow
        /// Until when the service wants to be left alone.
        var notBefore = Duration.zero
        /// Whether somebody stands in the gate.
        var isTaken = false
        var line: [CheckedContinuation<Void, Never>] = []
    }

    init(time: PagingTime) {
        self.time = time
    }

    /// Waits until the next attempt may be made; at once when the task is cancelled.
    ///
    /// A page waits for both. A refresh pages nobody and waits for the service alone; a resolve waits for nothing,
    /// so that no page is left firing.
    ///
    /// - Returns: how much longer the service wants to be left alone, if that is longer than anything waits.
    func enter(_ channel: Channel, for step: PageOrder.Step) async -> Duration? {
        let name = channel.name
        gates[name, default: Gate(window: RateWindow(perMinute: channel.pagesPerMinute))]
            .window.perMinuteChanged(to: channel.pagesPerMinute)
        switch step {
        case .resolve: return nil
        case .refresh: return await waitForService(name)
        case .fire:
            await takeTurn(name)
            defer { leave(name) }
            let pause = gates[name]?.window.pause(at: time.elapsed()) ?? .zero
            // A cancelled page goes on and fails at its first attempt.
            if pause > .zero { try? await time.sleep(pause) }
            if let span = await waitForService(name) { return span }
            gates[name]?.window.admit(at: time.elapsed())
            return nil
        }
    }

    /// Keeps everything back for a while, because the service asked for it.
    func hold(_ name: ChannelName, for span: Duration) {
        guard let gate = gates[name] else { return }
        gates[name]?.notBefore = max(gate.notBefore, time.elapsed() + span)
    }

    /// A service that goes on asking for more is waited for no longer than one that asks for all of it at once.
    private func waitForService(_ name: ChannelName) async -> Duration? {
        let limit = time.elapsed() + Self.longestWait
        while let end = gates[name]?.notBefore, end > time.elapsed() {
            guard end <= limit else { return end - time.elapsed() }
            do { try await time.sleep(end - time.elapsed()) } catch { return nil }
        }
        return nil
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
