import CalendarTime
import Drills

/// Pages, acks and escalation.
extension DrillRun {
    /// What an attempt to acknowledge a page comes to; nil if the run has no such page.
    ///
    /// The answer is an event to be recorded, never a silent refusal.
    package func judgeAck(
        of page: PageName, by person: PersonName, channel: String, at now: BootInstant
    ) -> RunEvent? {
        guard let state = pages[page] else { return nil }
        guard let reason = refusal(of: state, page: page, person: person, at: now) else {
            return .acked(page: page, person: person, channel: channel)
        }
        return .ackRefused(page: page, person: person, reason: reason)
    }

    private func refusal(
        of state: PageBoard.State, page: PageName, person: PersonName, at now: BootInstant
    ) -> String? {
        switch state {
        case .planned: return "page \(page) has not been sent yet"
        case .acked(let earlier): return "page \(page) was acknowledged by \(earlier) already"
        case .withheld where !watch.isDetected: return "page \(page) has not been sent yet"
        case .withheld, .sent: break
        }
        guard pages.isHolder(person, of: page) else {
            return "page \(page) did not go to \(person)"
        }
        switch availability(of: person) {
        case .present: return nil
        case .absent: return "\(person) is out in this drill"
        case .late(let span):
            guard now < presentFrom(span, now) else { return nil }
            return "\(person) is out in this drill until \(span) after the first page"
        }
    }

    mutating func followPaging(_ event: RunEvent, at now: BootInstant) -> [Effect] {
        switch event {
        case .pageSent(let page, let person, let level, let receipt):
            return noteSent(page, to: person, level, receipt, at: now)
        case .pageWithheld(let page, let person, _):
            // A page that is only late is still on its way, and counts from its arrival.
            guard plan.mutation.comms == .channelDown else { return [] }
            pages.move(page, to: .withheld(holder: person))
            return watch.isDetected ? findOut(at: now) : []
        case .acked(let page, let person, _):
            pages.move(page, to: .acked(by: person))
            return startResponse(by: person) + completeIfDone()
        case .escalated(let page, _, let person):
            return [.page(page, to: person, level: .secondary, over: plan.channels.map(\.name))]
        default: return []
        }
    }

    func sendOrWithhold(_ page: PageName) -> [Effect] {
        guard let plan = plan.page(named: page), let holder = holder(at: plan.to) else {
            return [.record(.noted(text: "page \(page): nobody is on call for it"))]
        }
        guard self.plan.mutation.comms != .channelDown else {
            let reason = "the channel is down in this cycle"
            return [.record(.pageWithheld(page: page, person: holder.person, reason: reason))]
        }
        return [
            .page(
                page, to: holder.person, level: holder.level,
                over: self.plan.channels.map(\.name))
        ]
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
            let reason = "comms are delayed by \(span) in this cycle"
            held.append(
                .record(.pageWithheld(page: page.name, person: holder.person, reason: reason)))
        }
        return held
    }

    func escalateIfOpen(_ page: PageName) -> [Effect] {
        guard case .sent(let holder, .primary) = pages[page] else { return [] }
        guard let next = plan.roster.onCall.first(where: { $0.level == .secondary }) else {
            return [.record(.noted(text: "page \(page): nobody is left to escalate to"))]
        }
        return [.record(.escalated(page: page, from: holder, to: next.person))]
    }

    /// The scripted on-call acknowledges, unless someone did or they are out in this cycle.
    func scriptedAck(of page: PageName, by person: PersonName, at now: BootInstant) -> [Effect] {
        guard isUnderWay, let response = plan.response(taking: .ack),
            case .acked? = judgeAck(of: page, by: person, channel: "script", at: now)
        else { return [] }
        return [.respond(response.name, page: page, as: person)]
    }

    /// People found out without a page: whoever was to be paged acts now.
    mutating func findOut(at now: BootInstant) -> [Effect] {
        let waiting = pages.withheld
        guard let first = waiting.first, isUnderWay else { return [] }
        guard plan.response(taking: .ack) != nil else { return startResponse(by: first.holder) }
        return waiting.flatMap { scheduleAck(of: $0.page, by: $0.holder, at: now) }
    }

    private mutating func noteSent(
        _ page: PageName, to person: PersonName, _ level: OnCallLevel, _ receipt: Receipt,
        at now: BootInstant
    ) -> [Effect] {
        if case .acked = pages[page] { return [] }
        guard receipt.wasAccepted else {
            pages.move(page, to: .withheld(holder: person))
            return watch.isDetected ? findOut(at: now) : []
        }
        pages.move(page, to: .sent(holder: person, level: level))
        firstPageAt = firstPageAt ?? now
        timers.add(.ackDeadline(page), at: now.advanced(by: plan.ackDeadline))
        guard plan.response(taking: .ack) != nil else { return startResponse(by: person) }
        return scheduleAck(of: page, by: person, at: now)
    }

    private mutating func scheduleAck(
        of page: PageName, by person: PersonName, at now: BootInstant
    ) -> [Effect] {
        switch availability(of: person) {
        case .absent: return []
        case .present: return scriptedAck(of: page, by: person, at: now)
        case .late(let span):
            timers.add(.scriptedAck(page, person), at: max(now, presentFrom(span, now)))
            return []
        }
    }

    /// Absence and lateness are the primary's; everyone else is present.
    private func availability(of person: PersonName) -> Availability {
        guard plan.roster.onCall.first?.person == person else { return .present }
        return plan.mutation.ownerAvailability
    }

    private func presentFrom(_ span: TimeSpan, _ now: BootInstant) -> BootInstant {
        (firstPageAt ?? now).advanced(by: span)
    }

    private func holder(at level: OnCallLevel) -> OnCall? {
        plan.roster.onCall.first { $0.level == level } ?? plan.roster.onCall.first
    }
}
