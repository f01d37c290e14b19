import CalendarTime
import Drills

/// Something a service was told: a page fires, or is over.
package struct Posting: Hashable, Sendable {
    package let page: PageName
    /// Together they are the alert: a page posted twice with the same labels is one.
    package let labels: [PagePlan.Label]
    /// From the beginning of the run.
    package let at: TimeSpan
    /// How long the page had been firing by then, by its own word.
    package let age: TimeSpan
    package let isFiring: Bool
    /// To whom it went, where that is known.
    package let level: OnCallLevel?

    /// A posting; the pages of a run begin to fire when they are first posted.
    package init(
        page: PageName, labels: [PagePlan.Label], at: TimeSpan, age: TimeSpan = .zero,
        isFiring: Bool = true, level: OnCallLevel? = nil
    ) {
        self.page = page
        self.labels = labels
        self.at = at
        self.age = age
        self.isFiring = isFiring
        self.level = level
    }
}

extension Posting: Comparable {
    /// By time; of those at the same time, pages that fire come before pages that are over.
    package static func < (left: Posting, right: Posting) -> Bool {
        if left.at != right.at { return left.at < right.at }
        if left.isFiring != right.isFiring { return left.isFiring }
        if left.page != right.page { return left.page < right.page }
        if left.age != right.age { return left.age > right.age }
        if left.level != right.level { return left.level == .primary }
        return left.labels.lexicographicallyPrecedes(right.labels) {
            ($0.name, $0.value) < ($1.name, $1.value)
        }
    }
}

extension Timeline {
    /// What a channel was told in a run, as far as it is known to have arrived.
    ///
    /// A page that got no answer counts if the channel notified somebody of it.
    package func postings(over channel: ChannelName) -> [Posting] {
        guard let plan, let first = entries.first else { return [] }
        let notified = Set(notifications(over: channel).map(\.page))
        var record = PostingRecord(plan: plan, channel: channel, notified: notified)
        for entry in entries {
            record.note(entry.event, at: Stamp(entry).span(since: Stamp(first)))
        }
        return record.postings
    }

    /// What a channel said it told people.
    package func notifications(over channel: ChannelName) -> [Notification] {
        entries.compactMap { entry in
            guard case .notified(let notification) = entry.event,
                notification.channel == channel
            else { return nil }
            return notification
        }
    }
}

extension Stamp {
    /// From an earlier stamp to this one; zero if that one is not earlier.
    package func span(since earlier: Stamp) -> TimeSpan {
        TimeSpan(microseconds: max(0, interval(since: earlier).microseconds))
    }
}

/// The postings to one channel, read one event after the other.
private struct PostingRecord {
    let plan: RunPlan
    let channel: ChannelName
    let notified: Set<PageName>
    var postings: [Posting] = []
    private var levels: [PageName: [OnCallLevel]] = [:]
    private var begun: [Key: TimeSpan] = [:]
    private var resolved: [PageName: TimeSpan] = [:]

    private struct Key: Hashable {
        let page: PageName
        let level: OnCallLevel
    }

    init(plan: RunPlan, channel: ChannelName, notified: Set<PageName>) {
        self.plan = plan
        self.channel = channel
        self.notified = notified
    }

    mutating func note(_ event: RunEvent, at offset: TimeSpan) {
        switch event {
        case .pagePosting(let page, _, let level, let channels) where channels.contains(channel):
            begun[Key(page: page, level: level)] = offset
        case .pageSent(let page, _, let level, let receipt) where arrived(page, receipt):
            if levels[page]?.contains(level) != true { levels[page, default: []].append(level) }
            // Without an answer it may have arrived at any time since it was posted.
            let begin = begun[Key(page: page, level: level)]
            let at = receipt.wasAccepted ? offset : begin ?? offset
            add(page, level, at: at, isFiring: true)
            if let end = resolved[page] { add(page, level, at: max(end, at), isFiring: false) }
        case .pageRepeated(let page, _, let receipt) where arrived(page, receipt):
            // It is repeated where it stands: to the level that was turned to last.
            add(page, levels[page]?.last ?? .primary, at: offset, isFiring: true)
        case .pageResolved(let page, _):
            resolved[page] = offset
            for level in levels[page] ?? [] { add(page, level, at: offset, isFiring: false) }
        default: break
        }
    }

    private func arrived(_ page: PageName, _ receipt: Receipt) -> Bool {
        guard receipt.channel == channel else { return false }
        return switch receipt.verdict {
        case .accepted: true
        case .lost: notified.contains(page)
        case .rejected: false
        }
    }

    private mutating func add(
        _ name: PageName, _ level: OnCallLevel, at offset: TimeSpan, isFiring: Bool
    ) {
        guard let page = plan.page(named: name) else { return }
        let labels = PageMessage.labels(of: page, in: plan, level: level)
        postings.append(
            Posting(page: name, labels: labels, at: offset, isFiring: isFiring, level: level))
    }
}
