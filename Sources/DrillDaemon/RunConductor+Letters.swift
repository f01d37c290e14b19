import DrillRuns
import Drills

/// What reaches a run from outside: each letter is judged by the state of the moment it is read.
extension RunConductor {
    /// Hands an event from outside to the run; false if it has ended.
    ///
    /// That a fault is gone may be told twice, by the answer to a request and by a notice; it is recorded once.
    @discardableResult
    package nonisolated func post(_ event: RunEvent) async -> Bool {
        await mailbox.post(
            Letter(
                event: { view in
                    guard case .revertFinished(let fault, .verified, _, _) = event else {
                        return event
                    }
                    return view.run.owes(fault) ? event : nil
                }, recorded: nil))
    }

    /// Hands an event from outside to the run and returns once it is durable; false if it never will be.
    package nonisolated func record(_ event: RunEvent) async -> Bool {
        await recorded { _ in event } != nil
    }

    /// Tries to acknowledge a page; the answer is the recorded event, nil if the run has no such page or has ended.
    package nonisolated func acknowledge(
        _ page: PageName, by person: PersonName, channel: String
    ) async -> RunEvent? {
        await recorded { $0.run.judgeAck(of: page, by: person, channel: channel, at: $0.now) }
    }

    /// Notes what a service told people; nil if that is recorded already or the run has ended.
    package nonisolated func note(
        _ notification: Notification, isToldAgain: Bool
    ) async -> RunEvent? {
        await recorded { view in
            let isKnown = view.deliveries.contains(notification.delivery)
            return isKnown && !isToldAgain ? nil : .notified(notification: notification)
        }
    }

    /// Tries to acknowledge a page by something signed that counts once; nil as well if it came before.
    package nonisolated func acknowledge(
        by ack: Notification, as person: PersonName
    ) async -> RunEvent? {
        await recorded { view in
            guard !view.deliveries.contains(ack.delivery) else { return nil }
            return view.run.judgeAck(
                of: ack.page, by: person, channel: ack.channel.text, at: view.now)
        }
    }

    /// Tries to take a step of the response; the answer is the recorded event, nil if there is none.
    package nonisolated func act(
        _ act: ResponseAct, by person: PersonName, via: String
    ) async -> RunEvent? {
        await recorded { $0.run.judge(act, by: person, via: via, at: $0.now) }
    }

    private nonisolated func recorded(
        _ event: @escaping @Sendable (RunView) -> RunEvent?
    ) async -> RunEvent? {
        await withCheckedContinuation { continuation in
            let letter = Letter(event: event, recorded: { continuation.resume(returning: $0) })
            Task {
                if await !mailbox.post(letter) { continuation.resume(returning: nil) }
            }
        }
    }
}
