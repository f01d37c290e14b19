import CalendarTime
import Drills

/// What the failure costs: the scenario's `UsersAffectedPerMinute=` times the time it bites.
///
/// users harmed = rate x (end - begin) / 1 min, rounded down, where
/// - begin is the first injection, or the first page of a storm that injects nothing;
/// - end is the first of: the rollback succeeded, the steady state held (`mitigated`), all clear, or drilld itself
///   took the last fault back. A probe that was asked after the rollback and fails moves the end on again.
///
/// bleed-stop-first = rate x ((fired - begin) + recovery) / 1 min, where
/// - fired is the ack (in a run without pages the detection, else the begin), or the confirmed scope if that came later, and
///   never after the rollback was really fired;
/// - recovery is how long it took from the run's own rollback, of several the last, until the bleed stopped by it.
package struct Damage: Hashable, Sendable {
    /// Users harmed per minute; nil if the scenario does not say.
    package let rate: Int?
    /// When it began to bite; nil before.
    package private(set) var begunAt: BootInstant?
    /// When it ended; nil while it goes on.
    package private(set) var end: End?
    /// Whether its length had to be read off the wall clock, because the machine was restarted meanwhile.
    package private(set) var spansRestart = false
    private var acknowledgedAt: BootInstant?
    private var detectedAt: BootInstant?
    private var scopedAt: BootInstant?
    private var firedAt: BootInstant?
    private var rolledBackAt: BootInstant?
    private var closedAt: BootInstant?
    private var live: Set<FaultName> = []
    private let injectsNothing: Bool
    /// Whether the run sends no pages, so that nobody can acknowledge any.
    package let pagesNobody: Bool

    /// The moment the bleed stopped, and what stopped it.
    package struct End: Hashable, Sendable {
        package let at: BootInstant
        package let cause: Cause

        /// What made it stop.
        package enum Cause: String, Hashable, Sendable {
            case rollback, mitigation
            case allClear = "all clear"
            /// drilld took the faults back, not the people.
            case revert
        }
    }

    init(_ plan: RunPlan) {
        rate = plan.objectives.usersAffectedPerMinute
        injectsNothing = plan.faults.isEmpty
        pagesNobody = plan.pages.isEmpty
    }

    /// Whether the people stopped it, or did so too after drilld had taken the faults back.
    package var isStopped: Bool {
        end.map { $0.cause != .revert || rolledBackAt != nil } ?? false
    }

    /// Whether nothing more can come: it ended, or the run did.
    package var isOver: Bool { end != nil || closedAt != nil }

    /// Users harmed up to `now`, to the end or to the close; nil if the rate is not known or nothing has happened.
    package func usersHarmed(at now: BootInstant) -> Int? {
        length(at: now).flatMap(cost(of:))
    }

    /// How long it bit up to `now`, to the end or to the close; nil if nothing has happened.
    package func length(at now: BootInstant) -> TimeSpan? {
        begunAt.map { (end?.at ?? closedAt ?? now).span(since: $0) }
    }

    /// Users harmed had the rollback been fired right after ack and scope; nil if nobody acknowledged a page, or if no
    /// rollback stopped the bleed.
    package var bleedStopFirst: Int? {
        guard let begunAt, let knownAt, let firedAt, rolledBackAt != nil, let end,
            end.cause == .rollback || end.cause == .mitigation
        else { return nil }
        let fired = min(max(knownAt, scopedAt ?? knownAt), firedAt)
        return cost(
            of: TimeSpan(
                microseconds: fired.span(since: begunAt).microseconds
                    + end.at.span(since: firedAt).microseconds))
    }

    /// When people knew of it.
    private var knownAt: BootInstant? {
        pagesNobody ? detectedAt ?? begunAt : acknowledgedAt
    }

    private func cost(of span: TimeSpan) -> Int? {
        guard let rate else { return nil }
        let (product, overflow) = span.microseconds.multipliedReportingOverflow(by: Int64(rate))
        return overflow ? nil : Int(product / TimeSpan.minutes(1).microseconds)
    }

    mutating func note(_ event: RunEvent, of plan: RunPlan, at now: BootInstant) {
        switch event {
        case .injectFinished(let fault, .injected, _), .injectFinished(let fault, .unknown, _):
            live.insert(fault)
            begunAt = begunAt ?? now
            if end?.cause == .revert { end = nil }
        case .pageSent(_, _, _, let receipt) where receipt.wasAccepted && injectsNothing:
            begunAt = begunAt ?? now
        case .revertFinished(let fault, .verified, _, _):
            guard live.remove(fault) != nil, live.isEmpty else { return }
            stop(at: now, by: .revert)
        case .acked: acknowledgedAt = acknowledgedAt ?? now
        case .detected: detectedAt = detectedAt ?? now
        case .mitigated: stop(at: now, by: .mitigation)
        case .probeFinished(_, .during, let report): doubt(report, at: now)
        case .responseStarted(let name, _, _):
            guard plan.response(named: name)?.step == .rollback else { return }
            fire(at: now)
        case .responseFinished(let name, _, _, let report):
            guard plan.response(named: name)?.step == .rollback else { return }
            if report.succeeded { rollBack(at: now) } else if rolledBackAt == nil { firedAt = nil }
        case .acted(let act, _, _): follow(act, of: plan, at: now)
        case .closed: closedAt = closedAt ?? now
        default: break
        }
    }

    /// The machine was restarted between the event that was noted last and the next.
    mutating func noteRestart() {
        spansRestart = spansRestart || begunAt != nil && end == nil && closedAt == nil
    }

    private mutating func follow(_ act: ResponseAct, of plan: RunPlan, at now: BootInstant) {
        switch act {
        case .confirmScope: scopedAt = scopedAt ?? now
        case .rollBack:
            fire(at: now)
            if plan.response(taking: .rollback) == nil { rollBack(at: now) }
        case .clear: stop(at: now, by: .allClear)
        default: break
        }
    }

    /// After a rollback that left probes failing, another one counts from its own beginning.
    private mutating func fire(at now: BootInstant) {
        if rolledBackAt != nil, end == nil { (firedAt, rolledBackAt) = (nil, nil) }
        firedAt = firedAt ?? now
    }

    private mutating func rollBack(at now: BootInstant) {
        rolledBackAt = rolledBackAt ?? now
        stop(at: now, by: .rollback)
    }

    private mutating func stop(at now: BootInstant, by cause: End.Cause) {
        guard begunAt != nil, end == nil else { return }
        end = End(at: now, cause: cause)
    }

    /// A probe that began after the rollback's end and fails shows that it goes on: not stopped, or not yet.
    private mutating func doubt(_ report: HookReport, at now: BootInstant) {
        guard !report.succeeded, let end, end.cause == .rollback,
            now.advanced(byMicroseconds: -report.microseconds) > end.at
        else { return }
        self.end = nil
    }
}
