import ControlAPI
import Drills
import Synchronization

/// Follows the daemon while somebody looks, and shows each change to all.
///
/// While nobody looks it does nothing, and the machine may sleep.
struct LiveWatch: Sendable {
    let picture: LivePicture
    let feed: LiveFeed
    let render: @Sendable (Sight) -> SharedMarkup

    /// How often new runs and the state of faults are looked for; changes of a run come at once.
    private static let glance = Duration.seconds(1)
    private static let glancesPerBeat = 15
    /// The shortest time between two frames: a burst of events is one change.
    private static let pause = Duration.milliseconds(40)
    private static let patienceInMilliseconds = 20_000

    /// Ends when it is cancelled.
    func run() async {
        let (changes, change) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let underWay = UnderWay()
        await withDiscardingTaskGroup { group in
            group.addTask { await show(changes) }
            for await _ in feed.wanted where feed.hasWatchers {
                if underWay.begin(.glances) { group.addTask { await glance(underWay) } }
                // A daemon that does not say how it is will be asked again by the next glance.
                guard let sight = try? await picture.look() else { continue }
                change.yield()
                for run in sight.runs.compactMap({ $0.plan?.run })
                where underWay.begin(.following(run)) {
                    group.addTask { await follow(run, underWay, change) }
                }
            }
            change.finish()
            group.cancelAll()
        }
    }

    private func glance(_ underWay: UnderWay) async {
        var count = 0
        while feed.hasWatchers, !Task.isCancelled {
            feed.nudge()
            count += 1
            if count % Self.glancesPerBeat == 0 { feed.beat() }
            // Cancelled when the console ends.
            try? await Task.sleep(for: Self.glance)
        }
        underWay.end(.glances)
        // Somebody may have come just now and have found this under way.
        if feed.hasWatchers { feed.nudge() }
    }

    private func follow(
        _ run: RunID, _ underWay: UnderWay, _ change: AsyncStream<Void>.Continuation
    ) async {
        defer { underWay.end(.following(run)) }
        while feed.hasWatchers, !Task.isCancelled {
            do {
                try await picture.follow(run, waiting: Self.patienceInMilliseconds)
            } catch {
                // The run is over, or the daemon is busy: the next glance says which.
                return
            }
            change.yield()
            guard await picture.isOpen(run) else { return }
        }
    }

    private func show(_ changes: AsyncStream<Void>) async {
        var shown: Int?
        for await _ in changes {
            let sight = await picture.sight
            guard sight.status != nil, sight.version != shown || feed.frame == nil else { continue }
            shown = sight.version
            feed.show(version: sight.version, render(sight))
            // Cancelled when the console ends.
            try? await Task.sleep(for: Self.pause)
        }
    }
}

/// What is being done already, so that nothing is done twice.
private final class UnderWay: Sendable {
    enum Task: Hashable {
        case glances
        case following(RunID)
    }

    private let tasks = Mutex<Set<Task>>([])

    /// Whether it has to be begun: nobody does it yet.
    func begin(_ task: Task) -> Bool { tasks.withLock { $0.insert(task).inserted } }

    func end(_ task: Task) { tasks.withLock { _ = $0.remove(task) } }
}
