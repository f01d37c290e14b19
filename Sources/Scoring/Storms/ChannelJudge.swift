import CalendarTime
import Drills

/// Compares what a channel told people with what it was expected to tell them.
struct ChannelJudge {
    private let channel: Channel
    private let expected: ExpectedNotifications
    private let told: [Told]
    private let end: TimeSpan
    private let reportsBack: Bool
    /// The receipts of the channel, in order; what was not answered to the end of the run is lost.
    let receipts: [Handing]

    /// A notification and when it came; each one that was recorded told people once.
    struct Told {
        let notification: Notification
        let at: TimeSpan
    }

    init(_ channel: Channel, in timeline: Timeline) {
        self.channel = channel
        expected = ExpectedNotifications(over: channel, in: timeline)
        let first = timeline.entries.first.map { Stamp($0) }
        told = timeline.entries.compactMap { entry in
            guard case .notified(let notification) = entry.event, let first,
                notification.channel == channel.name
            else { return nil }
            return Told(notification: notification, at: Stamp(entry).span(since: first))
        }
        end = first.flatMap { first in timeline.end?.span(since: first) } ?? .zero
        reportsBack = timeline.reportsBack(channel)
        receipts = Handing.all(over: channel.name, in: timeline)
    }

    /// How many notifications came back.
    var notifications: Int { told.count { $0.notification.status == .firing } }

    /// What the channel made of a page; nil if it never was to be sent there.
    func verdict(on page: PagePlan, wasEscalated: Bool) -> ChannelVerdict? {
        let handings = receipts.filter { $0.page == page.name }
        guard !handings.isEmpty else { return nil }
        let firing = told.filter {
            $0.notification.page == page.name && $0.notification.status == .firing
        }
        let lanes = PageLane.all(
            due: expected.firing(page.name), told: firing, isRouted: channel.routing != nil,
            handings)
        let worst = lanes.max { $0.verdict(until: end) < $1.verdict(until: end) }
        let routed = firing.isEmpty && !reportsBack ? levels(handings) : destinations(firing)
        return ChannelVerdict(
            channel: channel.name,
            verdict: firing.isEmpty
                ? unseen(handings, lanes) : seen(page, lanes, routed, wasEscalated),
            routed: routed, expected: worst?.due,
            notified: worst?.told ?? firing.first?.at, duplicates: duplicates(lanes))
    }

    /// How often receivers were told beyond what was expected of them.
    ///
    /// A receiver that should not have been told at all while another should is astray, not told too often.
    private func duplicates(_ lanes: [PageLane]) -> Int {
        let isExpected = lanes.contains { $0.due != nil }
        return lanes.filter { $0.due != nil || !isExpected }.reduce(0) { $0 + $1.duplicates }
    }

    /// Somebody was told.
    private func seen(
        _ page: PagePlan, _ lanes: [PageLane], _ routed: [Destination], _ wasEscalated: Bool
    ) -> PageVerdict {
        var found = lanes.map { $0.verdict(until: end) } + [.asExpected]
        if duplicates(lanes) > 0 { found.append(.duplicate) }
        if isAstray(page, lanes, routed, wasEscalated) { found.append(.misrouted) }
        return found.max() ?? .asExpected
    }

    /// Nobody is known to have been told.
    private func unseen(_ handings: [Handing], _ lanes: [PageLane]) -> PageVerdict {
        guard handings.contains(where: \.receipt.wasAccepted) else {
            let isRejected = handings.contains { handing in
                if case .rejected = handing.receipt.verdict { true } else { false }
            }
            return isRejected ? .rejected : .lost
        }
        guard !lanes.isEmpty else { return .suppressed }
        return reportsBack && lanes.contains { $0.isDue(until: end) } ? .lost : .notObserved
    }

    /// Whether others were told than the routes say, or not the one whom the page is for.
    private func isAstray(
        _ page: PagePlan, _ lanes: [PageLane], _ routed: [Destination], _ wasEscalated: Bool
    ) -> Bool {
        guard channel.routing != nil else { return false }
        let isExpected = lanes.contains { $0.due != nil }
        guard !isExpected || lanes.allSatisfy({ $0.due != nil }) else { return true }
        let isKnown = routed.allSatisfy { if case .receiver = $0 { false } else { true } }
        let suffices =
            routed.contains(page.destination)
            || wasEscalated && routed.contains(.level(.secondary))
        return isKnown && !page.isNoise && !suffices
    }

    private func destinations(_ firing: [Told]) -> [Destination] {
        let routes = channel.routing?.routes ?? []
        let all = firing.map { told in
            let receiver = told.notification.receiver
            return routes.first { $0.receiver == receiver }.map { Destination($0.reaches) }
                ?? .receiver(receiver)
        }
        return Set(all).sorted()
    }

    private func levels(_ handings: [Handing]) -> [Destination] {
        Set(handings.filter(\.receipt.wasAccepted).compactMap(\.level))
            .map(Destination.level).sorted()
    }
}
