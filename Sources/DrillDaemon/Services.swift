import CalendarTime
import Drills
import Faults
import Glibc
import ServiceLifecycle
import Systemd
import UnixSignals

/// Keeps the agent's lease, passes on what it tells, and sees that a person is paged about what leaked.
struct AgentService: Service {
    let desk: DrillDesk
    let lease: TimeSpan

    func run() async throws {
        await withDiscardingTaskGroup { group in
            group.addTask {
                await withDiscardingTaskGroup { pages in
                    for await notice in desk.agent.notices.cancelOnGracefulShutdown() {
                        await desk.take(notice)
                        // Channels may be slow, and the next notice must not wait for them.
                        pages.addTask { await desk.page(about: notice) }
                    }
                }
            }
            group.addTask { await desk.pageLeaksLeft() }
            group.addTask { await renewLease() }
        }
        desk.agent.close()
    }

    /// Renews the lease three times per lease while a run is open or a fault is left, until the service is to end.
    ///
    /// Without one no life depends on it, and the machine may sleep. With one, an agent that was started again meanwhile is
    /// connected to, for it may have to tell of a leak.
    private func renewLease() async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                guard await desk.needsTheAgent else {
                    await desk.begun.wait(upTo: nil)
                    continue
                }
                if await !desk.agent.renewLease(within: lease) { await desk.agentWasLost() }
                // Cancelled when the daemon ends.
                try? await Task.sleep(for: .microseconds(lease.microseconds / 3))
            }
        }
    }
}

/// Plays every run that is started, each in a task of its own, and sees all of them to their end.
struct RunService: Service {
    let desk: DrillDesk

    func run() async throws {
        // A task of its own: when another service fails, a run that has begun still takes its faults back.
        let playing = Task { await play() }
        await withTaskCancellationOrGracefulShutdownHandler {
            await playing.value
        } onCancelOrGracefulShutdown: {
            Task { await desk.beginStopping() }
        }
    }

    private func play() async {
        await withDiscardingTaskGroup { group in
            for await opening in desk.openings {
                group.addTask {
                    let timeline = await opening.conductor.conduct(from: opening.first)
                    await desk.finish(opening.conductor.plan.run, timeline)
                }
            }
        }
    }
}

/// Watches the agenda: fires what is due, pets the watchdog, keeps the status line.
///
/// The watchdog is petted from this loop alone, so a loop that hangs is found out.
struct AgendaService: Service {
    let desk: DrillDesk
    let notifier: ServiceNotifier

    /// The longest sleep, so that a step of the wall clock is noticed.
    private static let longestSleep = Duration.seconds(20)
    /// A clock set back by more than this begins the agenda anew.
    private static let tolerance = TimeSpan.seconds(1)

    func run() async throws {
        await cancelWhenGracefulShutdown { await watch() }
    }

    private func watch() async {
        var last = MachineClock.now()
        while !Task.isCancelled {
            let now = MachineClock.now()
            let expected = last.wall.advanced(by: now.boot.span(since: last.boot))
            if expected - now.wall > Self.tolerance.microseconds {
                await desk.restartAgenda(at: now.wall)
            }
            last = now
            let wake = await desk.fireDue(at: now.wall)
            notifier.petWatchdog()
            if await desk.isOnRecord() { noteLife(at: now.wall) }
            await notifier.status(desk.statusLine())
            await desk.changes.wait(upTo: patience(until: wake))
        }
    }

    /// Notes until when the agenda was watched: what fell due after this look is not on record yet.
    ///
    /// Missing it means that missed drills are looked for from an earlier time: the safe side.
    private func noteLife(at instant: WallInstant) {
        let file = open(desk.configuration.heartbeat, O_WRONLY | O_CREAT | O_CLOEXEC, 0o640)
        guard file >= 0 else { return }
        defer { close(file) }
        let microseconds = Int(instant.microsecondsSinceEpoch)
        let time = timespec(
            tv_sec: microseconds / 1_000_000, tv_nsec: microseconds % 1_000_000 * 1_000)
        futimens(file, [time, time])
    }

    private func patience(until wake: WallInstant?) -> Duration {
        var patience = Self.longestSleep
        if let interval = notifier.watchdogInterval { patience = min(patience, interval / 2) }
        guard let wake else { return patience }
        return min(patience, .microseconds(max(0, wake - MachineClock.now().wall)))
    }
}

/// Reads the calendar again on SIGHUP.
struct ReloadService: Service {
    let desk: DrillDesk
    let notifier: ServiceNotifier

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() {
            notifier.reloading()
            _ = await desk.reload()
            await notifier.ready(status: desk.statusLine())
        }
    }
}

extension DrillDesk {
    /// One line for `systemctl status`.
    func statusLine() -> String {
        let open = openRuns.map(\.run.text).joined(separator: ", ")
        if HaltLever(folder: configuration.state).pulled != nil {
            return "HALT; nothing is injected"
        }
        let running = open.isEmpty ? "" : "running \(open); "
        let broken = reloadProblems.isEmpty ? "" : "; the calendar on disk has errors"
        guard let next = agenda.nextDue else { return "\(running)nothing is due\(broken)" }
        let time = next.at.formatted(in: .utc)
        return "\(running)next: \(next.drill) at \(time)\(broken)"
    }
}
