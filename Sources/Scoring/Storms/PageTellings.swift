import Drills

/// When one page was posted to whom, and when the channels said that they told somebody.
struct PageTellings {
    private let plan: RunPlan?
    private let page: PagePlan?
    private var postings: [(level: OnCallLevel, channels: [ChannelName], at: Stamp)] = []
    private var told: [(notification: Notification, at: Stamp)] = []
    private let talkative: Set<ChannelName>

    init(_ name: PageName, in timeline: Timeline) {
        plan = timeline.plan
        page = plan?.page(named: name)
        talkative = Set(plan?.channels.filter(timeline.reportsBack).map(\.name) ?? [])
        for entry in timeline.entries {
            switch entry.event {
            case .pagePosting(name, _, let level, let channels):
                postings.append((level, channels, Stamp(entry)))
            case .notified(let notification)
            where notification.page == name && notification.status == .firing:
                told.append((notification, Stamp(entry)))
            default: break
            }
        }
    }

    /// Whether a channel says whom it told.
    func reportsBack(_ channel: ChannelName?) -> Bool {
        channel.map(talkative.contains) ?? false
    }

    /// When the page was first about to be handed to a channel for a level.
    func posting(to level: OnCallLevel, over channel: ChannelName?) -> Stamp? {
        guard let channel else { return nil }
        return postings.first { $0.level == level && $0.channels.contains(channel) }?.at
    }

    /// When a channel first told somebody of a level, after the page was posted to them.
    func first(
        to level: OnCallLevel, over channel: ChannelName?, since posted: Stamp?
    ) -> Stamp? {
        told.first { notification, at in
            notification.channel == channel && reaches(level, notification)
                && posted.map { at.interval(since: $0).microseconds >= 0 } ?? true
        }?.at
    }

    /// Whether a notification is for a level, by the routes of the channel or by the incident it is about.
    private func reaches(_ level: OnCallLevel, _ notification: Notification) -> Bool {
        guard let routing = plan?.channel(named: notification.channel)?.routing else {
            return notification.level.map { $0 == level } ?? true
        }
        return routing.routes.contains { route in
            guard route.receiver == notification.receiver else { return false }
            switch route.reaches {
            case .level(let reached): return reached == level
            case .team(let team): return team == page?.team
            }
        }
    }
}
