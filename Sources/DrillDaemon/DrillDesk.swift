import CalendarTime
import Console
import ControlAPI
import Drills
import Faults
import Ledger
import Mutation
import Paging
import Systemd

/// Knows the calendar, the agenda and the open runs; every start and every stop goes through it.
package actor DrillDesk {
    /// What `drilld --version` says.
    package static let version = "0.1.0"

    nonisolated let configuration: DaemonConfiguration
    nonisolated let ledger: LedgerStore
    nonisolated let agent: AgentClient
    nonisolated let store: ArmedStore
    nonisolated let journal: Journal
    nonisolated let started = MachineClock.now().wall
    /// Runs that are to be played, in the order they were started.
    nonisolated let openings: AsyncStream<Opening>
    private nonisolated let openingFeed: AsyncStream<Opening>.Continuation
    /// Rings when the agenda changes or a run begins or ends.
    nonisolated let changes = Bell()
    /// Rings when a run begins.
    nonisolated let begun = Bell()
    nonisolated let meter = RequestMeter()
    nonisolated let trends: TrendPages
    nonisolated let pager: Pager
    nonisolated let webhooks: WebhookReader
    nonisolated let links: AckLinks
    /// Who is in the console.
    nonisolated let sessions = ConsoleSessions()

    var calendar: DrillCalendar
    var agenda: Agenda
    var reloadProblems: [String] = []
    /// Missed occurrences that only the journal knows of so far.
    var unrecordedMisses: [OperationalEvent] = []
    private(set) var conductors: [RunID: RunConductor] = [:]
    /// Targets of runs that are being prepared.
    private var reserved: [DrillName: TargetName] = [:]
    /// LEAKED faults that somebody is being paged about or was, and the channels that took the page.
    var leakPages: [FaultID: Set<ChannelName>] = [:]
    /// Calls of hooks that hand over such pages.
    var leakCalls = 0
    private var isStopping = false
    /// How many runs came to their end here.
    private(set) var finished = 0

    /// A run that is about to be played, and the event it begins with.
    struct Opening: Sendable {
        let conductor: RunConductor
        let first: RunEvent
    }

    /// A desk over an open ledger; nothing is fired before the agenda is watched.
    ///
    /// - Throws: when there is no key for links.
    init(
        configuration: DaemonConfiguration, calendar: DrillCalendar, ledger: LedgerStore,
        agent: AgentClient, store: ArmedStore, journal: Journal, lastAlive: WallInstant
    ) throws {
        self.configuration = configuration
        self.calendar = calendar
        self.ledger = ledger
        self.agent = agent
        self.store = store
        self.journal = journal
        trends = TrendPages(ledger.reader, zones: configuration.zones)
        pager = Pager(credentials: configuration.credentials)
        webhooks = WebhookReader(credentials: configuration.credentials)
        links = AckLinks(signer: try LinkSigner(stateFolder: configuration.state.path)) {
            [sessions] in configuration.consoleURL ?? sessions.origin
        }
        agenda = Agenda(calendar, from: lastAlive)
        (openings, openingFeed) = AsyncStream.makeStream()
    }

    deinit {
        // Its connections are closed even if nothing was ever run.
        Task { [pager] in await pager.shutdown() }
    }

    /// Starts the next cycle of a drill, or refuses with every reason at once.
    func start(_ name: DrillName, scheduled: WallInstant? = nil) async throws -> RunID {
        guard let drill = calendar.drill(named: name) else {
            throw Refusal(
                .notFound, ["there is no drill '\(name)'; 'drillctl list' shows them all"])
        }
        guard !isStopping else { throw Refusal(.unavailable, ["drilld is stopping"]) }
        if let busy = drill.refusal(beside: openRuns) { throw Refusal(.refused, [busy]) }
        guard !reserved.values.contains(drill.target) else {
            throw Refusal(
                .refused, ["target '\(drill.target)' is busy with a run that just begins"])
        }
        reserved[name] = drill.target
        defer { reserved[name] = nil }
        let due = scheduled ?? dueTime(of: drill)
        let plan = try await plan(drill, scheduled: due)
        let reasons = peopleReasons(against: plan) + groundReasons(against: plan)
        guard reasons.isEmpty else { throw Refusal(.refused, reasons) }
        open(conductor(of: plan, recorded: []), with: .opened(plan: plan))
        await begun.ring()
        return plan.run
    }

    /// The plan of the next cycle. A halt comes first: while it lasts, nothing else matters.
    private func plan(_ drill: Drill, scheduled: WallInstant) async throws -> RunPlan {
        if let halt = HaltLever(folder: configuration.state).pulled {
            throw Refusal(.refused, [GroundRefusal.halted(halt).description])
        }
        do {
            return try await CyclePlanner(reader: ledger.reader)
                .plan(drill, scheduled: scheduled, calendar: calendar)
        } catch let error as MutationError {
            throw Refusal(.refused, ["drill '\(drill.name)' has no next cycle: \(error)"])
        }
    }

    /// Takes up a run that another process left open: one that can goes on, every other is closed.
    ///
    /// After another boot no run goes on: its clocks began anew, and people were told nothing for too long.
    func takeUp(_ plan: RunPlan, recorded: [Timeline.Entry]) {
        let isSameBoot = recorded.last?.bootID == MachineClock.bootID
        let reason = isSameBoot ? "drilld was started again" : "the machine was started again"
        let conductor = conductor(of: plan, recorded: recorded)
        let isHalted = HaltLever(folder: configuration.state).pulled != nil
        let goesOn = isSameBoot && conductor.canResume && !isHalted
        open(conductor, with: goesOn ? .resumed(reason: reason) : .interrupted(reason: reason))
    }

    /// Files a run that has ended.
    func finish(_ run: RunID, _ timeline: Timeline) async {
        let conductor = conductors.removeValue(forKey: run)
        finished += 1
        archive(timeline)
        await conductor?.end()
        await changes.ring()
        await pageLeaks(of: timeline)
    }

    /// Aborts every open run and takes no new ones.
    func beginStopping() async {
        isStopping = true
        for conductor in conductors.values {
            await conductor.post(.abortRequested(by: "drilld", reason: "drilld is stopping"))
        }
        closeOpenings()
    }

    /// Lets the runs that were started be the last ones.
    func closeOpenings() {
        openingFeed.finish()
    }

    /// The open runs, for what may not overlap with them.
    var openRuns: [OpenRun] {
        conductors.values.map { OpenRun(run: $0.plan.run, target: $0.plan.target.name) }
            .sorted { $0.run < $1.run }
    }

    private func open(_ conductor: RunConductor, with first: RunEvent) {
        conductors[conductor.plan.run] = conductor
        openingFeed.yield(Opening(conductor: conductor, first: first))
    }

    private func conductor(of plan: RunPlan, recorded: [Timeline.Entry]) -> RunConductor {
        let pages = PageDelivery(
            pager: pager, posted: PostedPages(recorded.map(\.event)),
            link: { [links] in links.address(of: $0, in: plan, for: $1) })
        return RunConductor(
            plan: plan, recorded: recorded, ledger: ledger,
            edges: RunEdges(
                plan: plan, agent: agent, store: store, pages: pages, configuration: configuration),
            report: RunReport(plan, journal: journal))
    }

    /// A timer that fires a drill gives no time: it is the occurrence that has just passed, if there is one.
    /// A drill that somebody starts by hand is due when they start it.
    private func dueTime(of drill: Drill) -> WallInstant {
        let now = MachineClock.now().wall
        guard drill.calendar.firedBy == .timer else { return now }
        let earliest = now.advanced(byMicroseconds: -Firing.grace.microseconds)
        return drill.lastStart(after: earliest, through: now, frozen: .none) ?? now
    }
}
