import CalendarTime
import ControlAPI
import Drills

/// The daemon and its open runs as they were last seen: one picture for all consoles.
///
/// It asks only for what it does not have yet, and many who ask at once are answered by one look.
actor LivePicture {
    private let ask: @Sendable (ControlRequest) async throws -> any Encodable & Sendable
    private var status: DaemonStatus?
    private var entries: [RunID: [Timeline.Entry]] = [:]
    /// Counts what changed.
    private var version = 0
    private var looksBegun = 0
    private var looksDone = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(asking ask: @escaping @Sendable (ControlRequest) async throws -> any Encodable & Sendable)
    {
        self.ask = ask
    }

    /// What is to be seen now.
    ///
    /// - Throws: ``Refusal`` of the daemon.
    func look() async throws -> Sight {
        // A look that began before this call may have missed what made somebody look.
        let needed = looksBegun + 1
        while looksDone < needed {
            if looksBegun > looksDone {
                await withCheckedContinuation { waiting.append($0) }
            } else {
                try await lookOnce()
            }
        }
        return sight
    }

    private func lookOnce() async throws {
        looksBegun += 1
        defer {
            looksDone = looksBegun
            let woken = waiting
            waiting = []
            for one in woken { one.resume() }
        }
        let status = try await reply(to: .status, as: DaemonStatus.self)
        if status != self.status {
            self.status = status
            version += 1
        }
        let open = Set(status.openRuns.map(\.run))
        for gone in entries.keys where !open.contains(gone) { entries[gone] = nil }
        for run in status.openRuns { try await follow(run.run, waiting: 0) }
    }

    /// Takes in what a run recorded since it was last seen; waits for it as long as that.
    func follow(_ run: RunID, waiting milliseconds: Int) async throws {
        let known = entries[run]?.count ?? 0
        let tail = try await reply(
            to: .events(run, after: known, waitMilliseconds: milliseconds), as: TimelineTail.self)
        // Somebody else may have taken in the same in between.
        guard entries[run]?.count ?? 0 == known, !tail.entries.isEmpty else { return }
        entries[run, default: []] += tail.entries
        version += 1
    }

    /// What was seen last.
    var sight: Sight {
        let runs = (status?.openRuns ?? []).compactMap { row in
            entries[row.run].map { Timeline(entries: $0) }
        }
        return Sight(version: version, status: status, runs: runs)
    }

    /// Whether a run can still change.
    func isOpen(_ run: RunID) -> Bool {
        entries[run].map { !Timeline(entries: $0).isClosed } ?? false
    }

    private func reply<Reply>(to request: ControlRequest, as type: Reply.Type) async throws -> Reply
    {
        guard let reply = try await ask(request) as? Reply else {
            throw Refusal(.failed, ["the daemon answered something else than was asked"])
        }
        return reply
    }
}

/// One look at the daemon and its open runs.
struct Sight: Sendable {
    /// Another number when anything is different.
    let version: Int
    /// Nil before the first look.
    let status: DaemonStatus?
    /// Of the open runs, in their order.
    let runs: [Timeline]
}

extension Timeline {
    /// Whether nothing comes any more.
    var isClosed: Bool { outcome != nil }
}
