import CalendarTime
import Console
import ControlAPI
import Drills
import Faults
import Foundation
import Ledger
import Logging
import ServiceLifecycle
import Systemd
import UnitFiles

/// The composition root: opens what must be open, takes back what another process left, wires the services.
package struct Daemon: Sendable {
    /// Where everything is known; tests and `drillctl run --local` talk to it directly.
    package let desk: DrillDesk
    private let notifier: ServiceNotifier
    private let configuration: DaemonConfiguration
    private let lock: StateLock

    /// How long the agent waits for a sign of life of the daemon.
    private static let lease = TimeSpan.seconds(15)

    /// Opens the state, reverts every fault that is left, and closes the runs that were interrupted.
    ///
    /// - Throws: ``StartFailure``, or what opening the ledger and the state folder throws.
    package static func start(
        _ configuration: DaemonConfiguration, journal: Journal,
        notifier: ServiceNotifier = ServiceNotifier()
    ) async throws -> Daemon {
        let launcher = AgentLauncher(configuration)
        // The agent comes up while the calendar is read and the ledger is opened.
        launcher.prepare()
        do {
            return try await start(configuration, launcher, journal: journal, notifier: notifier)
        } catch {
            launcher.dismiss()
            throw error
        }
    }

    private static func start(
        _ configuration: DaemonConfiguration, _ launcher: AgentLauncher, journal: Journal,
        notifier: ServiceNotifier
    ) async throws -> Daemon {
        let (loaded, problems) = CalendarSource(configuration).load()
        guard let calendar = loaded else { throw StartFailure.calendar(problems) }
        let store = try ArmedStore(folder: configuration.state)
        let lock = try StateLock(configuration.state)
        let ledger = try LedgerStore.open(path: configuration.ledger)
        let agent = AgentClient(folder: configuration.state, role: .daemon, lease: lease) {
            try launcher.connect()
        }
        let desk = try DrillDesk(
            configuration: configuration, calendar: calendar, ledger: ledger, agent: agent,
            store: store, journal: journal, lastAlive: lastAlive(configuration))
        let daemon = Daemon(
            desk: desk, notifier: notifier, configuration: configuration, lock: lock)
        try await daemon.recover()
        return daemon
    }

    /// Runs all services until SIGTERM or SIGINT; open runs are aborted and their faults taken back first.
    ///
    /// - Parameter browsers: where the console is served to browsers, beside the control socket.
    package func run(
        at listener: ControlServer.Listener, browsers: WebServer.Listener? = nil, logger: Logger
    ) async throws {
        defer { lock.release() }
        let console = try desk.console()
        let server = ControlServer(
            at: listener, login: Accounts.login, console: console,
            listening: {
                await notifier.ready(status: desk.statusLine())
                desk.journal.write("ready for drills", catalog: .ready)
            },
            answer: { request, peer in try await desk.answer(request, from: peer) })
        // The last in the list is told first: no new drill, then the runs end, then the rest.
        var services: [any Service] = [
            AgentService(desk: desk, lease: Self.lease), console, server,
        ]
        if let browsers { services.append(WebServer(at: browsers, console: console)) }
        services += [
            RunService(desk: desk), ReloadService(desk: desk, notifier: notifier),
            AgendaService(desk: desk, notifier: notifier),
        ]
        let group = ServiceGroup(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        try await group.run()
        notifier.stopping()
        await desk.record(.daemonStopped(reason: "asked to"), catalog: .stopped)
        try desk.ledger.close()
    }

    /// Opens the next cycle of one drill, the only run of this daemon.
    package func open(_ drill: DrillName) async throws -> RunID {
        let run = try await desk.start(drill)
        await desk.closeOpenings()
        return run
    }

    /// Plays an open run without agenda and API; SIGTERM, SIGINT and SIGHUP abort it.
    package func play(_ run: RunID, logger: Logger) async throws -> Timeline {
        defer { lock.release() }
        let services: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(service: AgentService(desk: desk, lease: Self.lease)),
            .init(
                service: RunService(desk: desk),
                successTerminationBehavior: .gracefullyShutdownGroup),
        ]
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint, .sighup],
                logger: logger))
        try await group.run()
        let timeline = try await desk.ledger.reader.timeline(of: run)
        try desk.ledger.close()
        return timeline
    }

    private func recover() async throws {
        for fault in try await takeBack() {
            desk.journal.write(
                "fault \(fault.fault) is still to be reverted: \(fault.reason ?? "")",
                priority: .critical, catalog: .faultLeaked,
                fields: [
                    .fault: fault.fault.text, .target: fault.target?.text ?? "its target",
                ])
        }
        try await desk.archiveWhatIsMissing()
        await desk.record(
            .daemonStarted(bootID: MachineClock.bootID, version: DrillDesk.version),
            catalog: .started)
        for summary in try await desk.ledger.reader.openRuns() {
            let timeline = try await desk.ledger.reader.timeline(of: summary.run)
            guard let plan = timeline.plan else { continue }
            await desk.takeUp(plan, recorded: timeline.entries)
        }
    }

    /// Reverts every fault that is left; returns those that could not be reverted yet.
    ///
    /// An agent that is about to end because nobody needs it may still take this caller in: the next try starts another.
    /// Reverts that hang are not waited for longer than systemd waits for a start: the agent goes on with them.
    private func takeBack() async throws -> [FaultStatus] {
        let end = MachineClock.bootNow().advanced(by: Self.patienceToTakeBack)
        for _ in 1..<Self.triesToTakeBack {
            let left = end.span(since: MachineClock.bootNow())
            guard left > .zero else { break }
            // The status says what is wrong, if need be.
            if let left = try? await desk.agent.revertAll(timeout: left) { return left }
        }
        return try await desk.agent.status()
    }

    private static let triesToTakeBack = 4
    /// `TimeoutStartSec=` of the unit is 90s.
    private static let patienceToTakeBack = TimeSpan.seconds(60)

    /// When the agenda was last watched; now, if it never was.
    private static func lastAlive(_ configuration: DaemonConfiguration) -> WallInstant {
        let now = MachineClock.now().wall
        guard
            let attributes = try? FileManager.default.attributesOfItem(
                atPath: configuration.heartbeat),
            let date = attributes[.modificationDate] as? Date
        else { return now }
        let seconds = date.timeIntervalSince1970
        return min(now, WallInstant(microsecondsSinceEpoch: Int64(seconds * 1_000_000)))
    }
}

/// Why a daemon does not start.
package enum StartFailure: Error, CustomStringConvertible {
    /// The files have errors; exit status 78.
    case calendar([Problem])
    /// Another daemon works on the same state.
    case stateIsTaken(String)

    package var description: String {
        switch self {
        case .calendar(let problems): problems.map(\.description).joined(separator: "\n")
        case .stateIsTaken(let path):
            "another drilld works on \(path); stop it, or give another folder with --state"
        }
    }
}
