import CalendarTime
import Drills

/// One notification that a service is expected to send.
package struct ExpectedNotification: Hashable, Sendable {
    package let receiver: String
    /// Whom the route reaches; where the service has none, the level the page went to, if it is known.
    package let reaches: Route.Reach?
    /// From the beginning of the run; a repeat may come one group interval later.
    package let offset: TimeSpan
    /// Sorted by name.
    package let firing: [PageName]
    /// Sorted by name.
    package let resolved: [PageName]
    /// Whether nothing is new, and people are only reminded.
    package let isRepeat: Bool

    /// A notification as it is expected.
    package init(
        receiver: String, reaches: Route.Reach?, offset: TimeSpan, firing: [PageName],
        resolved: [PageName], isRepeat: Bool
    ) {
        self.receiver = receiver
        self.reaches = reaches
        self.offset = offset
        self.firing = firing
        self.resolved = resolved
        self.isRepeat = isRepeat
    }
}

/// What a service tells people when these pages are posted to it.
///
/// It follows Alertmanager step by step: routes, groups, inhibition, and the log of what each receiver
/// knows. Eight pages posted are rarely eight notifications.
package struct ExpectedNotifications: Hashable, Sendable {
    /// In order of time.
    package let all: [ExpectedNotification]
    /// Pages that another one kept silent at some time.
    package let inhibited: Set<PageName>

    /// The notifications up to the end of a run.
    package init(_ postings: [Posting], routing: Routing, until end: TimeSpan) {
        var pipeline = NotificationPipeline(routing)
        for posting in postings.sorted() where posting.at <= end {
            pipeline.look(before: posting.at)
            pipeline.take(posting)
        }
        pipeline.look(before: end.advanced(by: TimeSpan(microseconds: 1)))
        all = pipeline.sent.sorted { left, right in
            (left.offset, left.receiver, left.firing.first?.text ?? "")
                < (right.offset, right.receiver, right.firing.first?.text ?? "")
        }
        inhibited = pipeline.inhibited
    }

    /// What services without routes send: one notification per posting, or, where they know an incident by its key,
    /// one per incident as long as it fires.
    package init(unrouted postings: [Posting], channel: ChannelName, knowsIncidents: Bool) {
        var incidents = OpenIncidents()
        all = postings.sorted().filter { incidents.isNews($0) || !knowsIncidents }.map { posting in
            ExpectedNotification(
                receiver: channel.text, reaches: posting.level.map { .level($0) },
                offset: posting.at, firing: posting.isFiring ? [posting.page] : [],
                resolved: posting.isFiring ? [] : [posting.page], isRepeat: false)
        }
        inhibited = []
    }

    /// What a channel of a run is expected to tell people.
    package init(over channel: Channel, in timeline: Timeline) {
        let postings = timeline.postings(over: channel.name)
        guard let routing = channel.routing, let first = timeline.entries.first,
            let end = timeline.end
        else {
            self.init(
                unrouted: postings, channel: channel.name,
                knowsIncidents: channel.service.knowsIncidents)
            return
        }
        self.init(postings, routing: routing, until: end.span(since: Stamp(first)))
    }

    /// The notifications in which a page fires.
    package func firing(_ page: PageName) -> [ExpectedNotification] {
        all.filter { $0.firing.contains(page) }
    }
}

/// The incidents of a service that knows each by its page and level.
private struct OpenIncidents {
    private var open: Set<Incident> = []

    private struct Incident: Hashable {
        let page: PageName
        let level: OnCallLevel?
    }

    /// Whether a posting opens an incident or ends an open one.
    mutating func isNews(_ posting: Posting) -> Bool {
        let incident = Incident(page: posting.page, level: posting.level)
        return posting.isFiring
            ? open.insert(incident).inserted : open.remove(incident) != nil
    }
}

extension Channel.Service {
    /// Whether a page that is posted again while it fires is no news there.
    fileprivate var knowsIncidents: Bool {
        switch self {
        case .alertmanager, .pagerduty: true
        case .exec, .slack, .ntfy, .webhook, .email: false
        }
    }
}

/// A service while pages are posted to it.
private struct NotificationPipeline {
    let routing: Routing
    private(set) var sent: [ExpectedNotification] = []
    private(set) var inhibited: Set<PageName> = []
    private var alerts: [LabelSet: Bool] = [:]
    private var groups: [Key: NotificationGroup] = [:]
    private var logs: [Key: NotificationLog] = [:]

    /// Names a group: its route, and the labels it is made by.
    private struct Key: Hashable {
        let route: Int
        let labels: LabelSet
    }

    init(_ routing: Routing) {
        self.routing = routing
    }

    /// Takes in one posting.
    mutating func take(_ posting: Posting) {
        let labels = LabelSet(posting.labels)
        alerts[labels] = posting.isFiring
        for index in routing.choice(for: labels) {
            let route = routing.routes[index]
            let key = Key(route: index, labels: labels.part(route.groupBy))
            let known = groups[key].flatMap { $0.isGone(at: posting.at) ? nil : $0 }
            var group = known ?? NotificationGroup(beginning: posting.at, route)
            group.insert(labels, posting, route)
            groups[key] = group
        }
    }

    /// Looks at every group that is due before a time; groups do not depend on each other.
    mutating func look(before limit: TimeSpan) {
        while let due = groups.filter({ !$0.value.members.isEmpty && $0.value.next < limit })
            .min(by: { $0.value.next < $1.value.next })
        {
            look(at: due.value, key: due.key)
        }
    }

    private mutating func look(at group: NotificationGroup, key: Key) {
        var group = group
        let route = routing.routes[key.route]
        let sources = alerts.filter(\.value).map(\.key)
        let silent = group.members.filter { routing.inhibits($0.key, firing: sources) }
        inhibited.formUnion(silent.values.map(\.page))
        tell(
            route, of: group.members.filter { silent[$0.key] == nil }, key: key, at: group.next)
        group.finishLook(route)
        groups[key] = group
    }

    private mutating func tell(
        _ route: Route, of members: [LabelSet: NotificationGroup.Member], key: Key,
        at now: TimeSpan
    ) {
        // A group of which every alert is silent tells nothing, not even that they are over.
        guard !members.isEmpty else { return }
        let firing = members.filter(\.value.isFiring)
        let resolved = members.filter { !$0.value.isFiring }
        let reason = NotificationLog.reason(
            after: logs[key], firing: Set(firing.keys), resolved: Set(resolved.keys), at: now,
            repeatInterval: route.repeatInterval)
        guard let reason else { return }
        sent.append(
            ExpectedNotification(
                receiver: route.receiver, reaches: route.reaches, offset: now,
                firing: Set(firing.values.map(\.page)).sorted(),
                resolved: Set(resolved.values.map(\.page)).sorted(),
                isRepeat: reason == .stillFiring))
        logs[key] = NotificationLog(
            firing: Set(firing.keys), resolved: Set(resolved.keys), at: now)
    }
}
