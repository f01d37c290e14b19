import CalendarTime
import Drills
import IncidentCommand

/// A run that another process left open and that goes on.
extension DrillRun {
    /// Whether the run can go on where another process left it: only a page storm, whose pages are on the record.
    package var canResume: Bool { plan.kind == .pageStorm && isUnderWay && ending == nil }

    /// Asks anew what was asked and not answered, unless that could page somebody twice.
    mutating func resume(at now: BootInstant) -> [Effect] {
        guard canResume else { return [] }
        return revertWhatWasLive() + postAnew(at: now) + giveUpHooks() + askChecksAnew(at: now)
    }

    /// The daemon took every fault back before it came here; the answer settles it. What is planned still comes.
    private mutating func revertWhatWasLive() -> [Effect] {
        faults.forgetRevertsUnderWay()
        let due = faults.owed
        for fault in due { faults.move(fault, to: .reverting) }
        return due.map(Effect.revert)
    }

    private mutating func postAnew(at now: BootInstant) -> [Effect] {
        let posted = pages.cards.flatMap { card in
            card.deliveries.flatMap { postAnew(card, $0) }
        }
        // Resolving twice pages nobody, and a service that was not told pages on.
        let over = pages.cards.filter { $0.resolvedAt != nil }.compactMap { card -> Effect? in
            let channels = keyed(card.deliveries.flatMap(\.channels))
            return channels.isEmpty ? nil : .resolvePage(card.plan.name, over: channels)
        }
        let repeats = timers.takeDue(at: now) {
            if case .repeatPage = $0 { true } else { false }
        }
        return posted + over + repeats.flatMap(repeatAnew)
    }

    private func postAnew(_ card: PageCard, _ delivery: PageDelivery) -> [Effect] {
        let page = card.plan.name
        guard delivery.isPosted else {
            // What comms hold back still comes by its own timer.
            let isOpen =
                !delivery.isDropped && !card.isAnswered
                && !timers.contains(.escalatedPage(page, delivery.person))
            return isOpen ? [posting(of: page, to: delivery.person, delivery.level)] : []
        }
        let again = card.resolvedAt == nil ? keyed(delivery.unanswered) : []
        let lost = delivery.unanswered.filter { !again.contains($0) }.map { channel in
            Effect.record(
                .pageSent(
                    page: page, person: delivery.person, level: delivery.level,
                    receipt: Receipt(
                        channel: channel,
                        verdict: .lost(reason: "drilld died while handing it over"), attempts: 1,
                        microseconds: 0)))
        }
        guard !again.isEmpty else { return lost }
        return lost + [.page(page, to: delivery.person, level: delivery.level, over: again)]
    }

    /// Nobody knows whether a repetition that fell due meanwhile went out, so it goes only where it pages nobody twice.
    private func repeatAnew(_ task: RunTimers.Task) -> [Effect] {
        guard case .repeatPage(let page, let number) = task else { return [] }
        return repeatPage(page, number: number).flatMap { effect -> [Effect] in
            guard case .repeatPage(_, let person, _, let channels) = effect else { return [] }
            let again = keyed(channels)
            guard again.isEmpty else {
                return [.repeatPage(page, to: person, number: number, over: again)]
            }
            let text = "page \(page): repetition \(number) fell due while drilld was down"
            return [.record(.noted(text: text))]
        }
    }

    private func keyed(_ channels: [ChannelName]) -> [ChannelName] {
        plan.channels.filter { channels.contains($0.name) && $0.knowsPages }.map(\.name)
    }

    private func giveUpHooks() -> [Effect] {
        inFlight.map { hook in
            .record(
                .responseFinished(
                    response: hook.response, page: hook.page, person: hook.person,
                    report: HookReport(.lost(reason: "drilld died while it ran"))))
        }
    }

    /// Whoever was to answer is gone.
    private mutating func askChecksAnew(at now: BootInstant) -> [Effect] {
        let probes = plan.probes.map { RunTimers.Task.probe($0.name) }
        let conditions = plan.packet.abort.indices.map { RunTimers.Task.checkAbort(condition: $0) }
        for task in probes + conditions where !timers.contains(task) { timers.add(task, at: now) }
        return []
    }
}
