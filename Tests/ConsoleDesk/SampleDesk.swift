import CalendarTime
import ControlAPI
import Drills
import Glibc
import IncidentCommand
import Scoring

/// A desk with one open run, kept in memory: it judges and records as the daemon does, and injects nothing.
package actor SampleDesk {
    private var timeline: Timeline
    private var board: IncidentBoard
    private var halt: DaemonStatus.HaltState?
    private var waiting: [AsyncStream<Void>.Continuation] = []
    /// What was asked, reads of the status and of events left out.
    package private(set) var asked: [ControlRequest] = []
    /// How often the status or events were asked for.
    package private(set) var looks = 0
    private let clock: @Sendable () -> Moment

    /// The token of the only link that leads anywhere.
    package static let linkToken = "a-good-token"

    /// A desk at which this run is open.
    ///
    /// - Throws: ``Refusal`` if the timeline is empty.
    package init(_ timeline: Timeline, clock: @escaping @Sendable () -> Moment = SampleDesk.now)
        throws
    {
        guard let board = IncidentBoard(timeline) else {
            throw Refusal(.failed, ["a desk needs a run"])
        }
        self.timeline = timeline
        self.board = board
        self.clock = clock
    }

    /// The clocks of this machine.
    package static let now: @Sendable () -> Moment = {
        Moment(
            wall: WallInstant(microsecondsSinceEpoch: microseconds(CLOCK_REALTIME)),
            boot: BootInstant(microsecondsSinceBoot: microseconds(CLOCK_BOOTTIME)))
    }

    private static func microseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }

    /// Adds an event, as the run itself would.
    package func record(_ event: RunEvent) {
        let now = clock()
        timeline = Timeline(
            entries: timeline.entries + [Timeline.Entry(at: now, bootID: "a", event: event)])
        board.note(event, at: now.boot)
        let woken = waiting
        waiting = []
        for one in woken { one.finish() }
    }

    /// Answers as the daemon does.
    ///
    /// - Throws: ``Refusal``.
    package func answer(
        _ request: ControlRequest, from peer: Peer
    ) async throws -> any Encodable & Sendable {
        switch request {
        case .status:
            looks += 1
            return status
        case .events(_, let after, let milliseconds):
            looks += 1
            return await tail(after: after, waiting: milliseconds > 0)
        default:
            asked.append(request)
            return try decide(request, peer)
        }
    }

    private func decide(_ request: ControlRequest, _ peer: Peer) throws -> any Encodable & Sendable
    {
        switch request {
        case .drills: return drills
        case .runs: return [row]
        case .run:
            return RunDetail(
                timeline: timeline, phase: board.stage.phase ?? .brief,
                scorecard: Scorecard(timeline))
        case .ack(_, let page, let person, let channel):
            return try acknowledge(page, by: person, over: channel)
        case .act(_, let act, let person, let via):
            if let reason = board.refusal(of: act, by: person, at: clock()) {
                record(.actRefused(act: act, person: person, reason: reason))
                throw Refusal(.refused, [reason])
            }
            record(.acted(act: act, person: person, via: via))
            return Done(message: "\(person) \(act.sentence)")
        case .halt(let reason):
            halt = DaemonStatus.HaltState(by: peer.login, reason: reason, at: clock().wall)
            return Done(message: "everything is stopped")
        case .pageLink(let token): return try link(token)
        case .ackByLink(let token):
            let link = try link(token)
            return try acknowledge(link.page, by: link.person, over: "link")
        case .webhook(_, let webhook):
            guard webhook.headers["x-signature"] == "good" else {
                throw Refusal(.notPermitted, ["the signature is wrong"])
            }
            return Done(message: "\(webhook.body.utf8.count) bytes taken")
        case .trend:
            return TrendReply(
                page: "<html><body><main>\n<h1>Drill trends</h1></main></body></html>")
        default: return Done(message: "done")
        }
    }

    private func acknowledge(
        _ page: PageName, by person: PersonName, over channel: String
    ) throws -> Done {
        if let reason = board.pages.refusal(
            ofAck: page, by: person, at: clock())
        {
            throw Refusal(.refused, [reason])
        }
        record(.acked(page: page, person: person, channel: channel))
        return Done(message: "page \(page) is acknowledged by \(person)")
    }

    private func link(_ token: String) throws -> PageLink {
        guard token == Self.linkToken,
            let card = board.pages.cards.first(where: { $0.holder != nil }),
            let holder = card.holder
        else { throw Refusal(.notFound, ["this link leads nowhere; take the one in the page"]) }
        return PageLink(
            run: board.plan.run, page: card.plan.name, person: holder,
            summary: card.plan.summary,
            acknowledgedBy: card.acks.last { $0.expiredAt == nil }?.person,
            isOpen: card.resolvedAt == nil)
    }

    private func tail(after: Int, waiting isPatient: Bool) async -> TimelineTail {
        if isPatient, after >= timeline.entries.count, timeline.outcome == nil {
            let (signs, sign) = AsyncStream.makeStream(of: Void.self)
            waiting.append(sign)
            // Ends with the next event, or when whoever waits is cancelled.
            for await _ in signs {}
        }
        return TimelineTail(
            entries: Array(timeline.entries.dropFirst(after)), count: timeline.entries.count,
            isClosed: timeline.outcome != nil, now: clock())
    }

    private var row: RunRow {
        RunRow(
            run: board.plan.run, kind: board.plan.kind, scheduled: board.plan.scheduled,
            phase: board.stage.phase ?? .brief, outcome: timeline.outcome)
    }

    private var status: DaemonStatus {
        DaemonStatus(
            version: "1", halt: halt, openRuns: timeline.outcome == nil ? [row] : [],
            next: DaemonStatus.NextDrill(
                drill: "rollback-staging", at: clock().wall.advanced(by: .minutes(90))),
            drills: 1, reloadProblems: [],
            faults: board.packet.residualRisk.isEmpty
                ? []
                : [
                    FaultRow(
                        fault: FaultID(run: board.plan.run, fault: "replication"),
                        target: board.plan.target.name, state: .live,
                        deadline: timeline.entries.first?.at.wall.advanced(by: .minutes(10)),
                        failedAttempts: 0, detail: "")
                ],
            armedTargets: [], started: WallInstant(microsecondsSinceEpoch: 0))
    }

    private var drills: [DrillRow] {
        [
            DrillRow(
                drill: board.plan.drill, kind: board.plan.kind, tier: board.plan.tier,
                target: board.plan.target.name, calendar: "calendars/2027-q1.calendar",
                next: clock().wall.advanced(by: .minutes(90)), last: board.plan.scheduled,
                lastOutcome: "completed")
        ]
    }
}
