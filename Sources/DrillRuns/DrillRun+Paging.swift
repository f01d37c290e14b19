import CalendarTime
import Drills
import IncidentCommand

/// Pages on their way out, again, and over.
extension DrillRun {
    /// Services that forget a page are told of it again this often.
    package static let refreshInterval = TimeSpan.seconds(60)

    mutating func followPaging(_ event: RunEvent, at now: BootInstant) -> [Effect] {
        switch event {
        case .pagePosting(let page, let person, let level, let channels):
            return post(page, to: person, level, over: channels, at: now)
        case .pageSent(let page, let person, _, let receipt):
            return noteSent(page, to: person, receipt, at: now)
        case .pageWithheld(let page, _, _):
            // A page that is only late is still on its way, and counts from its arrival.
            guard pages[page]?.isUnheard == true, watch.isDetected else { return [] }
            return findOut(at: now)
        case .pageResolved(let page, _):
            let told = pages[page]?.deliveries.flatMap(\.channels) ?? []
            let channels = plan.channels.map(\.name).filter(told.contains)
            return [.resolvePage(page, over: channels)] + completeIfDone()
        case .acked(_, let person, _): return noteAck(by: person)
        case .escalated(let page, _, let person): return escalate(page, to: person, at: now)
        default: return []
        }
    }

    mutating func schedulePages(at now: BootInstant) -> [Effect] {
        var held: [Effect] = []
        for page in plan.pages {
            let due = now.advanced(by: page.after)
            guard case .delayed(let span) = plan.mutation.comms, let holder = holder(at: page.to)
            else {
                timers.add(.page(page.name), at: due)
                continue
            }
            timers.add(.page(page.name), at: due.advanced(by: span))
            held.append(withholding(page.name, from: holder.person, for: span))
        }
        return held
    }

    /// Comms that are delayed hold back the page to the next level like the first.
    private mutating func escalate(
        _ page: PageName, to person: PersonName, at now: BootInstant
    ) -> [Effect] {
        guard isUnderWay else { return [] }
        guard case .delayed(let span) = plan.mutation.comms else {
            return [posting(of: page, to: person, .secondary)]
        }
        timers.add(.escalatedPage(page, person), at: now.advanced(by: span))
        return [withholding(page, from: person, for: span)]
    }

    private func withholding(
        _ page: PageName, from person: PersonName, for span: TimeSpan
    ) -> Effect {
        let reason = "comms are delayed by \(span) in this cycle"
        return .record(.pageWithheld(page: page, person: person, reason: reason))
    }

    /// What comms held back comes though somebody acknowledged meanwhile, unless it is over.
    func sendLate(_ page: PageName, to person: PersonName) -> [Effect] {
        guard isUnderWay, pages[page]?.resolvedAt == nil else { return [] }
        return [posting(of: page, to: person, .secondary)]
    }

    func sendOrWithhold(_ page: PageName) -> [Effect] {
        guard let plan = plan.page(named: page), let holder = holder(at: plan.to) else {
            return [.record(.noted(text: "page \(page): nobody is on call for it"))]
        }
        guard self.plan.mutation.comms != .channelDown || !openChannels.isEmpty else {
            let reason = "the channel is down in this cycle"
            return [.record(.pageWithheld(page: page, person: holder.person, reason: reason))]
        }
        return [posting(of: page, to: holder.person, holder.level)]
    }

    /// A page is handed over only after it is on the record that it is about to be.
    func posting(of page: PageName, to person: PersonName, _ level: OnCallLevel) -> Effect {
        .record(
            .pagePosting(page: page, person: person, level: level, channels: openChannels))
    }

    /// The channels that comms of this cycle leave open: the first is the one that goes down.
    private var openChannels: [ChannelName] {
        let all = plan.channels.map(\.name)
        return plan.mutation.comms == .channelDown ? Array(all.dropFirst()) : all
    }

    /// Every page that still fires is over, whatever ended the response.
    func resolvePages(because reason: String) -> [Effect] {
        pages.firing.map { .record(.pageResolved(page: $0, reason: reason)) }
    }

    func endPage(_ page: PageName) -> [Effect] {
        guard pages[page]?.isFiring == true else { return [] }
        return [.record(.pageResolved(page: page, reason: "it ended by itself"))]
    }

    func repeatPage(_ page: PageName, number: Int) -> [Effect] {
        guard let card = pages[page], card.isFiring, let first = card.deliveries.first else {
            return []
        }
        return [.repeatPage(page, to: first.person, number: number, over: first.channels)]
    }

    mutating func refreshPages(due: BootInstant, at now: BootInstant) -> [Effect] {
        let channels = openChannels.filter { plan.channel(named: $0)?.forgets == true }
        let firing = pages.firing.filter { page in
            pages[page]?.deliveries.contains { $0.channels.contains(where: channels.contains) }
                ?? false
        }
        guard !firing.isEmpty else { return [] }
        var next = due
        while next <= now { next = next.advanced(by: Self.refreshInterval) }
        timers.add(.refreshPages, at: next)
        return [.refreshPages(firing, over: channels)]
    }

    private mutating func post(
        _ name: PageName, to person: PersonName, _ level: OnCallLevel,
        over channels: [ChannelName], at now: BootInstant
    ) -> [Effect] {
        guard isUnderWay, let card = pages[name] else {
            return resolvePages(because: "the response was over before it went out")
        }
        if card.deliveries.count == 1 { scheduleRest(of: card.plan, at: now) }
        let forgets = channels.contains { plan.channel(named: $0)?.forgets == true }
        if forgets, !timers.contains(.refreshPages) {
            timers.add(.refreshPages, at: now.advanced(by: Self.refreshInterval))
        }
        return [.page(name, to: person, level: level, over: channels)]
    }

    /// What the scenario says of a page after it was first posted: its repetitions and its own end.
    private mutating func scheduleRest(of page: PagePlan, at now: BootInstant) {
        var beat = now
        for number in 0..<max(page.duplicates, 0) {
            beat = beat.advanced(by: page.repeatEvery)
            timers.add(.repeatPage(page.name, number: number + 1), at: beat)
        }
        if let span = page.resolveAfter {
            timers.add(.endPage(page.name), at: now.advanced(by: span))
        }
    }

    private mutating func noteSent(
        _ page: PageName, to person: PersonName, _ receipt: Receipt, at now: BootInstant
    ) -> [Effect] {
        guard !isAttended, let card = pages[page], !card.isAcknowledged else { return [] }
        guard receipt.wasAccepted else {
            return card.isUnheard && watch.isDetected ? findOut(at: now) : []
        }
        // Other channels bring the same page: only the first one counts.
        let accepted = card.delivery(to: person)?.receipts.count { $0.wasAccepted }
        guard accepted == 1 else { return [] }
        guard plan.response(taking: .ack) != nil else { return startResponse(by: person) }
        return scheduleAck(of: page, by: person, at: now)
    }

    private func holder(at level: OnCallLevel) -> OnCall? {
        plan.roster.onCall.first { $0.level == level } ?? plan.roster.onCall.first
    }
}

extension Channel {
    /// Whether the service drops a page that it is not told of again: our own death then resolves it.
    var forgets: Bool {
        if case .alertmanager = service { true } else { false }
    }

    /// Whether the same page posted twice is one incident there, so that nobody is paged twice.
    var knowsPages: Bool {
        switch service {
        case .alertmanager, .pagerduty: true
        case .exec, .slack, .ntfy, .webhook, .email: false
        }
    }
}
