import CalendarTime
import Drills

/// Compares what a channel told people with what it was expected to tell them.
struct ChannelJudge {
    private let channel: Channel
    private let expected: ExpectedNotifications
    private let told: [Told]
    private let end: TimeSpan
    private let sendsBack: Bool
    /// The receipts of the channel, in order.
    let receipts: [Handing]

    /// A notification and when it came; each one that was recorded told people once.
    private struct Told {
        let notification: Notification
        let at: TimeSpan
    }

    /// A page that was handed over, or not.
    struct Handing {
        let page: PageName
        /// Nil for one that was posted again.
        let level: OnCallLevel?
        let receipt: Receipt
    }

    /// How late a notification may be.
    static let tolerance = TimeSpan.seconds(10)

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
        sendsBack = !told.isEmpty || channel.service.hasWayBack
        receipts = timeline.entries.compactMap { Handing($0.event, over: channel.name) }
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
        let due = expected.firing(page.name)
        let routed = firing.isEmpty && !sendsBack ? levels(handings) : destinations(firing)
        return ChannelVerdict(
            channel: channel.name,
            verdict: verdict(page, handings, firing, due, routed, wasEscalated), routed: routed,
            expected: due.first?.offset, notified: firing.first?.at,
            duplicates: duplicates(firing, due))
    }

    /// How often receivers were told beyond what was expected of them.
    ///
    /// A service without routes has receivers of its own; a receiver that should not have been told at all while
    /// another should is astray, not told too often.
    private func duplicates(_ firing: [Told], _ due: [ExpectedNotification]) -> Int {
        Dictionary(grouping: firing, by: \.notification.receiver).reduce(0) { sum, told in
            let expected = due.count { $0.reaches == nil || $0.receiver == told.key }
            guard expected > 0 || due.isEmpty else { return sum }
            return sum + max(0, told.value.count - expected)
        }
    }

    private func verdict(
        _ page: PagePlan, _ handings: [Handing], _ firing: [Told], _ due: [ExpectedNotification],
        _ routed: [Destination], _ wasEscalated: Bool
    ) -> PageVerdict {
        guard let first = firing.first else { return unseen(handings, due) }
        if isAstray(page, firing, due, routed, wasEscalated) { return .misrouted }
        if let expected = due.first, first.at > expected.offset.advanced(by: Self.tolerance) {
            return .late
        }
        return duplicates(firing, due) > 0 ? .duplicate : .asExpected
    }

    /// Nobody is known to have been told.
    private func unseen(_ handings: [Handing], _ due: [ExpectedNotification]) -> PageVerdict {
        guard handings.contains(where: \.receipt.wasAccepted) else {
            let isRejected = handings.contains { handing in
                if case .rejected = handing.receipt.verdict { true } else { false }
            }
            return isRejected ? .rejected : .lost
        }
        guard let first = due.first else { return .suppressed }
        let isOver = first.offset.advanced(by: Self.tolerance) <= end
        return sendsBack && isOver ? .lost : .notObserved
    }

    /// Whether others were told than the routes say, or not the one whom the page is for.
    private func isAstray(
        _ page: PagePlan, _ firing: [Told], _ due: [ExpectedNotification],
        _ routed: [Destination], _ wasEscalated: Bool
    ) -> Bool {
        guard channel.routing != nil else { return false }
        let receivers = Set(firing.map(\.notification.receiver))
        let wanted = due.filter { $0.offset.advanced(by: Self.tolerance) <= end }
        guard Set(wanted.map(\.receiver)).isSubset(of: receivers) else { return true }
        guard due.isEmpty || receivers.isSubset(of: due.map(\.receiver)) else { return true }
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

extension ChannelJudge.Handing {
    fileprivate init?(_ event: RunEvent, over channel: ChannelName) {
        switch event {
        case .pageSent(let page, _, let level, let receipt) where receipt.channel == channel:
            self.init(page: page, level: level, receipt: receipt)
        case .pageRepeated(let page, _, let receipt) where receipt.channel == channel:
            self.init(page: page, level: nil, receipt: receipt)
        default: return nil
        }
    }
}

extension Channel.Service {
    /// Whether the calendar says how the service proves what it sends back.
    fileprivate var hasWayBack: Bool {
        switch self {
        case .alertmanager(let endpoint), .pagerduty(let endpoint), .slack(let endpoint),
            .ntfy(let endpoint), .webhook(let endpoint):
            endpoint.signingKey != nil
        case .exec, .email: false
        }
    }
}
