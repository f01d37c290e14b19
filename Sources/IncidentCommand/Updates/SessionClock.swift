import CalendarTime
import Drills

/// The stretches of a session: what has to be over by when.
///
/// acknowledge: no page waits for an ack; scope: it is confirmed; mitigate: rolled back or mitigated; verify: resolved, or
/// all clear; communicate: an update or status was sent after the bleed had stopped.
package struct SessionClock: Hashable, Sendable {
    package let stretches: [SessionTimeline.Stretch]
    package private(set) var begunAt: BootInstant?
    private var ends: [SessionTimeline.Stretch.Name: BootInstant] = [:]

    init(_ plan: ResponsePlan) {
        stretches = plan.timeline.stretches
    }

    /// When a stretch was over; nil while it goes on.
    package func end(of name: SessionTimeline.Stretch.Name) -> BootInstant? { ends[name] }

    /// When a stretch has to be over; nil before the response.
    package func deadline(of stretch: SessionTimeline.Stretch) -> BootInstant? {
        begunAt?.advanced(by: stretch.end)
    }

    /// The first stretch that is not over; nil before the response and at its end.
    package var current: SessionTimeline.Stretch? {
        begunAt == nil ? nil : stretches.first { ends[$0.name] == nil }
    }

    /// Notes what the board has come to after an event.
    mutating func note(
        _ event: RunEvent, standing: Standing, informs: Bool, at now: BootInstant
    ) {
        if case .phaseEntered(.respond) = event { begunAt = begunAt ?? now }
        guard begunAt != nil else { return }
        settle(.acknowledge, isOver: standing.isAcknowledged, at: now)
        settle(.scope, isOver: standing.isScoped, at: now)
        settle(.mitigate, isOver: standing.isStopped, at: now)
        settle(.verify, isOver: standing.isVerified, at: now)
        if standing.isStopped, informs { settle(.communicate, isOver: true, at: now) }
    }

    /// What the stretches end with, as the board sees it.
    struct Standing {
        let isAcknowledged: Bool
        let isScoped: Bool
        let isStopped: Bool
        let isVerified: Bool
    }

    /// A page that comes, or a bleed that goes on, before its deadline opens a stretch again; later ones do not.
    private mutating func settle(
        _ name: SessionTimeline.Stretch.Name, isOver: Bool, at now: BootInstant
    ) {
        guard !isOver else { return ends[name] = ends[name] ?? now }
        guard let stretch = stretches.first(where: { $0.name == name }),
            let deadline = deadline(of: stretch), now < deadline
        else { return }
        ends[name] = nil
    }

    func deadlines(owners: (SessionTimeline.Stretch.Name) -> PersonName) -> [Deadline] {
        stretches.compactMap { stretch in
            guard ends[stretch.name] == nil, let due = deadline(of: stretch) else { return nil }
            return Deadline(at: due, .stretch(stretch.name), owner: owners(stretch.name))
        }
    }
}
