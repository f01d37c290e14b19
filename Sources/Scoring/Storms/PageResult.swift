import CalendarTime
import Drills

/// How one page of a storm fared.
package struct PageResult: Hashable, Sendable {
    package let page: PagePlan
    /// Where the page stood when, in order.
    package let states: [StateChange]
    /// One for each channel that was to carry it, in the plan's order.
    package let channels: [ChannelVerdict]
    /// The first accepted ack.
    package let ack: PageRecord.Ack?
    /// From the page to that person to the ack; nil without an ack, or if they found out otherwise.
    package let timeToAck: Interval?
    package let escalation: EscalationResult

    /// A change of where a page stands.
    package struct StateChange: Hashable, Sendable {
        package let state: State
        package let at: Stamp
        package let person: PersonName?
    }

    /// Where a page stands.
    package enum State: String, CaseIterable, Hashable, Sendable, Codable {
        case triggered, acknowledged
        /// The ack lapsed, and the page is open again.
        case reopened
        case escalated, resolved
    }

    /// The worst that a channel made of it; nil if it was never to be sent.
    package var verdict: PageVerdict? { channels.map(\.verdict).max() }

    /// Everyone who was told; where no channel says so, everyone it was posted to; sorted.
    package var routed: [Destination] {
        let seen = channels.filter { $0.notified != nil }
        return Set((seen.isEmpty ? channels : seen).flatMap(\.routed)).sorted()
    }

    /// Reads how a page fared off the timeline.
    init(_ page: PagePlan, in timeline: Timeline, _ plan: RunPlan, _ judges: [ChannelJudge]) {
        let record = PageRecord(page.name, in: timeline)
        let states = Self.states(of: page.name, in: timeline)
        self.page = page
        self.states = states
        ack = record.ack
        timeToAck = record.timeToAck
        let wasEscalated = states.contains { $0.state == .escalated }
        channels = judges.compactMap { $0.verdict(on: page, wasEscalated: wasEscalated) }
        let posted = timeline.entries.first { entry in
            if case .pagePosting(page.name, _, .primary, _) = entry.event { true } else { false }
        }
        escalation = EscalationResult(
            of: page, record, states, plan, posted: posted.map { Stamp($0) }, end: timeline.end)
    }

    private static func states(of page: PageName, in timeline: Timeline) -> [StateChange] {
        var changes: [StateChange] = []
        for entry in timeline.entries {
            guard let (state, person) = state(after: entry.event, of: page) else { continue }
            let isKnown =
                changes.last?.state == state
                || state == .triggered && !changes.isEmpty
            guard !isKnown else { continue }
            changes.append(StateChange(state: state, at: Stamp(entry), person: person))
        }
        return changes
    }

    private static func state(
        after event: RunEvent, of page: PageName
    ) -> (State, PersonName?)? {
        switch event {
        case .pageSent(page, let person, _, let receipt) where receipt.wasAccepted:
            (.triggered, person)
        case .acked(page, let person, _): (.acknowledged, person)
        case .ackExpired(page, let person): (.reopened, person)
        case .escalated(page, _, let person): (.escalated, person)
        case .pageResolved(page, _): (.resolved, nil)
        default: nil
        }
    }
}

/// Whether the secondary was paged when the primary did not acknowledge.
package enum EscalationResult: Hashable, Sendable {
    /// The page was acknowledged or over in time, or nobody is there to escalate to.
    case notDue
    /// From the ack deadline to when the secondary was paged, told where the channel says so; negative: too early.
    case paged(error: Interval)
    /// The secondary was paged although somebody had acknowledged.
    case needless
    /// The deadline passed this long before the end, and the secondary was not paged.
    case missing(since: Interval)

    /// The deadline counts from the page to the primary, or from when its ack lapsed.
    ///
    /// A page that no channel accepted counts from its posting.
    init(
        of page: PagePlan, _ record: PageRecord, _ states: [PageResult.StateChange],
        _ plan: RunPlan, posted: Stamp?, end: Stamp?
    ) {
        let paged = record.handed(to: .primary) ?? posted
        guard page.wantsAck, page.to == .primary, let paged,
            plan.roster.onCall.contains(where: { $0.level == .secondary })
        else {
            self = .notDue
            return
        }
        let secondary = record.handed(to: .secondary) ?? record.paged(.secondary)
        let reopened = states.last { change in
            change.state == .reopened
                && secondary.map { $0.interval(since: change.at).microseconds >= 0 } ?? true
        }
        let start = reopened?.at ?? paged
        let calm = states.first { change in
            (change.state == .acknowledged || change.state == .resolved)
                && change.at.interval(since: start).microseconds >= 0
        }?.at
        self = Self.judge(
            deadline: plan.ackDeadline, from: start, secondary: secondary,
            told: record.paged(.secondary), calm: calm, end: end)
    }

    /// Whether it was needless is judged by when the page went out, since nobody can call it back afterwards.
    private static func judge(
        deadline: TimeSpan, from start: Stamp, secondary: Stamp?, told: Stamp?, calm: Stamp?,
        end: Stamp?
    ) -> EscalationResult {
        if let secondary {
            if let calm, secondary.interval(since: calm).microseconds > 0 { return .needless }
            return .paged(error: (told ?? secondary).interval(since: start).minus(deadline))
        }
        guard let end else { return .notDue }
        let late = end.interval(since: start).minus(deadline)
        let isCalm =
            calm.map { $0.interval(since: start).minus(deadline).microseconds <= 0 } ?? false
        return isCalm || late.microseconds <= 0 ? .notDue : .missing(since: late)
    }
}

extension Interval {
    /// The length without a span that comes first.
    func minus(_ span: TimeSpan) -> Interval {
        Interval(microseconds: microseconds - span.microseconds, isWallTime: isWallTime)
    }
}
